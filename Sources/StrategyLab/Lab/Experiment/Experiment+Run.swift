import Dispatch
import LabStrategies
import LabUnits
import Synchronization

/// How far an experiment has got.
public struct ExperimentProgress: Sendable {
  /// Runs that are known.
  public var runsDone: Int
  /// Runs that will be known in the end; with a precision the most there can be.
  public var runsPlanned: Int
  /// Half the width of the 95% interval of the least mean total cost, in dollars; nil before two replications.
  public var halfWidth: Double?
}

extension Experiment {
  /// Replications planned for each strategy; with a precision the most that are played.
  public var plannedReplications: Int {
    scenario.experiment.precision == nil
      ? scenario.experiment.replications : scenario.experiment.mostReplications
  }

  /// Plays every replication that is not yet known, in parallel.
  ///
  /// Batches are handed over in order, each whole: ``batchReplications`` replications of every strategy. With a
  /// precision, the number of replications is decided between batches, from the results so far alone.
  ///
  /// - Parameters:
  ///   - threads: how many threads play; the results do not depend on it.
  ///   - known: runs of an earlier, interrupted play of the same experiment.
  ///   - shouldStop: asked before each run; true ends the play early, without the batch that is not whole.
  ///   - onBatch: gets each new batch, on the calling thread.
  /// - Returns: all runs, by strategy, then by replication.
  /// - Throws: whatever `onBatch` throws.
  public func run(
    threads: Int, known: [RunResult] = [], shouldStop: @Sendable () -> Bool = { false },
    onBatch: ([RunResult], ExperimentProgress) throws -> Void = { _, _ in }
  ) throws -> [RunResult] {
    let strategies = scenario.strategies.count
    let planned = plannedReplications
    var runs = RunCollection(strategies: strategies, replications: planned, known: known)
    var next = 0
    while next < planned, !shouldStop() {
      if let precision = scenario.experiment.precision, next >= Self.batchReplications,
        runs.isPreciseEnough(upTo: next, precision)
      {
        break
      }
      let upper = min(next + Self.batchReplications, planned)
      let missing = (next..<upper).flatMap { replication in
        (0..<strategies).filter { !runs.has($0, replication) }.map { ($0, replication) }
      }
      guard let batch = play(missing, threads: threads, shouldStop) else { break }
      runs.add(batch)
      next = upper
      if !batch.isEmpty {
        try onBatch(
          batch,
          ExperimentProgress(
            runsDone: runs.count, runsPlanned: planned * strategies,
            halfWidth: runs.leastCostHalfWidth))
      }
    }
    return runs.upTo(next)
  }

  /// Plays some runs on some threads; each thread takes the next ones that nobody has taken.
  ///
  /// - Returns: the runs in the order in which they are wanted; nil if the play was stopped before the last.
  private func play(
    _ wanted: [(strategy: Int, replication: Int)], threads: Int, _ shouldStop: @Sendable () -> Bool
  ) -> [RunResult]? {
    let count = min(max(threads, 1), max(wanted.count, 1))
    guard count > 1 else {
      var runs: [RunResult] = []
      var used: Simulation?
      for (strategy, replication) in wanted {
        if shouldStop() { return nil }
        runs.append(
          result(strategyIndex: strategy, replication: replication, after: &used))
      }
      return runs
    }
    let portions = Self.portions(of: wanted, threads: count)
    let next = Atomic<Int>(0)
    let done = Mutex<[(index: Int, run: RunResult)]>([])
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      var mine: [(index: Int, run: RunResult)] = []
      var used: Simulation?
      while !shouldStop() {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < portions.count else { break }
        for run in portions[index] where !shouldStop() {
          let (strategy, replication) = wanted[run]
          mine.append(
            (run, result(strategyIndex: strategy, replication: replication, after: &used)))
        }
      }
      done.withLock { $0 += mine }
    }
    let runs = done.withLock { $0.sorted { $0.index < $1.index }.map(\.run) }
    return runs.count == wanted.count ? runs : nil
  }

  /// Divides runs among threads: whole replications, whose strategies share their draws, and at the end single runs, so
  /// that no thread waits long for another.
  ///
  /// - Returns: ranges of the runs, in order.
  static func portions(
    of runs: [(strategy: Int, replication: Int)], threads: Int
  ) -> [Range<Int>] {
    var starts = runs.indices.filter { $0 == 0 || runs[$0].replication != runs[$0 - 1].replication }
    let firstSingle = starts.dropLast(threads).isEmpty ? 0 : starts[starts.count - threads]
    starts = starts.filter { $0 < firstSingle } + (firstSingle..<runs.count)
    return starts.indices.map { place in
      starts[place]..<(place + 1 < starts.count ? starts[place + 1] : runs.count)
    }
  }
}
