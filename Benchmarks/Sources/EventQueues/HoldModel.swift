import BenchmarkSupport
import LabKernel

/// The hold model: the first event is taken out and scheduled again, further ahead by a random increment,
/// over and over (Vaucher and Duval 1975, "A comparison of simulation event list algorithms",
/// doi:10.1145/360758.360758; the increments are from Jones 1986, "An empirical comparison of priority-queue
/// and event-set implementations", doi:10.1145/5684.5686).
struct HoldModel {
  /// How far ahead an event is scheduled.
  enum Increments: String, CaseIterable {
    /// Memoryless; mean 1.
    case exponential
    /// Evenly between 0 and 2.
    case uniform
    /// Nine in ten soon and one in ten far ahead, in two crowds; mean 1.
    case bimodal
  }

  /// The mean increment: a simulated second.
  static let mean: Int64 = 1_000_000_000

  /// Drawn beforehand, so that only the queue is measured; few enough to stay in the cache.
  private let table: [Int64]

  /// An increment by its number: one of the table, and up to a thousandth of the mean, so that two events
  /// are seldom due at the same nanosecond.
  @inline(__always)
  private func increment(_ number: Int) -> Int64 {
    table[number & 8191] &+ Int64((UInt64(number) &* 0x9e37_79b9_7f4a_7c15) >> 44)
  }

  init(_ increments: Increments) {
    var stream = RandomStream(
      seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 1))
    table = (0..<8192).map { _ in
      let increment =
        switch increments {
        case .exponential: stream.exponential(mean: 1)
        case .uniform: 2 * stream.nextUnit()
        case .bimodal:
          (stream.nextUnit() + (stream.nextUnit() < 0.1 ? 10 : 0)) / 1.5
        }
      return Int64(increment * Double(Self.mean))
    }
  }

  /// Plays so many holds.
  ///
  /// - Returns: the processor seconds of the second half of them, and a sum that depends on the order of
  ///   all events.
  @inline(never)
  func play<Queue: EventQueue>(
    _: Queue.Type, pending: Int, holds: Int
  ) -> (seconds: Double, checksum: UInt64) {
    var queue = Queue(pending: pending, meanIncrement: Self.mean)
    var draw = 0
    for entity in 0..<pending {
      queue.schedule(UInt32(entity), at: increment(draw))
      draw &+= 1
    }
    var checksum: UInt64 = 0
    var before = ProcessorClock.seconds
    for hold in 0..<holds {
      // The first half lets the queue find its steady state.
      if hold == holds / 2 { before = ProcessorClock.seconds }
      guard let (time, payload) = queue.popFirst() else { preconditionFailure("a hold keeps all") }
      checksum = (checksum &+ UInt64(payload)) &* 0x9e37_79b9_7f4a_7c15
      queue.schedule(payload, at: time &+ increment(draw))
      draw &+= 1
    }
    return (ProcessorClock.seconds - before, checksum)
  }
}
