import BenchmarkSupport
import LabStore
import StrategyLab

/// Makes an empty store, or writes runs into one as an experiment does, and prints one line of JSON.
@main
struct StoreRows {
  static func main() throws {
    var words = CommandWords(usage: "store-rows prepare|insert STORE STRATEGIES REPLICATIONS")
    let task = words.next()
    let store = try ExperimentStore(path: words.next(), access: .readWrite)
    let strategies = words.nextCount()
    let replications = words.nextCount()
    switch task {
    case "prepare":
      _ = try store.begin(header(strategies: strategies, replications: replications))
    case "insert":
      let seconds = try insert(into: store, strategies: strategies, replications: replications)
      print("{\"rows\": \(strategies * replications), \"seconds\": \(seconds)}")
    default:
      words.fail()
    }
    try store.close()
  }

  /// Appends all runs in an experiment's batches.
  ///
  /// - Returns: the processor seconds of the store alone, without those in which the runs are made.
  private static func insert(
    into store: ExperimentStore, strategies: Int, replications: Int
  ) throws -> Double {
    var seconds = 0.0
    for first in stride(from: 0, to: replications, by: Experiment.batchReplications) {
      let batch = (first..<min(first + Experiment.batchReplications, replications)).flatMap {
        replication in (0..<strategies).map { RunResult(strategy: $0, replication: replication) }
      }
      let before = ProcessorClock.seconds
      try store.append(batch, to: 1)
      seconds += ProcessorClock.seconds - before
    }
    return seconds
  }

  private static func header(strategies: Int, replications: Int) -> ExperimentRecord.Header {
    ExperimentRecord.Header(
      scenarioName: "rows", scenarioTitle: "Rows", scenarioText: "", scenarioHash: "",
      programVersion: "", seed: 1, replications: replications, precisionMillionths: nil,
      horizonNanoseconds: 1, desiredReplicas: 1, defectProbability: 0, baselineIndex: 0,
      strategies: (0..<strategies).map {
        ExperimentRecord.Strategy(name: "strategy-\($0)", kind: "rolling", outline: [])
      },
      assumptions: [])
  }
}
