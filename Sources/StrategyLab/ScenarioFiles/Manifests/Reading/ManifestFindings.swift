/// Everything that reading a set of manifests has found: what is wrong, and what is read and not modelled.
///
/// A class, because the fields of all objects report to one list; it never leaves the reading of one set.
final class ManifestFindings {
  /// What is wrong, each with its file.
  private(set) var faults: [(file: Int, fault: LocatedFault)] = []
  /// What was read and is not modelled, in the order in which it was met.
  private(set) var leftOut: [LeftOutField] = []
  private var comparisons = 0

  /// Whether an unknown key may still be compared with the known ones: hostile files have no end of them.
  func mayAdvise() -> Bool {
    comparisons += 1
    return comparisons <= 10_000
  }

  /// Keeps a fact with its place; nobody mends more than a thousand at once.
  func report(_ fault: ScenarioFault, at place: ManifestPlace) {
    guard faults.count < 1000 else { return }
    faults.append((place.file, LocatedFault(fault: fault, mark: place.mark)))
  }

  /// Keeps what a rule of the cluster, or of this program, has against a manifest.
  ///
  /// - Parameters:
  ///   - code: The kind of finding.
  ///   - message: What was found and what was expected: lower-case start, no full stop.
  ///   - hint: How to mend it; empty if the message says it all.
  ///   - place: Where.
  func refuse(
    _ code: DiagnosticCode, _ message: String, hint: String = "",
    at place: ManifestPlace
  ) {
    report(
      .contradiction(ScenarioContradiction(code: code, message: message, hint: hint)), at: place)
  }

  /// Keeps what a cluster would refuse a manifest for.
  func refuse(_ message: String, hint: String = "", at place: ManifestPlace) {
    refuse(.manifestRefused, message, hint: hint, at: place)
  }

  /// Keeps that something was read and is not modelled.
  func leaveOut(_ field: LeftOutField) { leftOut.append(field) }
}

/// Something in a manifest that was read and is not modelled.
public struct LeftOutField: Hashable, Sendable {
  /// The object: `Deployment web`.
  public let object: String
  /// The key's path below the object: `spec.template.spec.affinity`; empty for the whole object.
  public let path: String
  /// Why it plays no part, or what is assumed instead; empty if there is nothing to say.
  public let reason: String
  /// Where it stands.
  let place: ManifestPlace
}
