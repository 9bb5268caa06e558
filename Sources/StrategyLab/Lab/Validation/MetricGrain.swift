import LabKernel

/// How finely the metrics of a scenario can be told: what one request or one user makes of them, and what is measured at all.
struct MetricGrain {
  private let user: Double
  private let session: Double
  private let budgetRequest: Double
  private let failureDollars: Double

  /// The grains of a scenario's metrics.
  init(_ scenario: Scenario) {
    let requests = max(scenario.traffic.requests(until: scenario.experiment.horizon), 1)
    let population = Double(scenario.users.population)
    user = 1 / max(1, population * Self.activeShare(scenario.users, requests: requests))
    session = scenario.users.requestsPerSession / requests
    let costs = scenario.costs
    let window = costs.objectiveWindow.seconds / scenario.experiment.horizon.seconds
    let budget = (1 - costs.objective.fraction) * requests * window
    budgetRequest = budget > 0 ? 1 / budget : 0
    failureDollars = costs.failedRequest + costs.harmedUser
  }

  /// What a single request or user makes of a metric's value; 0 where it is not made of them.
  func grain(of metric: Metric) -> Double {
    switch metric {
    case .requestsTotal, .requestsCandidate, .requestsFailed, .excessFailures, .capacityShortfall:
      1
    case .exposedUsers, .exposedUsersAtDecision, .harmedUsers: user
    case .sessionVersionFlips: session
    case .errorBudget: budgetRequest
    case .failureCost, .totalCost: failureDollars
    default: 0
    }
  }

  /// The share of a value below which it is not measured.
  ///
  /// Latencies are kept in histograms of three digits.
  func resolution(of metric: Metric) -> Double {
    metric == .latencyP50 || metric == .latencyP99 ? 0.001 : 0
  }

  /// The share of the users that send a request at all.
  private static func activeShare(_ users: UserModel, requests: Double) -> Double {
    let each = requests / Double(users.population)
    switch users.activity {
    case .gamma(let shape): return 1 - Elementary.power(1 + each / shape, -shape)
    case .fixed: return min(1, each)
    }
  }
}
