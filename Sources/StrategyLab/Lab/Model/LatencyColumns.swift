/// What a latency table says of each column, in plain memory that costs no reference count to pass on.
///
/// The memory belongs to the ``LatencyTable``, and is there as long as that is.
struct LatencyColumns: @unchecked Sendable {
  /// Mean service time in seconds, the candidate's slowness included.
  let meanService: Double
  /// For each column, the probability that a request is slower than the slow threshold.
  let slowProbability: UnsafePointer<Double>
  /// For each column, the probability that a request is slower than the timeout.
  let timeoutProbability: UnsafePointer<Double>

  init(meanService: Double, _ memory: Memory) {
    self.meanService = meanService
    slowProbability = UnsafePointer(memory.start)
    timeoutProbability = UnsafePointer(memory.start + memory.columns)
  }

  /// Who owns the memory; it is written once.
  final class Memory: @unchecked Sendable {
    fileprivate let columns: Int
    fileprivate let start: UnsafeMutablePointer<Double>

    init(slow: [Double], late: [Double]) {
      precondition(slow.count == late.count, "every column has both probabilities")
      columns = slow.count
      start = .allocate(capacity: 2 * columns)
      for column in 0..<columns {
        (start + column).initialize(to: slow[column])
        (start + columns + column).initialize(to: late[column])
      }
    }

    deinit { start.deallocate() }
  }
}
