import StrategyLab

/// Reports for a terminal: the answer first, then the evidence, then what to be careful about.
///
/// No control byte of a user's text gets through; the only escape sequences are the report's own
/// colours, and those only if colour is asked for.
public enum TerminalReport {
  static let leastWidth = 40

  /// A comparison: recommendation, table, warnings.
  ///
  /// - Parameters:
  ///   - record: What was asked, and every run.
  ///   - comparison: What the runs say.
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public static func comparison(
    record: ExperimentRecord, comparison: Comparison, color: Bool, width: Int
  ) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, leastWidth)
    var lines = answer(record, comparison, style: style, width: width)
    lines.append("")
    let table = TerminalTable(
      ComparisonTable.make(record, comparison), style: style, width: width)
    lines += table.lines
    lines.append("")
    lines += notes(record, comparison, omitted: table.omitted, width: width).map(style.dim)
    let findings = Finding.all(record, comparison)
    if !findings.isEmpty { lines.append("") }
    for finding in findings { lines += warning(finding, style: style, width: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func answer(
    _ record: ExperimentRecord, _ comparison: Comparison, style: TerminalStyle, width: Int
  ) -> [String] {
    let index = comparison.recommendation.strategyIndex
    let strategies = record.header.strategies
    let name = strategies.indices.contains(index) ? PlainText.oneLine(strategies[index].name) : ""
    var isFirst = true
    return comparison.recommendation.sentences.flatMap { sentence in
      PlainText.wrapped(PlainText.oneLine(sentence), to: width).map { line in
        guard isFirst, let (before, after) = split(line, around: name) else { return line }
        isFirst = false
        return before + style.bold(name) + after
      }
    }
  }

  /// A line around the first place where a name stands as a whole word; nil if it does not.
  static func split(_ line: String, around name: String) -> (before: String, after: String)? {
    guard !name.isEmpty else { return nil }
    func continuesWord(_ character: Character?) -> Bool {
      guard let character else { return false }
      return character.isLetter || character.isNumber || character == "-" || character == "_"
    }
    let characters = Array(line)
    let wanted = Array(name)
    guard characters.count >= wanted.count else { return nil }
    for start in 0...(characters.count - wanted.count) {
      let end = start + wanted.count
      guard Array(characters[start..<end]) == wanted,
        !continuesWord(start > 0 ? characters[start - 1] : nil),
        !continuesWord(end < characters.count ? characters[end] : nil)
      else { continue }
      return (String(characters[..<start]), String(characters[end...]))
    }
    return nil
  }

  private static func notes(
    _ record: ExperimentRecord, _ comparison: Comparison, omitted: [Table.Column], width: Int
  ) -> [String] {
    let header = record.header
    let played = comparison.replicationsPlayed
    let facts =
      "\(PlainText.oneLine(header.scenarioName)): "
      + NumberText.count(played, "replication") + " of each strategy, "
      + "\(comparison.defectivePlayed) with a defect; horizon "
      + SpanText.short(nanoseconds: header.horizonNanoseconds) + ", seed \(header.seed)."
      + " " + PlainText.oneLine(header.detail.sentence)
    var reading = "Means over replications"
    if played > 1 { reading += "; ± half-width of the 95% interval" }
    reading += "; – no value."
    var notes = [facts, reading]
    if !omitted.isEmpty {
      notes.append("No room for: " + omitted.map(\.heading).joined(separator: "; ") + ".")
    }
    return notes.flatMap { PlainText.wrapped($0, to: width) }
  }

  private static func warning(_ finding: Finding, style: TerminalStyle, width: Int) -> [String] {
    let label = "warning: "
    let text = finding.observation + (finding.advice.isEmpty ? "" : " " + finding.advice)
    return PlainText.wrapped(PlainText.oneLine(text), to: width - label.count).enumerated().map {
      $0.offset == 0
        ? style.yellow(label) + $0.element
        : String(repeating: " ", count: label.count) + $0.element
    }
  }
}
