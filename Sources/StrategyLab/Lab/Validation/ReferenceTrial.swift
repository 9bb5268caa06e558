import Dispatch
import Synchronization

/// Reference systems to be played on some threads.
public struct ReferenceTrial: Sendable {
  /// What is played.
  public let systems: [ReferenceSystem]
  /// The first seed.
  public let seed: UInt64
  /// How much of each is played.
  public let effort: ReferenceCheck.Effort

  /// The trial of some systems.
  public init(
    systems: [ReferenceSystem], seed: UInt64, effort: ReferenceCheck.Effort = .standard
  ) {
    precondition(effort.replications < 1 << 16, "a system has 65,536 replications of a seed")
    self.systems = systems
    self.seed = seed
    self.effort = effort
  }

  /// Replications of all systems and seeds together.
  public var runs: Int { systems.count * effort.seeds * effort.replications }

  /// Plays every replication and checks the means.
  ///
  /// - Parameters:
  ///   - threads: How many threads play; the result does not depend on it.
  ///   - shouldStop: Asked before each replication; true ends the play early.
  ///   - onProgress: Gets the replications done so far, on the calling thread, after each system.
  /// - Returns: the check; nil if the play was ended early.
  public func check(
    threads: Int, shouldStop: @Sendable () -> Bool = { false }, onProgress: (Int) -> Void = { _ in }
  ) -> ReferenceCheck? {
    var samples: [[[Double]]] = []
    for system in systems {
      guard let sample = play(system, threads: max(threads, 1), shouldStop) else { return nil }
      samples.append(sample)
      onProgress(samples.count * effort.seeds * effort.replications)
    }
    return ReferenceCheck(systems: systems, samples: samples, seed: seed, effort: effort)
  }

  /// The replications of one system, by seed, then by number.
  private func play(
    _ system: ReferenceSystem, threads: Int, _ shouldStop: @Sendable () -> Bool
  ) -> [[Double]]? {
    let wanted = effort.seeds * effort.replications
    let next = Atomic<Int>(0)
    let done = Mutex<[(index: Int, means: [Double])]>([])
    DispatchQueue.concurrentPerform(iterations: min(threads, wanted)) { _ in
      var mine: [(index: Int, means: [Double])] = []
      while !shouldStop() {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < wanted else { break }
        let (number, replication) = index.quotientAndRemainder(dividingBy: effort.replications)
        mine.append(
          (
            index,
            system.means(
              seed: seed &+ UInt64(number), replication: replication, requests: effort.requests)
          ))
      }
      done.withLock { $0 += mine }
    }
    let means = done.withLock { $0.sorted { $0.index < $1.index }.map(\.means) }
    return means.count == wanted ? means : nil
  }
}
