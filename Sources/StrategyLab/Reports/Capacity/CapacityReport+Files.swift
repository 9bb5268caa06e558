extension CapacityReport {
  /// The names of all files.
  public static let fileNames = ["capacity.md", "capacity.csv", "ledger.svg"]

  /// The report, its table and its picture.
  public var files: [ReportFile] {
    [
      ReportFile(name: "capacity.md", contents: page),
      ReportFile(name: "capacity.csv", contents: csv),
      ReportFile(name: "ledger.svg", contents: LedgerChart(plan).svg),
    ]
  }
}
