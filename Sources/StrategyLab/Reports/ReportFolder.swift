import StrategyLab

/// A report as a folder of files that belong together.
public enum ReportFolder {
  /// The names of all files of a report, in the order of ``files(record:comparison:)``.
  ///
  /// - Parameter strategies: The names of the strategies that are compared.
  /// - Returns: names without a folder, all different.
  public static func fileNames(strategies: [String]) -> [String] {
    ["report.md", "comparison.csv", "runs.csv", "timeline.csv"]
      + FileName.slugs(strategies).map { "replicas-\($0).svg" }
      + ["traffic-share.svg", "cost-exposure.svg", "rollback-time.svg"]
  }

  /// Every file of the report on a comparison: the text, the tables and the pictures.
  ///
  /// The files are `report.md`, `comparison.csv`, `runs.csv`, `timeline.csv`, one
  /// `replicas-<strategy>.svg` a strategy, `traffic-share.svg`, `cost-exposure.svg` and
  /// `rollback-time.svg`, in this order. The same input gives the same bytes.
  public static func files(record: ExperimentRecord, comparison: Comparison) -> [ReportFile] {
    let order = Standing.ranked(record, comparison).map(\.summary.strategyIndex)
    let slugs = FileName.slugs(record.header.strategies.map(\.name))
    let replicas = record.header.strategies.indices.map { index in
      ReportFile(
        name: "replicas-\(slugs[index]).svg",
        contents: ReplicaChart(record: record, strategyIndex: index, slug: slugs[index]).svg)
    }
    return [
      ReportFile(
        name: "report.md", contents: MarkdownReport.report(record: record, comparison: comparison)),
      ReportFile(
        name: "comparison.csv",
        contents: CSVReport.comparison(record: record, comparison: comparison)),
      ReportFile(name: "runs.csv", contents: CSVReport.runs(record: record)),
      ReportFile(name: "timeline.csv", contents: CSVReport.timeline(record: record)),
    ] + replicas + [
      ReportFile(
        name: "traffic-share.svg", contents: TrafficChart(record: record, order: order).svg),
      ReportFile(
        name: "cost-exposure.svg", contents: CostExposureChart(record, comparison).svg),
      ReportFile(
        name: "rollback-time.svg", contents: RollbackChart(record: record, order: order).svg),
    ]
  }
}
