import LabKernel
import LabUnits

/// How long the requests would have taken that were cut off: the latencies of what arrived hold them, those of what was
/// answered do not.
///
/// A replica that is killed g seconds after it was deleted cuts off what arrived a seconds before the deletion and takes longer
/// than a + g. Of what came evenly at ages from q to A, with S the survival function of the service time,
/// the part that would have taken longer than x is
///
///     ∫ S(max(x, a + g)) da / ∫ S(a + g) da    over a from q to A
///
/// so that long requests are cut off first. Waits are left out.
struct CutOffLatencies {
  /// When the cut-off requests came: their ages at the deletion, and for how long after it the replica went on.
  struct Window: Equatable {
    /// The least and the greatest age in seconds.
    var ages: ClosedRange<Double>
    /// Seconds from the deletion to the kill.
    var grace: Double
    /// What the service time is multiplied by.
    var factor: Double
  }

  private let service: SpanDistribution
  private let added: Double
  private let timeout: Double
  /// The latencies that requests are told apart by, in seconds.
  private let latencies: [Double]
  /// Requests by latency: those that would have taken longer.
  private var longer: [Double]
  /// All requests that were cut off.
  private(set) var requests = 0.0
  /// Those that would have taken longer than the timeout.
  private(set) var late = 0.0
  /// The window of the last ones, and what part of them would have taken longer.
  private var last: (window: Window, parts: [Double], late: Double)?

  /// Nothing has been cut off.
  init(_ service: ServiceModel, latencies: [Double]) {
    self.service = service.serviceTime
    added = service.sidecar?.latency.seconds ?? 0
    timeout = service.timeout.seconds
    self.latencies = latencies
    longer = Array(repeating: 0, count: latencies.count)
  }

  /// The requests that would have taken longer than the latency of a row.
  func longer(row: Int) -> Double { longer[row] }

  /// Counts requests that were cut off.
  ///
  /// - Complexity: linear in the rows; replicas that are deleted together mostly share their window.
  mutating func add(_ amount: Double, _ window: Window) {
    guard amount > 0 else { return }
    if last?.window != window {
      guard let all = part(longerThan: 0, window) else { return }
      last = (
        window, latencies.map { (part(longerThan: $0, window) ?? 0) / all },
        (part(longerThan: timeout, window) ?? 0) / all
      )
    }
    guard let last else { return }
    requests += amount
    late += amount * last.late
    for row in longer.indices { longer[row] += amount * last.parts[row] }
  }

  /// The integral above; nil if it is nothing.
  private func part(longerThan latency: Double, _ window: Window) -> Double? {
    let time = max(0, latency - added)
    let (least, greatest) = (window.ages.lowerBound, window.ages.upperBound)
    let between = min(max(time - window.grace, least), greatest)
    func survival(_ seconds: Double) -> Double { service.survival(seconds / window.factor) }
    func excess(_ seconds: Double) -> Double {
      window.factor * service.meanExcess(over: seconds / window.factor)
    }
    let value =
      (between - least) * survival(max(time, window.grace + least))
      + excess(window.grace + between) - excess(window.grace + greatest)
    return value > 0 ? value : nil
  }
}
