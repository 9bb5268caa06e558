/// What a success or failure condition says of the measured value, as far as it is a comparison.
///
///     AnalysisCondition("result[0] >= 0.95")                       // 0.95 or more
///     AnalysisCondition("len(result) == 0 || result[0] < 500")     // below 500, or no data
///     AnalysisCondition("result.status == 'ok'")                   // nil: not a comparison with a number
///
/// Source: Argo Rollouts, utils/evaluate/evaluate.go; the language is that of github.com/expr-lang/expr.
struct AnalysisCondition: Hashable {
  /// The least value that meets the condition; nil if there is none.
  var least: Double?
  /// The greatest value that meets the condition; nil if there is none.
  var greatest: Double?
  /// Whether a query without an answer meets the condition; nil if the condition does not speak of it.
  var acceptsNothing: Bool?

  /// The meaning of a text; nil if it is not understood.
  init?(_ text: String) {
    guard var parser = AnalysisConditionParser(text), let condition = parser.condition() else {
      return nil
    }
    self = condition
  }

  init(least: Double? = nil, greatest: Double? = nil, acceptsNothing: Bool? = nil) {
    self.least = least
    self.greatest = greatest
    self.acceptsNothing = acceptsNothing
  }

  /// Whether the condition speaks of the value at all.
  var boundsValue: Bool { least != nil || greatest != nil }

  /// What meets the opposite; nil if that is not one range.
  var negated: AnalysisCondition? {
    if least != nil, greatest != nil { return nil }
    return AnalysisCondition(
      least: greatest, greatest: least, acceptsNothing: acceptsNothing.map { !$0 })
  }

  /// What meets both.
  func and(_ other: AnalysisCondition) -> AnalysisCondition? {
    let least = [self.least, other.least].compactMap { $0 }.max()
    let greatest = [self.greatest, other.greatest].compactMap { $0 }.min()
    if let least, let greatest, least > greatest { return nil }
    let accepts: Bool?
    switch (acceptsNothing, other.acceptsNothing) {
    case (let one?, let two?): accepts = one && two
    case (let one, let two): accepts = one ?? two
    }
    return AnalysisCondition(least: least, greatest: greatest, acceptsNothing: accepts)
  }

  /// What meets one of both; nil if that is not one range.
  func or(_ other: AnalysisCondition) -> AnalysisCondition? {
    let accepts: Bool? =
      acceptsNothing == true || other.acceptsNothing == true
      ? true : acceptsNothing ?? other.acceptsNothing
    // "no data, or good": the value's bounds are those of the side that speaks of it.
    if !boundsValue || !other.boundsValue {
      let bounds = boundsValue ? self : other
      return AnalysisCondition(
        least: bounds.least, greatest: bounds.greatest, acceptsNothing: accepts)
    }
    switch (least, greatest, other.least, other.greatest) {
    case (let one?, nil, let two?, nil):
      return AnalysisCondition(least: min(one, two), acceptsNothing: accepts)
    case (nil, let one?, nil, let two?):
      return AnalysisCondition(greatest: max(one, two), acceptsNothing: accepts)
    default: return nil
    }
  }
}
