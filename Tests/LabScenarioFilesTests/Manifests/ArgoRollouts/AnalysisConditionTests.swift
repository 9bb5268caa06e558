import Testing

@testable import LabScenarioFiles

/// What conditions mean; the forms are those of docs/features/analysis.md of Argo Rollouts.
@Suite struct AnalysisConditionTests {
  @Test(arguments: [
    ("result[0] >= 0.95", 0.95 as Double?, nil as Double?, nil as Bool?),
    ("result >= 0.95", 0.95, nil, nil), ("0.95 <= result[0]", 0.95, nil, nil),
    ("result[0] <= 500", nil, 500, nil), ("result < 0.05", nil, 0.05, nil),
    ("result[0] >= 0.5 && result[0] <= 1.4", 0.5, 1.4, nil),
    ("len(result) == 0 || result[0] < 500", nil, 500, true),
    ("isNaN(result[0]) || result[0] >= 0.95", 0.95, nil, true),
    ("len(result) > 0 and result[0] > 0.9", 0.9, nil, false),
    ("default(result, 0) < 0.05", nil, 0.05, nil), ("asFloat(result) >= -1", -1, nil, nil),
    ("(((result[0] >= 0.9)))", 0.9, nil, nil), ("!(result[0] < 0.9)", 0.9, nil, nil),
    ("result == 0", 0, 0, nil), ("result != nil && result[0] < 2", nil, 2, false),
    ("result < 1 || result < 3", nil, 3, nil),
  ])
  func comparisonsAreUnderstood(
    _ text: String, _ least: Double?, _ greatest: Double?, _ nothing: Bool?
  ) {
    let expected = AnalysisCondition(least: least, greatest: greatest, acceptsNothing: nothing)
    #expect(AnalysisCondition(text) == expected)
  }

  @Test(arguments: [
    "", "result", "result.ok == 'yes'", "result[0] > 1 || result[0] < 0", "true", "result[0] >=",
    "result[0] >= 0.95 }", "result[0] > 3 && result[0] < 2", "all(result, {# > 1})",
    String(repeating: "(", count: 1000), String(repeating: "!(", count: 45) + "1",
    String(repeating: "((", count: 24) + "result" + String(repeating: "))", count: 24),
  ])
  func everythingElseIsNot(_ text: String) { #expect(AnalysisCondition(text) == nil) }

  @Test(arguments: [
    ("result[0] >= 0.95", "success-rate", "", "failures", "5%", nil as String?),
    ("result[0] >= 99.5", "success", "100 * sum(rate(x[5m]))", "failures", "0.5%", nil),
    ("result[0] <= 0.05", "error-rate", "", "failures", "5%", nil),
    ("result[0] < 2", "errors", "sum(rate(e[1m])) * 100", "failures", "2%", nil),
    (
      "result[0] <= 0.5", "latency",
      "histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket[2m])) by (le))",
      "slow",
      "1%", "500ms"
    ),
    (
      "result < 500", "p95-latency", "istio_request_duration_milliseconds_bucket", "slow", "5%",
      "500ms"
    ),
    ("result < 250", "average-latency", "", "slow", "50%", "250ms"),
  ])
  func sharesAndLatenciesAreTold(
    _ text: String, _ name: String, _ query: String, _ measure: String, _ maximum: String,
    _ threshold: String?
  ) throws {
    let good = try #require(AnalysisCondition(text))
    let meaning = try #require(AnalysisMeaning(good: good, name: name, query: query))
    #expect(meaning.measure == measure)
    #expect(meaning.maximum.text == maximum)
    #expect(meaning.slowThreshold?.text == threshold)
  }

  @Test(arguments: [
    ("result[0] <= 5000", "memory"), ("result >= 3", "replicas"), ("result < 20", "queue"),
  ])
  func whatIsNoShareIsNotTakenForOne(_ text: String, _ name: String) throws {
    let good = try #require(AnalysisCondition(text))
    #expect(AnalysisMeaning(good: good, name: name, query: "") == nil)
  }
}
