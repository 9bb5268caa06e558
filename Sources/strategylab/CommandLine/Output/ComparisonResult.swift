import LabReports
import LabUnits
import StrategyLab

/// A finished comparison, ready to be printed and written.
struct ComparisonResult {
  private let record: ExperimentRecord
  private let comparison: Comparison

  /// What the record of an experiment comes to.
  ///
  /// - Parameters:
  ///   - record: The experiment.
  ///   - threads: How many threads may work on it.
  init(record: ExperimentRecord, threads: Int = 1) {
    self.record = record
    comparison = Comparison(record: record, threads: threads)
  }

  /// The text for standard output.
  func text(_ format: ComparisonFormat, on terminal: Terminal) -> String {
    switch format {
    case .table:
      TerminalReport.comparison(
        record: record, comparison: comparison, color: terminal.allowsColor, width: terminal.width)
    case .json: JSONReport.comparison(record: record, comparison: comparison)
    case .csv: CSVReport.comparison(record: record, comparison: comparison)
    case .markdown: MarkdownReport.comparisonTable(record: record, comparison: comparison)
    }
  }

  /// Writes every report file into a folder of the scenario's name below the given one.
  ///
  /// - Parameters:
  ///   - output: The folder that the user names.
  ///   - keeping: Files that must not be overwritten.
  /// - Returns: the folder and the number of files, for a note.
  /// - Throws: ``CommandFailure`` if a file cannot be written, or not without overwriting one of those.
  @discardableResult
  func write(below output: String, keeping: [String]) throws -> (folder: String, count: Int) {
    let place = try ReportPlace(
      below: output, scenario: record.header.scenarioName,
      strategies: record.header.strategies.map(\.name))
    try place.refuseToOverwrite(keeping)
    let files = ReportFolder.files(record: record, comparison: comparison)
    for file in files { try AtomicFile.write(file.contents, to: "\(place.folder)/\(file.name)") }
    return (place.folder, files.count)
  }

  /// The sentence for a precision that the most replications allowed did not reach; nil if all is well.
  ///
  /// Only a run that went to its last replication can have missed it: any other one ended because
  /// the precision was reached.
  var missedPrecision: String? {
    guard let millionths = record.header.precisionMillionths,
      record.runs.count >= record.header.replications * record.header.strategies.count
    else { return nil }
    let missed = comparison.strategiesMissing(precision: Share(millionths: millionths)).map {
      "'\(record.header.strategies[$0].name)'"
    }
    if missed.isEmpty { return nil }
    return
      "the precision of \(Percentage.text(.init(millionths: millionths))) is not reached for "
      + missed.joined(separator: ", ")
      + " within \(record.header.replications) replications; allow more with --replications"
  }
}
