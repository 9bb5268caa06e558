import LabStrategies
import LabUnits
import StrategyLab

extension PlanReport {
  /// The plans as one Gantt chart of Mermaid: a section of steps and one of replicas for each strategy.
  ///
  /// Source: mermaid.js.org, syntax of Gantt diagrams. A chart of Mermaid knows dates only, so that the
  /// release begins at midnight of a day without a change of clocks, and the axis shows the time since then.
  ///
  /// - Returns: The text, ending in a line end; without the fence of a Markdown block.
  public var mermaid: String {
    let longest = projections.flatMap { $0.rows.compactMap { $0.end ?? $0.begin } }.max() ?? .zero
    var lines = [
      "gantt",
      "  title \(MermaidText.escaped("Plan of \(scenarioName)"))",
      "  dateFormat YYYY-MM-DD HH:mm:ss.SSS",
      longest.seconds < 86_400 ? "  axisFormat %H:%M:%S" : "  axisFormat day %d %H:%M",
      "  todayMarker off",
    ]
    for (index, projection) in projections.enumerated() {
      lines += sections(of: projection, prefix: "s\(index + 1)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func sections(of projection: Projection, prefix: String) -> [String] {
    let name = MermaidText.escaped(projection.strategyName)
    let rows = showsEveryRow ? projection.everyRow : projection.rows
    var lines = ["  section \(name)"]
    for (index, row) in rows.enumerated() {
      let end = row.end ?? row.begin
      let tag = row.end == nil ? "crit, " : ""
      let kind = end <= row.begin ? "milestone, " : ""
      lines.append(
        "  \(MermaidText.escaped(title(row, index))) :\(tag)\(kind)\(prefix)r\(index + 1), "
          + "\(MermaidText.date(row.begin)), \(MermaidText.date(end))")
    }
    lines.append("  section \(name) replicas")
    var last: (Int, Int)?
    for (index, row) in rows.enumerated() {
      let now = (row.stable.ready, row.candidate.ready)
      if let last, last == now { continue }
      last = now
      let date = MermaidText.date(row.end ?? row.begin)
      lines.append(
        "  \(now.0) stable, \(now.1) candidate, \(row.total) in all"
          .replacingCommas + " :milestone, \(prefix)m\(index + 1), \(date), \(date)")
    }
    return lines
  }

  private func title(_ row: Projection.Row, _ index: Int) -> String {
    let name = row.title.isEmpty ? "wave \(index + 1)" : row.title
    let number = row.number.map { $0 > 0 ? "\($0) " : "" } ?? ""
    let wanted = row.wantedWeight.map {
      " (\(NumberText.trimmed(100 * $0.fraction, decimals: 1))% wanted"
    }
    let real = "\(NumberText.trimmed(100 * row.trueWeight, decimals: 1))%"
    return "\(number)\(name)" + (wanted.map { "\($0) and \(real) true)" } ?? "")
  }
}

/// Text made harmless for a line of a Mermaid diagram.
enum MermaidText {
  /// The text on one line without the marks that end a title, begin a comment or name an entity.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in PlainText.oneLine(text).unicodeScalars {
      switch scalar {
      case ":": result += " -"
      case ";", ",": result += " /"
      case "#": result += "no. "
      // Two of them begin a comment.
      case "%" where result.hasSuffix("%"): continue
      case "<": result += "‹"
      case ">": result += "›"
      case "`", "{", "}": result += "'"
      default: result.unicodeScalars.append(scalar)
      }
    }
    // A line that begins with a word of the language would be read as one.
    let words = [
      "section", "title", "dateFormat", "axisFormat", "click", "todayMarker", "excludes",
    ]
    if words.contains(where: { result.hasPrefix($0) }) { result = "· " + result }
    return result.isEmpty ? "·" : result
  }

  /// An instant as a date of the chart.
  static func date(_ instant: Instant) -> String {
    let milliseconds = (instant.nanoseconds + 500_000) / 1_000_000
    let seconds = milliseconds / 1000
    let day = seconds / 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = String(1000 + milliseconds % 1000).dropFirst()
    return "\(calendarDay(day)) \(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):"
      + "\(two(seconds % 60)).\(rest)"
  }

  /// The date so many days after the first of January 2001, as long as the year lasts; then its last day.
  private static func calendarDay(_ day: Int64) -> String {
    let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var rest = min(max(day, 0), 364)
    var month = 0
    while rest >= lengths[month] {
      rest -= lengths[month]
      month += 1
    }
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2001-\(two(Int64(month) + 1))-\(two(rest + 1))"
  }
}

extension String {
  /// The text with commas that separate nothing in a Mermaid title.
  fileprivate var replacingCommas: String {
    split(separator: ",", omittingEmptySubsequences: false).joined(separator: " /")
  }
}
