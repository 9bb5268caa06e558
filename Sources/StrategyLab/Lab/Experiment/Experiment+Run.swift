import LabStrategies
import LabUnits

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
    threads: Int, known: [RunResult] = [], shouldStop: @escaping @Sendable () -> Bool = { false },
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
      // Where no batch decides whether there is another one, many are played at once.
      let together = scenario.experiment.precision == nil ? Self.batchesTogether : 1
      let end = min(next + together * Self.batchReplications, planned)
      let uppers = stride(from: next, to: end, by: Self.batchReplications).map {
        min($0 + Self.batchReplications, end)
      }
      let batches = uppers.map { upper in
        let first = (upper - 1) / Self.batchReplications * Self.batchReplications
        return (first..<upper).flatMap { replication in
          (0..<strategies).filter { !runs.has($0, replication) }.map { ($0, replication) }
        }
      }
      var handedOver = 0
      let isWhole = try BatchPlay(self, batches: batches, threads: threads).run(
        threads: threads, shouldStop: shouldStop
      ) { batch in
        runs.add(batch)
        next = uppers[handedOver]
        handedOver += 1
        guard !batch.isEmpty else { return }
        try onBatch(
          batch,
          ExperimentProgress(
            runsDone: runs.count, runsPlanned: planned * strategies,
            halfWidth: runs.leastCostHalfWidth))
      }
      if !isWhole { break }
    }
    return runs.upTo(next)
  }

  /// Batches among which no thread waits for another.
  private static let batchesTogether = 20
}
