/// A quantity measured in every replication, over the whole horizon.
///
/// The raw value is the name in files, in the store and in JSON; it ends in the unit. A metric that does
/// not apply to a replication is absent, never zero.
public enum Metric: String, Sendable, Hashable, CaseIterable, Codable {
  /// From the start until all traffic is on the candidate and the controller has cleaned up; absent when not promoted.
  case releaseDuration = "release_duration_seconds"
  /// From the start until the candidate has all traffic for the last time; absent when not promoted.
  case trafficComplete = "traffic_complete_seconds"
  /// From the first request that the defect could hurt until the decision to roll back; absent when never decided.
  case detection = "detection_seconds"
  /// From the decision until the last instant at which the candidate still receives traffic.
  case rollback = "rollback_seconds"
  /// From the decision until stable is back at its desired available count.
  case restore = "restore_seconds"
  /// Total time in which both versions receive traffic; mirrored traffic does not count.
  case mixedVersion = "mixed_version_seconds"
  /// Total time in which both versions have a replica that is not gone.
  case mixedRunning = "mixed_running_seconds"
  /// Expected number of times that consecutive requests of a session meet different versions.
  case sessionVersionFlips = "session_version_flips"
  /// Distinct users with at least one answer from the candidate, of those active within the horizon.
  case exposedUsers = "exposed_user_fraction"
  /// The exposed users at the decision to roll back, of those active within the horizon; absent when never decided.
  case exposedUsersAtDecision = "exposed_user_fraction_at_decision"
  /// Distinct users with at least one failure or timeout that stable would not have caused, of those active.
  case harmedUsers = "harmed_user_fraction"
  /// Requests that arrived.
  case requestsTotal = "requests_total"
  /// Requests that were routed to the candidate.
  case requestsCandidate = "requests_candidate"
  /// Requests that failed, for whatever cause.
  case requestsFailed = "requests_failed"
  /// Failures minus those that stable alone would have had.
  case excessFailures = "excess_failed_requests"
  /// Excess failures as a part of the error budget of the objective's window.
  case errorBudget = "error_budget_fraction"
  /// Total time with no ready replica receiving traffic.
  case downtime = "downtime_seconds"
  /// Requests turned away or timed out for want of capacity.
  case capacityShortfall = "capacity_shortfall_requests"
  /// Median latency of answered requests over the horizon.
  case latencyP50 = "latency_p50_seconds"
  /// 99th percentile of the latency of answered requests over the horizon.
  case latencyP99 = "latency_p99_seconds"
  /// Most replicas that are not gone at once.
  case peakReplicas = "peak_replicas"
  /// The most replicas at once, divided by the desired ones.
  case peakReplicaRatio = "peak_replica_ratio"
  /// Integral of the replicas that are not gone.
  case replicaSeconds = "replica_seconds"
  /// Replica-seconds minus the desired replicas times the horizon.
  case extraReplicaSeconds = "extra_replica_seconds"
  /// Most processor requested at once.
  case peakCores = "peak_cpu_cores"
  /// Most memory requested at once.
  case peakMemory = "peak_memory_bytes"
  /// Most nodes at once.
  case peakNodes = "peak_nodes"
  /// Integral of the replicas that wait for room.
  case pendingTime = "pending_seconds"
  /// Replica resources, or nodes, times time times price over the horizon.
  case infrastructureCost = "infrastructure_cost_usd"
  /// Infrastructure cost minus what the horizon would have cost without a release.
  case extraInfrastructureCost = "extra_infrastructure_cost_usd"
  /// What excess failures, harmed users, incident minutes and repairs cost.
  case failureCost = "failure_cost_usd"
  /// What the time of the people who watch and respond costs.
  case peopleCost = "people_cost_usd"
  /// Extra infrastructure cost, failure cost and people cost together: what the release costs beside the steady state.
  case totalCost = "total_cost_usd"

  /// The unit of the value.
  public var unit: String { Self.definitions[ordinal].unit }

  /// What the metric is, in one sentence.
  public var meaning: String { Self.definitions[ordinal].meaning }

