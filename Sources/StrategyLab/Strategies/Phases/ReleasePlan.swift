import LabUnits

/// What a textbook strategy does, and how it is undone.
public struct ReleasePlan: Sendable, Hashable {
  /// How traffic is sent before the first phase.
  public let route: TrafficRoute
  /// The phases of the release, in order.
  public let phases: [ReleasePhase]
  /// The phases that undo the release from wherever it stands.
  public let rollback: [ReleasePhase]

  /// A plan; waits of no length are left out.
  public init(route: TrafficRoute, phases: [ReleasePhase], rollback: [ReleasePhase]) {
    self.route = route
    self.phases = phases.filter { !$0.isEmpty }
    self.rollback = rollback.filter { !$0.isEmpty }
  }

  /// A plan that runs both versions side by side and moves traffic between them.
  ///
  /// It is undone by sending all traffic back to stable, at once while stable still stands, after
  /// stable was deployed anew if it was retired. The candidate stays for the delay, for whoever
  /// wants to look at it, and then goes.
  public static func sideBySide(_ phases: [ReleasePhase], abortDelay: Span) -> ReleasePlan {
    ReleasePlan(
      route: .allStable, phases: phases,
      rollback: [
        .restore(.stable),
        .shiftTraffic(to: .allStable),
        .hold(abortDelay, analysed: false),
        .retire(.candidate),
      ])
  }

  /// The shortest time in which the release can be finished, start-up of replicas not counted.
  public var leastDuration: Span {
    phases.reduce(.zero) { $0 + $1.leastDuration }
  }

  /// Whether a router is needed that can split or copy traffic other than by endpoints.
  public var needsTrafficRouting: Bool {
    phases.contains { $0.needsTrafficRouting }
  }

  /// The phases in words for a fleet of so many replicas: one sentence each.
  public func outline(replicas: Int) -> [String] {
    phases.compactMap { $0.sentence(replicas: replicas) }
  }

  /// How the release is undone, in words: one sentence a phase.
  public func rollbackOutline(replicas: Int) -> [String] {
    rollback.compactMap { $0.sentence(replicas: replicas) }
  }
}
