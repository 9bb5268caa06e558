import Dispatch
import Synchronization

/// Batches of runs of an experiment, for threads that each take the next runs whichever batch they belong to.
///
/// Nobody waits for the end of a batch: the others play on while the calling thread hands over what is whole.
final class BatchPlay: Sendable {
  /// One run of one strategy.
  typealias Job = (strategy: Int, replication: Int)

  private let experiment: Experiment
  private let jobs: [Job]
  /// The jobs of each batch, in order.
  private let batches: [Range<Int>]
  /// The jobs that one thread plays without asking again, in order.
  private let portions: [Range<Int>]
  private let next = Atomic<Int>(0)
  private let isGivenUp = Atomic<Bool>(false)
  private let results: Mutex<Results>

  private struct Results {
    var runs: [RunResult?]
    /// For each batch how many runs are not played yet.
    var missing: [Int]
    var handedOver = 0
  }

  /// The runs of some batches.
  init(_ experiment: Experiment, batches: [[Job]], threads: Int) {
    self.experiment = experiment
    jobs = batches.flatMap { $0 }
    var first = 0
    self.batches = batches.map { batch in
      defer { first += batch.count }
      return first..<first + batch.count
    }
    portions = Self.portions(of: jobs, threads: threads)
    results = Mutex(
      Results(runs: Array(repeating: nil, count: jobs.count), missing: batches.map(\.count)))
  }

  /// Divides jobs among threads: whole replications, whose strategies share their draws, and at the end single runs, so
  /// that no thread waits long for what another has just begun.
  ///
  /// - Returns: ranges of the jobs, in order.
  static func portions(of jobs: [Job], threads: Int) -> [Range<Int>] {
    let starts = jobs.indices.filter {
      $0 == 0 || jobs[$0].replication != jobs[$0 - 1].replication
    }
    let whole = starts.dropLast(threads)
    let firstSingle = whole.count < starts.count ? starts[whole.count] : jobs.count
    let all = whole + (firstSingle..<jobs.count)
    return all.indices.map { all[$0]..<($0 + 1 < all.count ? all[$0 + 1] : jobs.count) }
  }

  /// Plays all runs.
  ///
  /// - Parameters:
  ///   - threads: how many threads play, the calling one among them.
  ///   - shouldStop: asked before each run; true ends the play early.
  ///   - onBatch: gets each batch that is whole, in order, on the calling thread.
  /// - Returns: whether all batches were handed over.
  /// - Throws: whatever `onBatch` throws.
  func run(
    threads: Int, shouldStop: @escaping @Sendable () -> Bool, onBatch: ([RunResult]) throws -> Void
  ) throws -> Bool {
    let others = DispatchGroup()
    for _ in 1..<max(1, min(threads, portions.count)) {
      DispatchQueue.global().async(group: others) {
        self.play(shouldStop) {}
      }
    }
    let played = Result { try play(shouldStop) { try handOver(onBatch) } }
    others.wait()
    try played.get()
    try handOver(onBatch)
    return results.withLock { $0.handedOver } == batches.count
  }

  /// Plays what nobody has taken, until there is nothing or the play is given up.
  private func play(_ shouldStop: () -> Bool, afterPortion: () throws -> Void) rethrows {
    var used: Simulation?
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < portions.count else { return }
      var runs: [RunResult] = []
      for job in portions[number] {
        if isGivenUp.load(ordering: .relaxed) || shouldStop() {
          isGivenUp.store(true, ordering: .relaxed)
          return
        }
        runs.append(
          experiment.result(
            strategyIndex: jobs[job].strategy, replication: jobs[job].replication, after: &used))
      }
      keep(runs, of: portions[number])
      do {
        try afterPortion()
      } catch {
        isGivenUp.store(true, ordering: .relaxed)
        throw error
      }
    }
  }

  private func keep(_ runs: [RunResult], of portion: Range<Int>) {
    results.withLock { results in
      for (job, run) in zip(portion, runs) { results.runs[job] = run }
      // A portion is of one replication, and a replication of one batch.
      if let batch = batches.firstIndex(where: { $0.contains(portion.lowerBound) }) {
        results.missing[batch] -= portion.count
      }
    }
  }

  /// Hands over the batches that are whole and whose turn has come.
  private func handOver(_ onBatch: ([RunResult]) throws -> Void) throws {
    while let batch = takeWhole() { try onBatch(batch) }
  }

  private func takeWhole() -> [RunResult]? {
    results.withLock { results in
      guard results.handedOver < batches.count, results.missing[results.handedOver] == 0 else {
        return nil
      }
      let range = batches[results.handedOver]
      let runs = results.runs[range].compactMap { $0 }
      for job in range { results.runs[job] = nil }
      results.handedOver += 1
      return runs
    }
  }
}
