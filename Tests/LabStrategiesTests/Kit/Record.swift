import LabStrategies
import LabUnits

/// What a toy cluster saw: the fleet at each instant, and every order.
struct Record {
  struct ScaleStep: Hashable, CustomStringConvertible {
    var time: Instant
    var version: ReleaseVersion
    var from: Int
    var to: Int

    /// The step without its time, as `candidate 0>3`.
    var description: String { "\(version.name) \(from)>\(to)" }
  }

  var orders: [(time: Instant, order: ReleaseOrder)] = []
  var scaleSteps: [ScaleStep] = []
  var fleets: [FleetObservation] = []
  var end = Instant.zero

  mutating func add(_ fleet: FleetObservation) { fleets.append(fleet) }

  /// The fleet as it was last.
  var last: FleetObservation { fleets[fleets.count - 1] }

  /// When and how the controller finished, in the order of its finishing.
  var ends: [(time: Instant, end: ReleaseEnd)] {
    orders.compactMap { item in
      if case .finish(let end) = item.order { (item.time, end) } else { nil }
    }
  }

  /// The routes in the order in which they were ordered.
  var routes: [TrafficRoute] {
    orders.compactMap { if case .route(let route) = $0.order { route } else { nil } }
  }

  /// The lines of the timeline.
  var lines: [String] {
    orders.compactMap { if case .announce(let line) = $0.order { line } else { nil } }
  }

  /// The most replicas of both versions, of a kind of count.
  func most(_ count: (ReplicaCounts) -> Int) -> Int {
    fleets.map { count($0.stable) + count($0.candidate) }.max() ?? 0
  }

  /// The fewest replicas of both versions, of a kind of count.
  func least(_ count: (ReplicaCounts) -> Int) -> Int {
    fleets.map { count($0.stable) + count($0.candidate) }.min() ?? 0
  }

  /// The integral over time of a number, in seconds, until the last recorded change.
  func integral(_ value: (FleetObservation) -> Int) -> Double {
    zip(fleets, fleets.dropFirst()).reduce(0) { sum, pair in
      sum + Double(value(pair.0)) * (pair.1.now - pair.0.now).seconds
    }
  }

  /// The most that a number was for so long on end; what came and went between two events counts not.
  func mostHeld(for span: Span, _ value: (FleetObservation) -> Int) -> Int {
    held(for: span, value, isReached: >=) { $0 > $1 }
  }

  /// The least that a number was for so long on end.
  func leastHeld(for span: Span, _ value: (FleetObservation) -> Int) -> Int {
    held(for: span, value, isReached: <=) { $0 < $1 }
  }

  private func held(
    for span: Span, _ value: (FleetObservation) -> Int, isReached: (Int, Int) -> Bool,
    isMore: (Int, Int) -> Bool
  ) -> Int {
    let values = fleets.map(value)
    for level in Set(values).sorted(by: isMore) {
      var from: Instant?
      for (index, fleet) in fleets.enumerated() {
        guard isReached(values[index], level) else {
          from = nil
          continue
        }
        let start = from ?? fleet.now
        from = start
        let next = index + 1 < fleets.count ? fleets[index + 1].now : .distantFuture
        if next - start >= span { return level }
      }
    }
    return values.last ?? 0
  }

  /// When the last terminating replica was gone.
  var lastGone: Instant {
    let index = fleets.lastIndex { $0.stable.terminating + $0.candidate.terminating > 0 }
    return index.map { fleets[min($0 + 1, fleets.count - 1)].now } ?? .zero
  }

  /// The scale steps without their times.
  var steps: String { scaleSteps.map(\.description).joined(separator: ", ") }
}