  /// The position of the metric in ``allCases``, for tables that hold one value a metric.
  ///
  /// Written out, because it is asked for at every value that is measured, stored or summed.
  ///
  /// - Complexity: O(1).
  public var ordinal: Int {
    switch self {
    case .releaseDuration: 0
    case .trafficComplete: 1
    case .detection: 2
    case .rollback: 3
    case .restore: 4
    case .mixedVersion: 5
    case .mixedRunning: 6
    case .sessionVersionFlips: 7
    case .exposedUsers: 8
    case .exposedUsersAtDecision: 9
    case .harmedUsers: 10
    case .requestsTotal: 11
    case .requestsCandidate: 12
    case .requestsFailed: 13
    case .excessFailures: 14
    case .errorBudget: 15
    case .downtime: 16
    case .capacityShortfall: 17
    case .latencyP50: 18
    case .latencyP99: 19
    case .peakReplicas: 20
    case .peakReplicaRatio: 21
    case .replicaSeconds: 22
    case .extraReplicaSeconds: 23
    case .peakCores: 24
    case .peakMemory: 25
    case .peakNodes: 26
    case .pendingTime: 27
    case .infrastructureCost: 28
    case .extraInfrastructureCost: 29
    case .failureCost: 30
    case .peopleCost: 31
    case .totalCost: 32
    }
  }

  private static let definitions: [(unit: String, meaning: String)] = [
    (
      "seconds",
      "From the start until all traffic is on the candidate and the controller has cleaned up; absent when not promoted."
    ),
    (
      "seconds",
      "From the start until the candidate has all traffic for the last time; absent when not promoted."
    ),
    (
      "seconds",
      "From the first request that the defect could hurt until the decision to roll back; absent when never decided."
    ),
    (
      "seconds",
      "From the decision until the last instant at which the candidate still receives traffic."
    ),
    (
      "seconds",
      "From the decision until stable is back at its desired available count."
    ),
    (
      "seconds",
      "Total time in which both versions receive traffic; mirrored traffic does not count."
    ),
    (
      "seconds",
      "Total time in which both versions have a replica that is not gone."
    ),
    (
      "flips per session",
      "Expected number of times that consecutive requests of a session meet different versions."
    ),
    (
      "fraction",
      "Distinct users with at least one answer from the candidate, of those active within the horizon."
    ),
    (
      "fraction",
      "The exposed users at the decision to roll back, of those active within the horizon; absent when never decided."
    ),
    (
      "fraction",
      "Distinct users with at least one failure or timeout that stable would not have caused, of those active."
    ),
    (
      "requests",
      "Requests that arrived."
    ),
    (
      "requests",
      "Requests that were routed to the candidate."
    ),
    (
      "requests",
      "Requests that failed, for whatever cause."
    ),
    (
      "requests",
      "Failures minus those that stable alone would have had."
    ),
    (
      "fraction",
      "Excess failures as a part of the error budget of the objective's window."
    ),
    (
      "seconds",
      "Total time with no ready replica receiving traffic."
    ),
    (
      "requests",
      "Requests turned away or timed out for want of capacity."
    ),
    (
      "seconds",
      "Median latency of answered requests over the horizon."
    ),
    (
      "seconds",
      "99th percentile of the latency of answered requests over the horizon."
    ),
    (
      "replicas",
      "Most replicas that are not gone at once."
    ),
    (
      "ratio",
      "The most replicas at once, divided by the desired ones."
    ),
    (
      "replica-seconds",
      "Integral of the replicas that are not gone."
    ),
    (
      "replica-seconds",
      "Replica-seconds minus the desired replicas times the horizon."
    ),
    (
      "cores",
      "Most processor requested at once."
    ),
    (
      "bytes",
      "Most memory requested at once."
    ),
    (
      "nodes",
      "Most nodes at once."
    ),
    (
      "replica-seconds",
      "Integral of the replicas that wait for room."
    ),
    (
      "US dollars",
      "Replica resources, or nodes, times time times price over the horizon."
    ),
    (
      "US dollars",
      "Infrastructure cost minus what the horizon would have cost without a release."
    ),
    (
      "US dollars",
      "What excess failures, harmed users, incident minutes and repairs cost."
    ),
    (
      "US dollars",
      "What the time of the people who watch and respond costs."
    ),
    (
      "US dollars",
      "Extra infrastructure cost, failure cost and people cost together: what the release costs beside the steady state."
    ),
  ]
}
