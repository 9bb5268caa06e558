import LabStrategies
import LabUnits

/// A strategy that climbs by steps as Argo Rollouts does, small enough to know every instant of it.
struct SteppedStrategy: ReleaseStrategy, PlanChecked {
  static let kind = "stepped"
  static let summary = "Climbs by steps."
  static let parameters: [Parameter] = []

  struct Step: Sendable {
    var weight: TrafficWeight
    var replicas: Int
    var pause: Span
    var waitsForPerson = false
  }

  var steps: [Step] = []
  var isRouted = false

  init(steps: [Step], isRouted: Bool = false) {
    self.steps = steps
    self.isRouted = isRouted
  }

  init(_ values: ParameterValues) {}

  func problems(replicas: Int) -> [StrategyProblem] { [] }
  func outline(replicas: Int) -> [String] { [] }
  var leastDuration: Span { steps.reduce(.zero) { $0 + $1.pause } }
  var needsTrafficRouting: Bool { isRouted }
  func planWarnings(replicas: Int) -> [StrategyProblem] {
    steps.isEmpty ? [StrategyProblem(key: "steps", message: "there are none")] : []
  }

  func makeController(replicas: Int) -> any ReleaseController {
    SteppedController(strategy: self)
  }
}

/// Sets a weight, waits until its replicas are available, pauses, and goes on.
struct SteppedController: ReleaseController {
  let strategy: SteppedStrategy
  private var index = 0
  private var hasBegun = false
  private var resumes: Instant?
  private var isOver = false

  init(strategy: SteppedStrategy) { self.strategy = strategy }

  mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if isOver { return }
    if fleet.isRollbackOrdered {
      isOver = true
      orders += [
        .scale(.stable, to: fleet.desiredReplicas), .scale(.candidate, to: 0), .route(.allStable),
        .finish(.rolledBack),
      ]
      return
    }
    guard strategy.steps.indices.contains(index) else {
      isOver = true
      orders.append(.finish(.promoted))
      return
    }
    let step = strategy.steps[index]
    let route: TrafficRoute =
      strategy.isRouted ? TrafficRoute(.weighted(step.weight)) : .byReplicaShare
    if !hasBegun {
      hasBegun = true
      orders += [
        .begin(
          ReleaseStep(
            number: 2 * index + 1, title: "setWeight \(step.weight.share.text)",
            wantedWeight: step.weight)),
        .scale(.candidate, to: step.replicas), .route(route),
      ]
      if !strategy.isRouted {
        orders.append(.scale(.stable, to: fleet.desiredReplicas - step.replicas))
      }
    }
    guard fleet.candidate.available >= step.replicas, fleet.isRouteSettled else { return }
    guard let resumes else {
      self.resumes = fleet.now + step.pause
      orders += [
        .begin(
          ReleaseStep(
            number: 2 * index + 2, title: "pause \(step.pause.text)",
            waitsForPerson: step.waitsForPerson)),
        .wake(at: fleet.now + step.pause),
      ]
      return
    }
    if fleet.now >= resumes {
      (index, hasBegun, self.resumes) = (index + 1, false, nil)
      orders.append(.wake(at: fleet.now))
    }
  }
}
