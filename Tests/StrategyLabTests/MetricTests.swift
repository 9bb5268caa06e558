import Testing

@testable import StrategyLab

struct MetricTests {
  @Test func ordinalsCountTheMetricsInOrder() {
    #expect(Metric.allCases.map(\.ordinal) == Array(Metric.allCases.indices))
  }

  @Test func namesEndInTheirUnit() {
    let endings = [
      "seconds", "flips", "fraction", "decision", "total", "candidate", "failed", "requests",
      "replicas", "ratio", "cores", "bytes", "nodes", "usd",
    ]
    for metric in Metric.allCases {
      #expect(endings.contains { metric.rawValue.hasSuffix($0) }, "\(metric.rawValue)")
      #expect(!metric.unit.isEmpty && !metric.meaning.isEmpty)
    }
  }
}
