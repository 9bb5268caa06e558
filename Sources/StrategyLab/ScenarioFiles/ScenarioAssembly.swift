import LabUnits
import StrategyLab

/// Puts a scenario together from its file: text, tree, values, trace, and the checks across keys.
struct ScenarioAssembly {
  /// What to call the file.
  let path: String
  /// Its content.
  let bytes: [UInt8]
  /// The content of the trace; nil to read the file that the scenario names.
  var traceText: String?
  /// The keys that may stand in it.
  var catalogue = Scenario.parameters

  /// The scenario, or everything that is wrong.
  func file() throws(ScenarioFileError) -> ScenarioFile {
    guard bytes.count <= ScenarioReader.sizeLimit else {
      throw failure(.file(.tooLarge(limit: ScenarioReader.sizeLimit)), at: .wholeFile)
    }
    if let problem = TextCheck.problem(in: bytes) {
      throw failure(.notText(problem.fact), at: problem.mark)
    }
    let (root, faults) = YAMLReader.read(bytes)
    guard let root else {
      throw faults.isEmpty
        ? failure(.emptyFile, at: .wholeFile)
        : ScenarioFileError(faults, file: path, bytes: bytes)
    }
    guard case .mapping(let entries, _) = root.content else {
      let shape = ScenarioFault.wrongShape(
        "scenario", found: root.shape, expected: "a mapping of keys")
      throw ScenarioFileError(
        faults + [LocatedFault(fault: shape, mark: root.mark)], file: path, bytes: bytes)
    }
    var decoder = ParameterDecoder(catalogue)
    let place = ParameterDecoder.Place(path: "", mark: .start, keyPath: "")
    let values = decoder.section(catalogue, entries, at: place)
    guard faults.isEmpty, decoder.faults.isEmpty else {
      let found = faults + decoder.faults
      throw ScenarioFileError(
        found + contradictions(besides: found, in: entries), file: path, bytes: bytes)
    }
    return try assemble(values, decoder)
  }

  private func assemble(_ values: ParameterValues, _ decoder: ParameterDecoder)
    throws(ScenarioFileError) -> ScenarioFile
  {
    let trace = try trace(values, decoder)
    let scenario = Scenario(name: stem, values: values, trace: trace?.traffic)
    let problems = scenario.problems() + ScenarioAssembly.unlikelyDefects(scenario)
    guard problems.isEmpty else {
      throw ScenarioFileError(
        problems.map { located($0, decoder) }, file: path, bytes: bytes)
    }
    return ScenarioFile(
      scenario: scenario, text: String(decoding: bytes, as: UTF8.self), traceText: trace?.text,
      tracePath: trace?.path, assumptions: decoder.assumptions)
  }

  /// A contradiction at the place of its key.
  func located(_ problem: ScenarioProblem, _ decoder: ParameterDecoder) -> LocatedFault {
    let contradiction = ScenarioContradiction(
      code: ScenarioAssembly.code(of: problem.path), message: problem.message, hint: problem.hint)
    return LocatedFault(
      fault: .contradiction(contradiction), mark: decoder.mark(nearest: problem.path))
  }

  /// The trace that the traffic names; nil if it names none.
  private func trace(_ values: ParameterValues, _ decoder: ParameterDecoder)
    throws(ScenarioFileError) -> (traffic: TrafficModel, text: String, path: String?)?
  {
    let (form, keys) = values.variant("traffic")
    guard form == "trace" else { return nil }
    let name = keys.text("file")
    let tracePath = name.hasPrefix("/") ? name : folder + name
    let traceBytes: [UInt8]
    let isRead = traceText == nil
    if let traceText {
      traceBytes = Array(traceText.utf8)
    } else {
      do throws(FileProblem) {
        traceBytes = try RegularFile.read(tracePath, limit: TraceFile.sizeLimit)
      } catch {
        throw failure(
          .trace(.unreadable(name, error)), at: decoder.mark(nearest: "traffic.file"))
      }
    }
    let trace = TraceFile(
      traceBytes,
      TraceFile.Options(
        values: keys.text("values"), scale: keys.number("scale"), from: keys.span("from"),
        bin: keys.span("bin"), horizon: values.section("experiment").span("horizon")))
    if let traffic = trace.traffic {
      return (traffic, String(decoding: traceBytes, as: UTF8.self), isRead ? tracePath : nil)
    }
    guard trace.faults.isEmpty else {
      throw ScenarioFileError(trace.faults, file: tracePath, bytes: traceBytes)
    }
    throw ScenarioFileError(
      trace.misuse.map { key, fault in
        LocatedFault(fault: fault, mark: decoder.mark(nearest: "traffic.\(key)"))
      }, file: path, bytes: bytes)
  }

  private func failure(_ fault: ScenarioFault, at mark: SourceMark) -> ScenarioFileError {
    ScenarioFileError([LocatedFault(fault: fault, mark: mark)], file: path, bytes: bytes)
  }

  /// The folder of the file with its stroke, empty for the present one.
  private var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The file's name without folder and ending.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return name }
    return String(name[..<point])
  }

  /// A catalogue of which nothing can be drawn.
  private static func unlikelyDefects(_ scenario: Scenario) -> [ScenarioProblem] {
    guard scenario.release.defectProbability > .none,
      scenario.release.catalog.allSatisfy({ $0.weight <= 0 })
    else { return [] }
    return [
      ScenarioProblem(
        path: "release.defects", message: "every defect has the weight 0, none can be drawn",
        hint: "give one a weight above 0, or write `defectProbability: 0%`")
    ]
  }

  private static func code(of path: String) -> DiagnosticCode {
    switch path.prefix(while: { $0 != "." && $0 != "[" }) {
    case "cluster", "scarce": .clusterContradiction
    case "autoscaler": .autoscalerContradiction
    case "traffic": .trafficContradiction
    case "strategies": .strategyContradiction
    case "experiment": .experimentContradiction
    case "release": .releaseContradiction
    default: .contradiction
    }
  }
}

extension ParameterDecoder {
  /// The place of a path, or of the nearest thing above it that the file writes.
  func mark(nearest path: String) -> SourceMark {
    var rest = path[...]
    while !rest.isEmpty {
      if let mark = marks[String(rest)] { return mark }
      guard let cut = rest.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      rest = rest[..<cut]
    }
    return .start
  }
}
