import Dispatch
import Synchronization

/// Plays the replications of one strategy on several threads, and keeps what is wanted of each.
struct ReplicationPlay {
  /// How many replications there are.
  let count: Int
  /// How many threads play; what comes out does not depend on it.
  let threads: Int

  /// What is wanted of every replication, in order.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked before each replication; true ends the play early.
  ///   - play: Plays the replication of a number after others, whose memory it may use again.
  /// - Returns: nil if the play was ended early.
  func map<Value: Sendable>(
    shouldStop: @Sendable () -> Bool,
    _ play: @Sendable (_ replication: Int, _ used: inout Simulation?) -> Value
  ) -> [Value]? {
    let next = Atomic<Int>(0)
    let done = Mutex<[(replication: Int, value: Value)]>([])
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      var used: Simulation?
      var mine: [(replication: Int, value: Value)] = []
      while !shouldStop() {
        let replication = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard replication < count else { break }
        mine.append((replication, play(replication, &used)))
      }
      done.withLock { $0 += mine }
    }
    let all = done.withLock { $0.sorted { $0.replication < $1.replication }.map(\.value) }
    return all.count == count ? all : nil
  }
}
