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
  /// The largest number of replications that is played to reach a precision.
  public static let mostReplications = 100_000

  /// Replications planned for each strategy; with a precision the most that are played.
  public var plannedReplications: Int {
    scenario.experiment.precision == nil
      ? scenario.experiment.replications
      : max(scenario.experiment.replications, Self.mostReplications)
  }

  /// Plays every replication that is not yet known, in parallel.
  ///
  /// Batches are handed over in order, each whole: ``batchReplications`` replications of every strategy. With a
  /// precision, the number of replications is decided between batches, from the results so far alone.
  ///
  /// - Parameters:
  ///   - threads: how many threads play; the results do not depend on it.
  ///   - known: runs of an earlier, interrupted play of the same experiment.
  ///   - shouldStop: asked between batches; true ends the play early.
  ///   - onBatch: gets each new batch, on the calling thread.
  /// - Returns: all runs, by strategy, then by replication.
  /// - Throws: whatever `onBatch` throws.
  public func run(
    threads: Int, known: [RunResult] = [], shouldStop: @Sendable () -> Bool = { false },
    onBatch: ([RunResult], ExperimentProgress) throws -> Void = { _, _ in }
  ) throws -> [RunResult] {
    let strategies = scenario.strategies.count
    let planned = plannedReplications
    var runs = RunCollection(strategies: strategies, known: known)
    var next = 0
    while next < planned, !shouldStop() {
      if scenario.experiment.precision != nil, next >= Self.batchReplications,
        isPreciseEnough(runs.upTo(next))
      {
        break
      }
      let upper = min(next + Self.batchReplications, planned)
      let missing = (next..<upper).flatMap { replication in
        (0..<strategies).filter { !runs.has($0, replication) }.map { ($0, replication) }
      }
      let batch = play(missing, threads: threads)
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

  private func isPreciseEnough(_ runs: [RunResult]) -> Bool {
    guard let precision = scenario.experiment.precision else { return false }
    return MeanPrecision.isReached(
      runs: runs, strategyCount: scenario.strategies.count, precision: precision)
  }

  /// Plays some runs on some threads; each thread takes the next one that nobody has taken.
  private func play(_ wanted: [(strategy: Int, replication: Int)], threads: Int) -> [RunResult] {
    let count = min(max(threads, 1), max(wanted.count, 1))
    guard count > 1 else {
      return wanted.map { result(strategyIndex: $0.strategy, replication: $0.replication) }
    }
    let next = Atomic<Int>(0)
    let done = Mutex<[(index: Int, run: RunResult)]>([])
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      var mine: [(index: Int, run: RunResult)] = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < wanted.count else { break }
        let (strategy, replication) = wanted[index]
        mine.append((index, result(strategyIndex: strategy, replication: replication)))
      }
      done.withLock { $0 += mine }
    }
    return done.withLock { $0.sorted { $0.index < $1.index }.map(\.run) }
  }
}

/// The runs of an experiment as they come in.
struct RunCollection {
  private var byStrategy: [[Int: RunResult]]
  private(set) var count = 0
  private var costs: [RunningMean]

  init(strategies: Int, known: [RunResult]) {
    byStrategy = Array(repeating: [:], count: strategies)
    costs = Array(repeating: RunningMean(), count: strategies)
    add(known)
  }

  func has(_ strategy: Int, _ replication: Int) -> Bool {
    byStrategy[strategy][replication] != nil
  }

  mutating func add(_ runs: [RunResult]) {
    for run in runs where byStrategy.indices.contains(run.strategyIndex) {
      if byStrategy[run.strategyIndex].updateValue(run, forKey: run.replication) == nil {
        count += 1
        if let cost = run.metrics[.totalCost] { costs[run.strategyIndex].add(cost) }
      }
    }
  }

  /// The runs of the first replications, by strategy, then by replication.
  func upTo(_ replications: Int) -> [RunResult] {
    byStrategy.flatMap { runs in (0..<replications).compactMap { runs[$0] } }
  }

  /// Half the width of the 95% interval of the least mean total cost.
  var leastCostHalfWidth: Double? {
    costs.filter { $0.count > 1 }.min { $0.mean < $1.mean }?.halfWidth
  }
}

/// A mean and its spread, one value after the other (Welford 1962).
struct RunningMean {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }

  /// Half the width of the 95% interval, for a display.
  var halfWidth: Double? {
    guard count > 1 else { return nil }
    return 1.96 * (squares / Double(count - 1) / Double(count)).squareRoot()
  }
}
