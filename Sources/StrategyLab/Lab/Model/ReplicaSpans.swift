import LabKernel
import LabStrategies
import LabUnits

/// The spans of a replica's life, ready to be read and drawn.
///
/// A scenario's own types hold texts and lists beside them, and whoever passes one of those on counts their references.
struct ReplicaSpans: Sendable {
  let startup: PreparedSpan
  let drain: PreparedSpan
  let fixed: Fixed

  /// The spans that are not drawn.
  struct Fixed: Sendable {
    let minReady: Span
    let endpointPropagation: Span
    let terminationGrace: Span
    let preStop: Span
    let nodeScaleDownDelay: Span
    let readiness: ServiceModel.ReadinessProbe
  }

  /// The spans of a scenario.
  init(_ scenario: Scenario) {
    let service = scenario.service
    startup = PreparedSpan(service.startup)
    drain = PreparedSpan(service.drain)
    fixed = Fixed(
      minReady: service.minReady, endpointPropagation: service.endpointPropagation,
      terminationGrace: service.terminationGrace, preStop: service.preStop,
      nodeScaleDownDelay: scenario.cluster.nodeScaleDownDelay,
      readiness: service.readiness)
  }
}

extension World {
  /// A draw that concerns the k-th event of its kind of a version, of a law that was made ready.
  @inline(__always)
  func span(
    _ law: PreparedSpan, _ purpose: RandomPurpose, _ version: ReleaseVersion, _ count: Int
  ) -> Span {
    guard pace == .drawn else { return span(law.distribution, purpose, version, count) }
    if let span = law.fixed { return span }
    var stream = stream(purpose, count * 2 + version.rawValue)
    return law.sample(from: &stream)
  }
}
