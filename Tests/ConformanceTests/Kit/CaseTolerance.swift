/// How far the numbers of an answer may be from those that are expected.
struct CaseTolerance: Sendable {
  private var relative: CaseValue
  private var absolute: CaseValue

  /// The tolerance that a case names: `rel` and `abs`, each a number or an object by expected key.
  ///
  /// Without either, a number may differ by one part in a billion.
  init(_ value: CaseValue) {
    relative = value["rel"]
    absolute = value["abs"]
  }

  /// Whether a number is near enough to the one that is expected under a key.
  func allows(_ got: Double, for wanted: Double, at key: String) -> Bool {
    let difference = abs(wanted - got)
    guard !relative.isNull || !absolute.isNull else {
      return difference <= 1e-9 * max(1, abs(wanted))
    }
    func value(_ tolerance: CaseValue) -> Double {
      tolerance.number ?? tolerance[key].number ?? 0
    }
    return difference <= max(value(absolute), value(relative) * abs(wanted))
  }
}
