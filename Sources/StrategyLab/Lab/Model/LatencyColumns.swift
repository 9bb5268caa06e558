/// What the columns of a latency table do to requests, in plain memory that costs no reference count to pass on.
///
/// The memory belongs to the ``LatencyTable``, and is there as long as that is.
struct LatencyColumns: @unchecked Sendable {
  /// Mean service time in seconds, the candidate's slowness included.
  let meanService: Double
  /// A request slower than this counts as slow.
  let slowSeconds: Double
  /// What the proxies add to every request, in seconds.
  private let added: Double
  private let curve: ServiceCurve.Reader
  private let conditions: UnsafePointer<Condition>

  /// What a column does to a request.
  struct Condition {
    /// The probability that a request that stays is slower than the slow threshold.
    var slow = 0.0
    /// The probability that a request that stays is slower than the timeout.
    var late = 0.0
    /// The probability that a request does not stay.
    var lost = 0.0
    /// The share of the workers that is busy.
    var busy = 0.0
    /// The mean wait of requests that stay, in seconds.
    var wait = 0.0
  }

  /// What becomes of requests at a replica in balance.
  struct Balance {
    /// The column, and the weight of the next one.
    var column: Int
    var next: Double
    /// The probability that a request leaves at once.
    var lost: Double
    /// The probability that one that stays takes longer than the timeout.
    var late: Double
    /// The probability that one that stays takes longer than the slow threshold.
    var slow: Double
  }

  /// The columns that the memory holds.
  init(
    meanService: Double, added: Double, slowSeconds: Double, curve: ServiceCurve.Reader,
    _ memory: Memory
  ) {
    self.meanService = meanService
    self.added = added
    self.slowSeconds = slowSeconds
    self.curve = curve
    conditions = UnsafePointer(memory.start)
  }

  /// What a column does to a request.
  ///
  /// - Precondition: the column is one of the table's.
  @inline(__always)
  subscript(column: Int) -> Condition { conditions[column] }

  /// The probability that the work alone takes longer than the timeout.
  @inline(__always)
  var lateAlone: Double { conditions[0].late }

  /// The probability that the work alone takes longer than the slow threshold.
  @inline(__always)
  var slowAlone: Double { conditions[0].slow }

  /// What becomes of requests at a utilisation.
  @inline(__always)
  func balance(utilisation: Double) -> Balance {
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    var condition = conditions[column]
    if next > 0 {
      let other = conditions[column + 1]
      condition.slow += next * (other.slow - condition.slow)
      condition.late += next * (other.late - condition.late)
      condition.lost += next * (other.lost - condition.lost)
      condition.busy += next * (other.busy - condition.busy)
    }
    // Above full load the workers are as good as always busy, whatever the load.
    if utilisation > 1 { condition.lost = max(0, 1 - condition.busy / utilisation) }
    return Balance(
      column: column, next: next, lost: condition.lost, late: condition.late,
      slow: condition.slow)
  }

  /// The mean wait of requests that stay at a utilisation, in seconds.
  func meanWait(utilisation: Double) -> Double {
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    let wait = conditions[column].wait
    return next > 0 ? wait + next * (conditions[column + 1].wait - wait) : wait
  }

  /// The share of requests that take longer than a time, where their waits spread evenly from one to another.
  func share(longerThan seconds: Double, waits: (from: Double, to: Double)) -> Double {
    guard meanService > 0 else {
      let (low, high) = (min(waits.from, waits.to), max(waits.from, waits.to))
      return high > low ? min(1, max(0, (high - seconds + added) / (high - low))) : 0
    }
    let unit = 1 / meanService
    let time = (seconds - added) * unit
    let half = max(abs(waits.to - waits.from) / 2 * unit, 1e-6)
    let nearer = time - (waits.from + waits.to) / 2 * unit
    return (curve.excess(over: nearer - half) - curve.excess(over: nearer + half)) / (2 * half)
  }

  /// Who owns the memory; it is written once.
  final class Memory: @unchecked Sendable {
    fileprivate let start: UnsafeMutablePointer<Condition>

    init(_ conditions: [Condition]) {
      start = .allocate(capacity: conditions.count)
      for (column, condition) in conditions.enumerated() {
        (start + column).initialize(to: condition)
      }
    }

    // A condition is plain numbers, which need no end of their own.
    deinit { start.deallocate() }
  }
}
