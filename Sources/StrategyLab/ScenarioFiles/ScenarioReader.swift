import LabUnits
import StrategyLab

/// Reads scenario files: YAML and the trace it names in, a scenario or everything that is wrong out.
public enum ScenarioReader {
  /// The largest scenario file that is read, in bytes.
  static let sizeLimit = 10_000_000

  /// The scenario in a file.
  ///
  /// - Parameter path: The file; its name without folder and ending names the scenario.
  /// - Returns: the scenario, its texts, and what it assumes.
  /// - Throws: everything that is wrong with the file and with the trace it names.
  public static func read(path: String) throws(ScenarioFileError) -> ScenarioFile {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try RegularFile.read(path, limit: sizeLimit)
    } catch {
      throw ScenarioFileError(
        [LocatedFault(fault: .file(error), mark: .wholeFile)], file: path, bytes: [])
    }
    return try ScenarioAssembly(path: path, bytes: bytes).file()
  }

  /// The scenario in a text.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - path: What to call the file, and the folder from which a trace is read.
  ///   - traceText: The content of the trace; nil to read the file that the scenario names.
  /// - Returns: the scenario, its texts, and what it assumes.
  /// - Throws: everything that is wrong with the text and with the trace it names.
  public static func read(text: String, path: String, traceText: String?)
    throws(ScenarioFileError) -> ScenarioFile
  {
    try ScenarioAssembly(path: path, bytes: Array(text.utf8), traceText: traceText).file()
  }
}

extension ScenarioFileError {
  /// The diagnostics of facts in one file.
  init(_ facts: [LocatedFault], file: String, bytes: [UInt8]) {
    diagnostics = Diagnostic.diagnostics(of: facts, file: file, bytes: bytes)
  }
}
