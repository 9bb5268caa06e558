import StrategyLab

/// How people read a metric: a short name, and a unit in which its numbers are handy.
struct MetricDisplay {
  /// The short name, for the head of a column.
  let name: String
  /// The unit, as a sign.
  let unit: String
  /// What a value is multiplied by to be in that unit.
  let scale: Double

  /// How the given metric is read.
  init(_ metric: Metric) {
    name = Self.name(of: metric)
    switch metric.unit {
    case "seconds": (unit, scale) = ("s", 1)
    case "fraction": (unit, scale) = ("%", 100)
    case "US dollars": (unit, scale) = ("$", 1)
    case "ratio": (unit, scale) = ("×", 1)
    case "bytes": (unit, scale) = ("GiB", 1 / 1_073_741_824)
    case "replica-seconds": (unit, scale) = ("replica-h", 1.0 / 3600)
    default: (unit, scale) = (metric.unit, 1)
    }
  }

  /// Mean and half-width of a summary in the metric's handy unit, each no finer than is known.
  func measured(_ summary: MetricSummary) -> Measured {
    Measured(summary: summary, scale: scale)
  }

  /// A mean with its interval and quantiles as texts of equal digits.
  struct Measured {
    let mean: String
    let halfWidth: String
    let low: String
    let high: String
    let p50: String
    let p95: String

    init(summary: MetricSummary, scale: Double) {
      let half = max(summary.high - summary.mean, summary.mean - summary.low) * scale
      let digits = NumberText.decimals(mean: summary.mean * scale, halfWidth: half)
      mean = NumberText.fixed(summary.mean * scale, decimals: digits)
      halfWidth =
        summary.count > 1 ? NumberText.halfWidth(half, decimals: digits) : NumberText.absent
      low = NumberText.fixed(summary.low * scale, decimals: digits)
      high = NumberText.fixed(summary.high * scale, decimals: digits)
      p50 = NumberText.fixed(summary.p50 * scale, decimals: digits)
      p95 = NumberText.fixed(summary.p95 * scale, decimals: digits)
    }

    /// Mean and half-width in one cell: `123.4 ± 5.6`; the mean alone for a single value.
    var withHalfWidth: String { halfWidth == NumberText.absent ? mean : "\(mean) ± \(halfWidth)" }
  }

  private static func name(of metric: Metric) -> String {
    switch metric {
    case .releaseDuration: "release duration"
    case .trafficComplete: "all traffic on candidate"
    case .detection: "detection"
    case .rollback: "roll-back"
    case .restore: "restore"
    case .mixedVersion: "both versions serving"
    case .mixedRunning: "both versions running"
    case .sessionVersionFlips: "version flips"
    case .exposedUsers: "exposed users"
    case .exposedUsersAtDecision: "exposed users at decision"
    case .harmedUsers: "harmed users"
    case .requestsTotal: "requests"
    case .requestsCandidate: "requests to candidate"
    case .requestsFailed: "failed requests"
    case .excessFailures: "excess failures"
    case .errorBudget: "error budget spent"
    case .downtime: "downtime"
    case .capacityShortfall: "turned away for capacity"
    case .latencyP50: "latency p50"
    case .latencyP99: "latency p99"
    case .peakReplicas: "peak replicas"
    case .peakReplicaRatio: "peak replicas"
    case .replicaSeconds: "replica time"
    case .extraReplicaSeconds: "extra replica time"
    case .peakCores: "peak processor"
    case .peakMemory: "peak memory"
    case .peakNodes: "peak nodes"
    case .pendingTime: "waiting for room"
    case .infrastructureCost: "infrastructure"
    case .extraInfrastructureCost: "extra infrastructure"
    case .failureCost: "failures"
    case .peopleCost: "people"
    case .totalCost: "total cost"
    }
  }
}
