import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// The main job on real traffic, with its gaps, zeros and bursts, where STRATEGYLAB_SHARED names its folder.
@Suite(.enabled(if: SharedData.folder != nil, "STRATEGYLAB_SHARED names no folder"))
struct SharedTrafficTests {
  struct Traffic: Sendable, CustomStringConvertible {
    var file: String
    var scale: Int
    var replicas: Int
    var from: String
    var description: String { file }
  }

  static let traffic = [
    // The first labelled anomaly begins on 2014-04-12 at 09:04; a sample is missing in the hours before.
    Traffic(file: "nab_elb_request_count_8c0756.csv", scale: 20, replicas: 4, from: "56h"),
    Traffic(file: "nasa_http_1995-07_requests_per_minute.csv", scale: 10, replicas: 6, from: "12h"),
    Traffic(file: "azure_llm_2023_conv_arrivals.csv", scale: 1, replicas: 12, from: "5m"),
    Traffic(file: "azure_llm_2023_code_arrivals.csv", scale: 1, replicas: 12, from: "5m"),
  ]

  @Test(arguments: traffic)
  func everyStrategyIsPlayedOnIt(_ traffic: Traffic) throws {
    let folder = try #require(SharedData.folder)
    let text = """
      service:
        replicas: \(traffic.replicas)
        workers: 4
        serviceTime: {distribution: exponential, mean: 200ms}
        preStop: 5s
      traffic: {kind: trace, file: \(traffic.file), scale: \(traffic.scale), from: \(traffic.from)}
      strategies: [recreate, rolling-update, blue-green, canary, ab-test, shadow]
      experiment: {replications: 3, horizon: 50m}
      """
    let file = try ScenarioReader.read(
      text: text, path: folder + "recorded.yaml", traceText: nil)
    let experiment = Experiment(scenario: file.scenario)
    let runs = try experiment.run(threads: 2)
    #expect(runs.count == 18)
    let expected = file.scenario.traffic.requests(until: file.scenario.experiment.horizon)
    for run in runs {
      let total = try #require(run.metrics[.requestsTotal])
      // Poisson: five standard deviations; a request that a dead replica swallowed counts as well.
      #expect(abs(total - expected) < 5 * expected.squareRoot() + 1, "\(run)")
      let failed = try #require(run.metrics[.requestsFailed])
      #expect(failed >= 0 && failed <= total)
      #expect((run.metrics[.exposedUsers] ?? -1) >= 0)
    }
  }
}
