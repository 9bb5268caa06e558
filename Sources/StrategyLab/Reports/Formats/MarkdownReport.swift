import StrategyLab

/// Reports in Markdown: the answer, the evidence, what would change the answer, and what was assumed.
public enum MarkdownReport {
  /// The comparison table alone, for a pull request or a wiki.
  public static func comparisonTable(record: ExperimentRecord, comparison: Comparison) -> String {
    ComparisonTable.make(record, comparison).markdown
  }

  /// The whole report, which shows the pictures that lie beside it in the report's folder.
  public static func report(record: ExperimentRecord, comparison: Comparison) -> String {
    let sections = [
      answer(record, comparison),
      table(record, comparison),
      findings(record, comparison),
      pictures(),
      MeasureSections.releases(record, comparison),
      MeasureSections.differences(record, comparison),
      StrategySections.strategies(record, comparison),
      BreakEvenSection.text(record, comparison),
      assumptions(record),
      GlossarySection.text(record),
      reproduction(record, comparison),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func answer(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let header = record.header
    let title = header.scenarioTitle.isEmpty ? header.scenarioName : header.scenarioTitle
    var text = "# \(MarkdownText.escaped(title))\n\n"
    let sentences = comparison.recommendation.sentences.map(MarkdownText.escaped)
    if !sentences.isEmpty { text += "**\(sentences[0])**" }
    for sentence in sentences.dropFirst() { text += " " + sentence }
    return text + "\n"
  }

  private static func table(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let header = record.header
    var text = comparisonTable(record: record, comparison: comparison)
    text += "\nMeans over "
    text += NumberText.count(comparison.replicationsPlayed, "replication") + " of each strategy, "
    text += "\(comparison.defectivePlayed) of them with a defect, all measured over "
    text +=
      "\(SpanText.short(nanoseconds: header.horizonNanoseconds)) from the start of the release"
    text +=
      " and sorted by total cost. ± is the half-width of the 95% interval; no number has finer "
    text += "digits than its interval deserves. The arrow marks the recommendation; "
    text += "\(NumberText.absent) means that there is no value.\n"
    return text
  }

  private static func findings(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let findings = Finding.all(record, comparison)
    guard !findings.isEmpty else { return "" }
    return "**Mind this:**\n\n"
      + findings.map { finding in
        let advice = finding.advice.isEmpty ? "" : " " + MarkdownText.escaped(finding.advice)
        return "- \(MarkdownText.escaped(finding.observation))\(advice)\n"
      }.joined()
  }

  private static func pictures() -> String {
    """
    ## The trade-off

    ![Mean total cost against exposed users, a point a strategy](cost-exposure.svg)

    ![Time to detect and undo a defect, a strip a strategy](rollback-time.svg)

    ![The candidate's share of traffic over time, a panel a strategy](traffic-share.svg)

    """
  }

  private static func assumptions(_ record: ExperimentRecord) -> String {
    let given = record.header.assumptions.filter(\.isGiven)
    let standard = record.header.assumptions.filter { !$0.isGiven }
    guard !given.isEmpty || !standard.isEmpty else { return "" }
    var text = "## Assumptions\n"
    if !given.isEmpty {
      let table = Table(
        columns: [
          Table.Column(name: "key", isNumeric: false),
          Table.Column(name: "value", isNumeric: false),
        ], rows: given.map { Table.Row(cells: [$0.path, $0.value]) })
      text += "\nWhat the scenario says:\n\n" + table.markdown
    }
    if !standard.isEmpty {
      let table = Table(
        columns: [
          Table.Column(name: "key", isNumeric: false),
          Table.Column(name: "value", isNumeric: false),
          Table.Column(name: "source", isNumeric: false),
        ], rows: standard.map { Table.Row(cells: [$0.path, $0.value, $0.source]) })
      text += "\nWhat it leaves to the defaults:\n\n" + table.markdown
    }
    return text
  }

  private static func reproduction(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let header = record.header
    var command = "strategylab compare \(shellWord(header.scenarioName + ".yaml"))"
    command += " --seed \(header.seed) --replications \(header.replications)"
    if let precision = header.precisionMillionths {
      command += " --precision \(NumberText.trimmed(Double(precision) / 1e4, decimals: 4))%"
    }
    if header.detail.level == .request { command += " --detail request" }
    return """
      ## How to reproduce

      The same version, scenario and seed give this report again, to the byte:

          \(command)

      \(MarkdownText.escaped(header.detail.sentence))

      - StrategyLab \(MarkdownText.escaped(header.programVersion))
      - scenario \(MarkdownText.escaped(header.scenarioName)), hash \
      \(MarkdownText.code(header.scenarioHash))
      - comparison.csv holds every number of this report, one row a strategy, set of releases and \
      metric; runs.csv every run, one column a metric
      - timeline.csv holds the timelines: one row an event, and one row a count of replicas (or the \
      candidate's share of traffic) that changed; it holds until the next row of the same version \
      and state

      """
  }

  /// A word that a shell takes as it is, quoted if it must be.
  private static func shellWord(_ word: String) -> String {
    let line = PlainText.oneLine(word)
    let isPlain = line.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || scalar == "-" || scalar == "_" || scalar == "." || scalar == "/"
    }
    if isPlain, !line.hasPrefix("-") { return line }
    let parts = line.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
