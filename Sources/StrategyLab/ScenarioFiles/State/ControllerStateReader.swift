import LabStrategies
import LabUnits

/// Reads where a release stands from a file: JSON, or YAML, with everything that is wrong at its place.
///
///     {"replicas": 10, "stable": {"desired": 8, "ready": 8, "available": 8}, "candidate": {"desired": 5}}
public enum ControllerStateReader {
  /// The largest file that is read, in bytes.
  static let sizeLimit = 1_000_000

  /// The state in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - replicas: The replicas that the service shall have where the file does not say.
  /// - Returns: the state.
  /// - Throws: everything that is wrong with the file.
  public static func read(path: String, replicas: Int) throws(ScenarioFileError) -> ControllerState
  {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try RegularFile.read(path, limit: sizeLimit)
    } catch {
      throw ScenarioFileError(
        [LocatedFault(fault: .file(error), mark: .wholeFile)], file: path, bytes: [])
    }
    return try state(bytes, path: path, replicas: replicas)
  }

  /// The state in a text.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - path: What to call the file.
  ///   - replicas: The replicas that the service shall have where the text does not say.
  /// - Returns: the state.
  /// - Throws: everything that is wrong with the text.
  public static func read(text: String, path: String, replicas: Int) throws(ScenarioFileError)
    -> ControllerState
  {
    try state(Array(text.utf8), path: path, replicas: replicas)
  }

  private static func state(_ bytes: [UInt8], path: String, replicas: Int)
    throws(ScenarioFileError) -> ControllerState
  {
    func failure(_ faults: [LocatedFault]) -> ScenarioFileError {
      ScenarioFileError(faults, file: path, bytes: bytes)
    }
    if let problem = TextCheck.problem(in: bytes) {
      throw failure([LocatedFault(fault: .notText(problem.fact), mark: problem.mark)])
    }
    let (root, faults) = YAMLReader.read(bytes)
    guard let root else {
      throw failure(
        faults.isEmpty ? [LocatedFault(fault: .emptyFile, mark: .wholeFile)] : faults)
    }
    guard case .mapping(let entries, _) = root.content else {
      let shape = ScenarioFault.wrongShape(
        "state", found: root.shape, expected: "a mapping of keys")
      throw failure(faults + [LocatedFault(fault: shape, mark: root.mark)])
    }
    var spelling = StateSpelling()
    let written = spelling.standard(entries)
    var decoder = ParameterDecoder(ControllerState.parameters)
    let place = ParameterDecoder.Place(path: "", mark: root.mark, keyPath: "")
    let values = decoder.section(ControllerState.parameters, written, at: place)
    let found = faults + spelling.faults + decoder.faults
    guard found.isEmpty else { throw failure(found) }
    let contradictions = ControllerState.contradictions(in: values)
    guard contradictions.isEmpty else {
      throw failure(
        contradictions.map { path, problem in
          LocatedFault(fault: .contradiction(problem), mark: decoder.marks[path] ?? root.mark)
        })
    }
    return ControllerState(values, replicas: replicas)
  }
}
