import StrategyLab

/// The sections of a report that tell how each strategy went.
enum StrategySections {
  /// One section a strategy, the cheapest first.
  static func strategies(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let slugs = FileName.slugs(record.header.strategies.map(\.name))
    let sections = Standing.ranked(record, comparison).map { standing in
      section(standing, record: record, slug: slugs[standing.summary.strategyIndex])
    }
    return "## The strategies\n\n" + sections.joined(separator: "\n")
  }

  private static func section(_ standing: Standing, record: ExperimentRecord, slug: String)
    -> String
  {
    let name = MarkdownText.escaped(standing.strategy.name)
    var text = "### \(name)\n\n"
    let kind = MarkdownText.escaped(standing.strategy.kind)
    text += "Kind \(kind), for \(record.header.desiredReplicas) replicas:\n\n"
    for (index, line) in standing.strategy.outline.enumerated() {
      text += "\(index + 1). \(MarkdownText.escaped(line))\n"
    }
    text += "\n" + outcomes(standing.summary).markdown
    for stall in standing.summary.stallReasons {
      text += text.hasSuffix("|\n") ? "\n" : ""
      text += "- stalled in \(stall.count) of \(standing.summary.replications): "
      text += MarkdownText.escaped(stall.reason) + "\n"
    }
    text += "\n![Replicas of \(name) over time, by version and state](replicas-\(slug).svg)\n"
    let own = record.timelines.filter {
      $0.strategyIndex == standing.summary.strategyIndex && !$0.rows.isEmpty
    }
    for timeline in own {
      let kind = timeline.defect.map { "Defective release (\($0))" } ?? "Good release"
      text += "\n\(MarkdownText.escaped(kind)), replication \(timeline.replication):\n\n"
      let moments = KeyMoments(timeline)
      text +=
        moments.moments.isEmpty ? "Nothing was announced.\n" : MomentTable.make(moments).markdown
    }
    return text
  }

  private static func outcomes(_ summary: Comparison.StrategySummary) -> Table {
    let good = summary.replications - summary.defective
    let all: [(String, [ReleaseOutcome: Int], Int)] = [
      ("good", summary.goodOutcomes, good),
      ("defective", summary.defectiveOutcomes, summary.defective),
      ("all", summary.outcomes, summary.replications),
    ]
    return Table(
      columns: [
        Table.Column(name: "releases", isNumeric: false), Table.Column(name: "runs"),
        Table.Column(name: "promoted", unit: "%"), Table.Column(name: "rolled back", unit: "%"),
        Table.Column(name: "stalled", unit: "%"),
      ],
      rows: all.map { name, counts, total in
        Table.Row(
          cells: [name, "\(total)"]
            + ReleaseOutcome.allCases.map { NumberText.percent(counts[$0] ?? 0, of: total) })
      })
  }
}
