import FoundationEssentials
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct ScenarioReaderTests {
  private static let smallest = "service: {replicas: 10}\ntraffic: 1200/s\n"

  /// Reads a scenario without strategies.
  private func read(
    _ text: String, path: String = "shop.yaml", traceText: String? = nil
  ) throws(ScenarioFileError) -> ScenarioFile {
    try ScenarioAssembly(
      path: path, bytes: Array(text.utf8), traceText: traceText, catalogue: TestCatalogue.scenario
    ).file()
  }

  private func diagnostics(_ text: String, traceText: String? = nil) -> [Diagnostic] {
    do throws(ScenarioFileError) {
      _ = try read(text, traceText: traceText)
      return []
    } catch { return error.diagnostics }
  }

  private func rendered(path: String) -> String {
    do throws(ScenarioFileError) {
      _ = try ScenarioReader.read(path: path)
      return ""
    } catch { return error.rendered(color: false) }
  }

  /// Progress is looked for once in each deadline: every nanosecond, no play would end.
  @Test func aDeadlineTooShortToPlayIsRefused() {
    let found = diagnostics(Self.smallest + "monitoring: {progressDeadline: 1ns}\n")
    #expect(found.map(\.message) == ["progressDeadline 1ns is below 1s"])
  }

  @Test func theSmallestScenarioTakesEveryDefault() throws {
    let file = try read(ScenarioReaderTests.smallest)
    #expect(file.scenario.name == "shop")
    #expect(file.scenario.title == "shop")
    #expect(file.scenario.service.replicas == 10)
    #expect(file.scenario.service.terminationGrace == .seconds(30))
    #expect(file.scenario.service.sidecar == nil)
    #expect(file.scenario.traffic == .constant(1200))
    #expect(
      file.scenario.release.catalog.map { $0.name } == [
        "errors", "faint-errors", "latency", "crash", "leak", "cohort",
      ])
    #expect(file.scenario.monitoring.alerts.count == 2)
    #expect(file.scenario.cluster.routePropagation == .milliseconds(100))
    #expect(file.text == ScenarioReaderTests.smallest)
    #expect(file.traceText == nil)
    #expect(file.hash == SHA256.hexadecimal(ScenarioReaderTests.smallest.utf8))
  }

  @Test func assumptionsSayWhatIsGivenAndWhereTheRestComesFrom() throws {
    let file = try read(ScenarioReaderTests.smallest)
    func find(_ path: String) -> Assumption? { file.assumptions.first { $0.path == path } }
    #expect(
      find("service.replicas")
        == Assumption(path: "service.replicas", value: "10", isGiven: true, source: ""))
    #expect(
      find("service.terminationGrace")
        == Assumption(
          path: "service.terminationGrace", value: "30s", isGiven: false,
          source: "Kubernetes, DefaultTerminationGracePeriodSeconds"))
    #expect(find("traffic")?.value == "1200/s")
    #expect(find("release.defects[0].failureRate")?.value == "20%")
    #expect(find("monitoring.alerts[1].window")?.value == "6h")
    #expect(Set(file.assumptions.map { $0.path }).count == file.assumptions.count)
    #expect(file.assumptions.allSatisfy { $0.isGiven || !$0.source.isEmpty })
  }

  @Test(arguments: ["shop.yaml", "a/b.c/shop.yml", "./shop", "/x/shop.yaml"])
  func theFileNamesTheScenario(_ path: String) throws {
    #expect(try read(ScenarioReaderTests.smallest, path: path).scenario.name == "shop")
  }

  @Test(arguments: [
    Bad(
      "too small nodes", "1️⃣service: {replicas: 2, cpu: 8}\ntraffic: 5/s\n",
      "SL081 no replica fits on a node -> ask for less cpu or memory per replica, or write a larger node"
    ),
    Bad(
      "more nodes than the maximum",
      "service: {replicas: 2}\ntraffic: 5/s\ncluster:\n  nodes: {count: 5, maximum: 1️⃣3}\n",
      "SL081 maximum 3 is below the 5 nodes at the start -> write at least 5"),
    Bad(
      "no traffic", "service: {replicas: 2}\ntraffic: 1️⃣0/s\n",
      "SL082 no request arrives within the horizon -> write a rate above 0/s"),
    Bad(
      "steps out of order",
      "service: {replicas: 2}\ntraffic:\n  kind: steps\n  points:\n  - {at: 1️⃣1m, rate: 5/s}\n  - {at: 2️⃣30s, rate: 5/s}\n",
      "SL082 the first rate begins at 60s and not at 0s -> write `at: 0s`",
      "SL082 the rate at 30s follows the one at 60s -> write the rates in order of time"),
    Bad(
      "no baseline", "service: {replicas: 2}\ntraffic: 5/s\nexperiment: {baseline: 1️⃣x}\n",
      "SL084 no strategy is called 'x' -> write one of "),
    Bad(
      "weights of nothing",
      "service: {replicas: 2}\ntraffic: 5/s\nrelease:\n  1️⃣defects: [{kind: errors, weight: 0}]\n",
      "SL085 every defect has the weight 0, none can be drawn -> give one a weight above 0, or write `defectProbability: 0%`"
    ),
    Bad(
      "key of a section at the top", "1️⃣replicas: 3\nservice: {replicas: 2}\ntraffic: 5/s\n",
      "SL040 unknown key 'replicas' -> `replicas` belongs under `service`"),
    Bad("no service", "1️⃣traffic: 5/s\n", "SL041 'service' is missing -> write `service: {...}`"),
    Bad(
      "no replicas", "1️⃣service: {cpu: 1}\ntraffic: 5/s\n",
      "SL041 'replicas' is missing in 'service' -> write `replicas: 3`"),
    Bad(
      "empty service", "1️⃣service:\ntraffic: 5/s\n",
      "SL042 'service' has no value -> write its keys below it"),
    Bad("a list", "1️⃣- a\n", "SL043 'scenario' is a list, expected a mapping of keys"),
  ])
  func contradictionsPointAtTheirKeys(_ bad: Bad) {
    bad.check(diagnostics(MarkedText(bad.marked).text))
  }

  @Test func aTraceIsReadFromTheScenariosFolder() throws {
    let folder = try TemporaryFolder()
    let trace = "seconds,requests_per_second\n0,10\n60,20\n"
    _ = try folder.write("load.csv", trace)
    let text =
      "service: {replicas: 2}\ntraffic: {kind: trace, file: load.csv}\nexperiment: {horizon: 2m}\n"
    let file = try read(text, path: folder.path + "/shop.yaml")
    #expect(file.scenario.traffic.steps.map { $0.requestsPerSecond } == [10, 20])
    #expect(file.traceText == trace)
    #expect(file.hash == SHA256.hexadecimal(text.utf8 + [0] + trace.utf8))
    #expect(try read(text, traceText: trace).hash == file.hash)
  }

  @Test func faultsOfTheTraceHaveTheTracesPlace() {
    let text = "service: {replicas: 2}\ntraffic:\n  kind: trace\n  file: none.csv\n"
    #expect(
      diagnostics(text).map { "\($0.file):\(Reading.line($0))" }
        == ["shop.yaml:4:9 SL100 the trace 'none.csv' cannot be read: there is no such file"])
    #expect(
      diagnostics(text, traceText: "seconds,rate\n0,x\n").map { "\($0.file):\(Reading.line($0))" }
        == ["none.csv:2:3 SL106 'x' is not a finite number"])
    #expect(
      diagnostics(text, traceText: "seconds,rate\n0,1\n60,1\n").map {
        "\($0.file):\(Reading.line($0))"
      }
        == ["shop.yaml:4:9 SL101 the trace is 2m long, the horizon is 2h"])
  }

  @Test func whatIsNoScenarioFileIsRefusedAtOnce() throws {
    let folder = try TemporaryFolder()
    let clock = ContinuousClock()
    func check(_ path: String, _ expected: String) {
      let time = clock.measure { #expect(rendered(path: path) == expected) }
      #expect(time < .seconds(1), "\(path)")
    }
    let none = folder.path + "/none.yaml"
    check(none, "\(none): error: there is no such file [SL001]\n  hint: check the path\n")
    check(
      folder.path, "\(folder.path): error: this is a folder [SL002]\n  hint: name a file in it\n")
    check(
      "/dev/null",
      "/dev/null: error: this is a pipe, a socket or a device [SL003]\n  hint: write the scenario to a file first\n"
    )
    let empty = try folder.write("empty.yaml", "# nothing\n")
    check(
      empty,
      "\(empty): error: the file is empty [SL008]\n  hint: write at least `service` and `traffic`\n"
    )
    let binary = try folder.write("binary.yaml", [0x41, 0x00, 0x42])
    check(
      binary,
      "\(binary):1:2: error: the file is binary: it holds a zero byte [SL007]\n    1 | A\\u{0}B\n      |  ^~~~~  hint: a scenario is a text file in YAML\n"
    )
    let large = folder.path + "/large.yaml"
    #expect(FileManager.default.createFile(atPath: large, contents: nil))
    let handle = open(large, O_WRONLY)
    #expect(ftruncate(handle, 50_000_000) == 0)
    close(handle)
    check(
      large,
      "\(large): error: the file is larger than 10 MB [SL005]\n  hint: a scenario has a few kilobytes; put recorded traffic in a trace file\n"
    )
  }

  @Test func hostileTextsAreRefusedAtOnce() {
    let time = ContinuousClock().measure {
      let keys = (0..<20_000).map { "key\($0): {a: [b, c]}\n" }.joined()
      #expect(diagnostics(keys).count == 20_002)
      let line = "{" + (0..<20_000).map { "key\($0): 1" }.joined(separator: ", ") + "}"
      #expect(diagnostics(line).count == 20_002)
    }
    #expect(time < .seconds(10))
  }
}
