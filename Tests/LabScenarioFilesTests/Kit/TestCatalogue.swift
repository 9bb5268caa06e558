import LabKernel
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// Keys of every kind there is, so that the reader is tested apart from what scenarios mean.
enum TestCatalogue {
  static let plans = VariantFamily(
    name: "plan",
    commonParameters: [.optional("label", .text, "What reports call it.")],
    forms: [
      VariantForm(
        name: "steady", summary: "All at once.",
        parameters: [
          .standard("maxSurge", .replicas, "25%", "Extra replicas.", source: "Kubernetes")
        ]),
      VariantForm(
        name: "stepwise", summary: "In steps.",
        parameters: [
          .required("weight", .part, "The share of the first step."),
          .standard("pause", .positiveSpan, "60s", "Time between steps.", source: "Flagger"),
        ]),
    ])

  static let parameters: [Parameter] = [
    .required("title", .text, "A line."),
    .standard("replicas", .integer(1...100), "3", "How many.", source: "test"),
    .standard("factor", .number(0.5...10), "2", "How much.", source: "test"),
    .standard("mirror", .flag, "false", "Whether.", source: "test"),
    .standard("color", .choice(["red", "green", "blue"]), "red", "Which.", source: "test"),
    .optional("trace", .file, "A file."),
    .standard("wait", .span(.seconds(1) ... .hours(1)), "30s", "How long.", source: "test"),
    .standard("share", .part, "10%", "A part.", source: "test"),
    .standard("cpu", .milliCores, "500m", "Processor.", source: "test"),
    .standard("memory", .bytes, "512Mi", "Memory.", source: "test"),
    .standard("rate", .rate, "20/s", "A rate.", source: "test"),
    .standard("fee", .dollars, "$0.25", "A sum.", source: "test"),
    .standard("price", .dollarsPerHour, "$0.03/h", "A price.", source: "test"),
    .standard(
      "probe",
      .section([
        .standard("period", .anySpan, "10s", "Between probes.", source: "Kubernetes"),
        .standard("successes", .integer(1...100), "1", "In a row.", source: "Kubernetes"),
      ]), "{}", "The probe.", source: ""),
    .standard(
      "startup", .variant(SpanDistribution.family), "{distribution: exponential, mean: 50ms}",
      "How long a start takes.", source: "textbook"),
    .standard(
      "plans", .list(.variant(plans), minimumCount: 1), "[steady, {kind: stepwise, weight: 5%}]",
      "What to play.", source: "test"),
    .standard("lengths", .list(.anySpan, minimumCount: 0), "[1s, 2s]", "Lengths.", source: "test"),
  ]

  /// The catalogue of scenarios without strategies, whose keys belong to somebody else's tests.
  static let scenario = Scenario.parameters.map { parameter in
    parameter.key == "strategies"
      ? .standard(
        "strategies", .list(.variant(plans), minimumCount: 0), "[]", "None.", source: "test")
      : parameter
  }
}

/// What was read from a text by a catalogue.
struct Reading {
  let values: ParameterValues
  let assumptions: [Assumption]
  let diagnostics: [Diagnostic]

  init(_ text: String, _ catalogue: [Parameter] = TestCatalogue.parameters) {
    let bytes = Array(text.utf8)
    let (root, faults) = YAMLReader.read(bytes)
    var decoder = ParameterDecoder(catalogue)
    var entries: [YAMLEntry] = []
    if let root, case .mapping(let read, _) = root.content { entries = read }
    let place = ParameterDecoder.Place(path: "", mark: .start, keyPath: "")
    values =
      root == nil && !faults.isEmpty
      ? ParameterValues() : decoder.section(catalogue, entries, at: place)
    assumptions = decoder.assumptions
    diagnostics = Diagnostic.diagnostics(of: faults + decoder.faults, file: "t.yaml", bytes: bytes)
  }

  /// The first line of each diagnostic without the file: `2:11 SL060 wait: 90 has no unit`.
  var lines: [String] { diagnostics.map(Reading.line) }

  static func line(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.line):\(diagnostic.column) \(diagnostic.code.rawValue) \(diagnostic.message)"
  }
}

/// A marked text and what must be said about each mark: code, message, hint.
struct Bad: Sendable, CustomTestStringConvertible {
  let name: String
  let marked: String
  let findings: [String]

  init(_ name: String, _ marked: String, _ findings: String...) {
    (self.name, self.marked, self.findings) = (name, marked, findings)
  }

  var testDescription: String { name }

  func check(_ diagnostics: [Diagnostic], sourceLocation: SourceLocation = #_sourceLocation) {
    let found = diagnostics.map { diagnostic in
      "\(diagnostic.line):\(diagnostic.column) \(diagnostic.code.rawValue) \(diagnostic.message)"
        + (diagnostic.hint.isEmpty ? "" : " -> \(diagnostic.hint)")
    }
    let places = MarkedText(marked).places
    let expected = zip(places, findings).map { "\($0) \($1)" }
    #expect(places.count == findings.count, sourceLocation: sourceLocation)
    #expect(found == expected, sourceLocation: sourceLocation)
  }
}
