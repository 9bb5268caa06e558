import FoundationEssentials
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// The folder of test data beside the project, if the environment names one.
enum SharedData {
  static let folder = ProcessInfo.processInfo.environment["STRATEGYLAB_SHARED"].map {
    $0 + "/data/"
  }
}

/// Real traces that are not part of the project: read where STRATEGYLAB_SHARED names their folder.
@Suite(.enabled(if: SharedData.folder != nil, "STRATEGYLAB_SHARED names no folder"))
struct SharedTraceTests {
  static let folder = ProcessInfo.processInfo.environment["STRATEGYLAB_SHARED"].map {
    $0 + "/data/"
  }

  private func traffic(_ name: String, _ horizon: Span, bin: Span = .seconds(10)) throws
    -> TrafficModel
  {
    let path = try #require(SharedData.folder) + name
    let bytes = try RegularFile.read(path, limit: TraceFile.sizeLimit)
    let trace = TraceFile(bytes, TraceFile.Options(bin: bin, horizon: horizon))
    #expect(trace.faults == [])
    return try #require(trace.traffic)
  }

  @Test func countsPerFiveMinutesWithGaps() throws {
    let horizon = Span.hours(336)
    let traffic = try traffic("nab_elb_request_count_8c0756.csv", horizon)
    // 249,327 requests were counted; the eight missing samples repeat the rate before them.
    let total = traffic.requests(until: horizon)
    #expect(total > 249_327 * 0.99 && total < 249_327 * 1.01)
    #expect(traffic.steps.map { $0.requestsPerSecond }.max() == 656.0 / 300)
  }

  @Test func countsPerMinuteWithAZone() throws {
    let horizon = Span.hours(24 * 27)
    let traffic = try traffic("nasa_http_1995-07_requests_per_minute.csv", horizon)
    #expect(traffic.steps.map { $0.requestsPerSecond }.max() == 405.0 / 60)
    #expect(abs(traffic.requests(until: horizon) / 1_891_672 - 1) < 0.05)
  }

  @Test(arguments: [
    ("azure_llm_2023_conv_arrivals.csv", 19_366, 16.0),
    ("azure_llm_2023_code_arrivals.csv", 8819, 67.0),
  ])
  func arrivalsWithStampsToAHundredNanoseconds(_ name: String, _ count: Int, _ peak: Double) throws
  {
    let horizon = Span.minutes(57)
    let traffic = try traffic(name, horizon, bin: .seconds(1))
    let total = traffic.requests(until: horizon)
    #expect(total > Double(count) * 0.9 && total <= Double(count))
    #expect((traffic.steps.map { $0.requestsPerSecond }.max() ?? 0) >= peak * 0.8)
  }
}
