import LabReports
import StrategyLab

/// A finished comparison, ready to be printed and written.
struct ComparisonResult {
  private let record: ExperimentRecord
  private let comparison: Comparison

  /// What the record of an experiment comes to.
  init(record: ExperimentRecord) {
    self.record = record
    comparison = Comparison(record: record)
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
  /// - Returns: the folder and the number of files, for a note.
  @discardableResult
  func write(below output: String) throws -> (folder: String, count: Int) {
    let name = record.header.scenarioName
    // The name may come from a store that somebody else wrote; it must not lead out of the folder.
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      throw CommandFailure(
        .invalid, "the experiment's scenario name '\(name)' cannot be the name of a folder")
    }
    let folder = output.hasSuffix("/") ? output + name : "\(output)/\(name)"
    let files = ReportFolder.files(record: record, comparison: comparison)
    for file in files { try AtomicFile.write(file.contents, to: "\(folder)/\(file.name)") }
    return (folder, files.count)
  }

  /// The sentence for a precision that the most replications allowed did not reach; nil if all is well.
  ///
  /// Only a run that went to its last replication can have missed it: any other one ended because
  /// the precision was reached.
  var missedPrecision: String? {
    guard let millionths = record.header.precisionMillionths,
      record.runs.count >= record.header.replications * record.header.strategies.count
    else { return nil }
    let limit = Double(millionths) / 1e6
    let missed = comparison.strategies.compactMap { summary -> String? in
      guard let cost = summary[.totalCost], (cost.high - cost.low) / 2 > limit * abs(cost.mean)
      else { return nil }
      return "'\(record.header.strategies[summary.strategyIndex].name)'"
    }
    if missed.isEmpty { return nil }
    return
      "the precision of \(Percentage.text(.init(millionths: millionths))) is not reached for "
      + missed.joined(separator: ", ")
      + " within \(record.header.replications) replications; allow more with --replications"
  }
}
