import LabUnits

/// What the controller orders, and says of it.
extension PhaseController {
  /// Orders what a pass of the Deployment's arithmetic decided.
  mutating func order(
    _ decision: DeploymentReconciler.Decision, new version: ReleaseVersion,
    into orders: inout [ReleaseOrder]
  ) {
    if let size = decision.newSize { order(version, size, into: &orders) }
    if let size = decision.oldSize { order(version.other, size, into: &orders) }
  }

  /// Orders a version to a size.
  mutating func order(
    _ version: ReleaseVersion, _ size: Int, into orders: inout [ReleaseOrder]
  ) {
    memory.hasActed = true
    orders.append(.scale(version, to: size))
  }

  /// Orders a route, and says so.
  func order(_ route: TrafficRoute, into orders: inout [ReleaseOrder]) {
    orders.append(.announce("sends " + route.plainText))
    orders.append(.route(route))
  }

  /// Says a line, unless the phase has acted already.
  func announceOnce(into orders: inout [ReleaseOrder], _ line: () -> String) {
    if !memory.hasActed { orders.append(.announce(line())) }
  }
}
