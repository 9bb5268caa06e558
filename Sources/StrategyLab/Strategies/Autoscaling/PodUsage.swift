import LabUnits

/// What the metrics of a group of replicas say to an autoscaler, replica by replica of equal requests.
///
/// Terminating replicas are in none of the groups.
///
/// Source: Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, `groupPods`.
public struct PodUsage: Sendable, Hashable {
  /// Ready replicas with a metric that may be trusted.
  public var measured: Int
  /// What those use together, in thousandths of one replica's request.
  public var thousandths: Int
  /// Replicas that are pending, not ready, or ready for less long than a metric's window.
  public var unready: Int
  /// Running replicas that have no metric.
  public var missing: Int

  /// What a group of replicas uses.
  public init(measured: Int, thousandths: Int, unready: Int = 0, missing: Int = 0) {
    self.measured = measured
    self.thousandths = thousandths
    self.unready = unready
    self.missing = missing
  }

  /// So many replicas that all use the same share of their request.
  public init(measured: Int, utilization: Double, unready: Int = 0, missing: Int = 0) {
    let each = Replicas.whole((utilization * 1000).rounded())
    let (sum, overflow) = each.multipliedReportingOverflow(by: measured)
    self.init(
      measured: measured, thousandths: overflow ? Int.max : sum, unready: unready, missing: missing)
  }

  /// What two groups of replicas use together.
  public static func + (left: PodUsage, right: PodUsage) -> PodUsage {
    PodUsage(
      measured: left.measured + right.measured,
      thousandths: Replicas.sum(left.thousandths, right.thousandths),
      unready: left.unready + right.unready, missing: left.missing + right.missing)
  }

  /// The mean use of so many replicas in whole percent of the request, rounded down as upstream does.
  ///
  /// - Parameters:
  ///   - more: What further replicas are taken to use together, in thousandths.
  ///   - count: All replicas that count; above 0.
  /// - Returns: whole percent.
  func percent(adding more: Int = 0, over count: Int) -> Int {
    let (tenths, overflow) = Replicas.sum(thousandths, more).dividedReportingOverflow(by: count)
    return overflow ? 0 : tenths / 10
  }
}
