import LabStrategies
import LabUnits
import StrategyLab

/// Makes records at random, the same for the same seed, with all that is hard to store in them.
struct RecordSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func text() -> String {
    let pieces = [
      "", "a", "'", "\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{1F680}", "e\u{301}", "é", "ß", "%",
      ";--", "null", " ", "𝄞", "\u{FEFF}", "/", "{}", "日本",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...8, using: &self) {
      text += pieces[Int.random(in: 0..<pieces.count, using: &self)]
    }
    return text
  }

  mutating func number() -> Double {
    let corners: [Double] = [
      0, -0.0, 1, -1, 0.1, 1e300, -1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      9_007_199_254_740_994, 1.0 / 3, .pi, 1e15, -9.223372036854775e18, 9.3e18, .ulpOfOne,
    ]
    if chance(30) { return corners[Int.random(in: 0..<corners.count, using: &self)] }
    let number = Double(bitPattern: next())
    return number.isFinite ? number : 42
  }

  mutating func metrics() -> MetricValues {
    var metrics = MetricValues()
    for metric in Metric.allCases where chance(80) { metrics[metric] = number() }
    return metrics
  }

  mutating func run(_ strategyIndex: Int, _ replication: Int) -> RunResult {
    RunResult(
      strategyIndex: strategyIndex, replication: replication,
      outcome: ReleaseOutcome.allCases[Int.random(in: 0..<3, using: &self)],
      defect: chance(50) ? text() : nil, stallReason: chance(30) ? text() : nil,
      metrics: metrics())
  }

  mutating func counts() -> ReplicaCounts {
    var numbers: [Int] = []
    for _ in 0..<6 { numbers.append(Int.random(in: 0...1_000_000, using: &self)) }
    return ReplicaCounts(
      desired: numbers[0], pending: numbers[1], starting: numbers[2], ready: numbers[3],
      available: numbers[4], terminating: numbers[5])
  }

  mutating func timeline(_ strategyIndex: Int, _ replication: Int) -> Timeline {
    var time: Int64 = 0
    var rows: [Timeline.Row] = []
    for _ in 0..<Int.random(in: 1...20, using: &self) {
      time += Int64.random(in: 0...10_000_000_000_000, using: &self)
      rows.append(
        Timeline.Row(
          time: Instant(nanoseconds: time), event: text(), stable: counts(), candidate: counts(),
          candidateWeight: Double.random(in: 0...1, using: &self)))
    }
    return Timeline(
      strategyIndex: strategyIndex, replication: replication, defect: chance(50) ? text() : nil,
      rows: rows)
  }

  mutating func header(strategies: Int, replications: Int) -> ExperimentRecord.Header {
    var list: [ExperimentRecord.Strategy] = []
    for index in 0..<strategies {
      var outline: [String] = []
      for _ in 0..<Int.random(in: 0...4, using: &self) { outline.append(text()) }
      list.append(.init(name: "strategy \(index) " + text(), kind: text(), outline: outline))
    }
    var assumptions: [Assumption] = []
    for _ in 0..<Int.random(in: 0...6, using: &self) {
      assumptions.append(
        Assumption(path: text(), value: text(), isGiven: chance(50), source: text()))
    }
    return ExperimentRecord.Header(
      scenarioName: text(), scenarioTitle: text(), scenarioText: text() + text(),
      traceText: chance(50) ? text() : nil, scenarioHash: String(next(), radix: 16),
      programVersion: "0.1.0", seed: chance(30) ? .max : next(), replications: replications,
      precisionMillionths: chance(50) ? Int64.random(in: 0...1_000_000, using: &self) : nil,
      horizonNanoseconds: Int64.random(in: 0...Int64.max, using: &self),
      desiredReplicas: Int.random(in: 1...1000, using: &self),
      defectProbability: Double.random(in: 0...1, using: &self),
      baselineIndex: Int.random(in: 0..<strategies, using: &self), strategies: list,
      assumptions: assumptions,
      detail: DetailChoice(level: chance(50) ? .flow : .request, reason: text()))
  }

  /// A record of so many strategies and replications, with two timelines each, the later run first.
  mutating func record(strategies: Int = 3, replications: Int = 12) -> ExperimentRecord {
    let header = header(strategies: strategies, replications: replications)
    var runs: [RunResult] = []
    var timelines: [Timeline] = []
    for strategy in 0..<strategies {
      for replication in 0..<replications { runs.append(run(strategy, replication)) }
      for replication in [replications - 1, 0] { timelines.append(timeline(strategy, replication)) }
    }
    return ExperimentRecord(header: header, runs: runs, timelines: timelines)
  }
}
