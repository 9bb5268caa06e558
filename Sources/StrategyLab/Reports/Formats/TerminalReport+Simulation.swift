import LabStrategies
import StrategyLab

extension TerminalReport {
  /// One replication of one strategy: how it ended, what happened, what was measured.
  ///
  /// - Parameters:
  ///   - header: What was asked.
  ///   - run: How the replication ended.
  ///   - timeline: What happened in it.
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public static func simulation(
    header: ExperimentRecord.Header, run: RunResult, timeline: Timeline, color: Bool, width: Int
  ) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, leastWidth)
    var lines = ending(header, run, style: style, width: width)
    lines.append("")
    lines += moments(timeline, header: header, style: style, width: width)
    lines.append("")
    lines += TerminalTable(metrics(run), style: style, width: width).lines
    return lines.joined(separator: "\n") + "\n"
  }

  private static func ending(
    _ header: ExperimentRecord.Header, _ run: RunResult, style: TerminalStyle, width: Int
  ) -> [String] {
    let strategy =
      header.strategies.indices.contains(run.strategyIndex)
      ? header.strategies[run.strategyIndex].name : "strategy \(run.strategyIndex + 1)"
    let name = PlainText.truncated(PlainText.oneLine(strategy), to: width - 16)
    let outcome =
      switch run.outcome {
      case .promoted: style.green("promoted")
      case .rolledBack: style.yellow("rolled back")
      case .stalled: style.red("stalled")
      }
    var facts = run.defect.map { "defect: \($0)" } ?? "no defect"
    facts += "; replication \(run.replication), seed \(header.seed), horizon "
    facts += SpanText.short(nanoseconds: header.horizonNanoseconds) + "."
    facts += " " + header.detail.sentence
    if let reason = run.stallReason { facts = "It still waits: \(reason). " + facts }
    facts = facts.prefix(1).uppercased() + facts.dropFirst()
    return [style.bold(name) + ": " + outcome]
      + PlainText.wrapped(PlainText.oneLine(facts), to: width).map(style.dim)
  }

  private static func moments(
    _ timeline: Timeline, header: ExperimentRecord.Header, style: TerminalStyle, width: Int
  ) -> [String] {
    let table = MomentTable.make(KeyMoments(timeline))
    let drawn = TerminalTable(table, style: style, width: width)
    return drawn.lines
  }

  private static func metrics(_ run: RunResult) -> Table {
    Table(
      columns: [
        Table.Column(name: "metric", isNumeric: false), Table.Column(name: "value"),
        Table.Column(name: "unit", isNumeric: false),
      ],
      rows: Metric.allCases.compactMap { metric in
        guard let value = run.metrics[metric] else { return nil }
        let display = MetricDisplay(metric)
        let scaled = value * display.scale
        return Table.Row(cells: [
          display.name, NumberText.fixed(scaled, decimals: decimals(scaled)), display.unit,
        ])
      })
  }

  /// Three digits that count, at most four after the point.
  private static func decimals(_ value: Double) -> Int {
    guard value.isFinite else { return 0 }
    let digits = DecimalDigits(value)
    guard let leading = digits.leadingPlace, let last = digits.lastPlace else { return 0 }
    return max(0, min(-last, 2 - leading, 4))
  }
}
