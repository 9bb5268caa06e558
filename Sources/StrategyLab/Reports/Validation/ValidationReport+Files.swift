import StrategyLab

extension ValidationReport {
  /// The folder of the files below the one that a user names.
  public static let folderName = "validation"

  /// The names of all files, whatever was played.
  public static let fileNames = [
    "validation.md", "levels.csv", "reference.csv", "differences.svg",
  ]

  /// The report, its tables and its picture; a part that was not played has no file.
  ///
  /// The same validation gives the same bytes.
  public var files: [ReportFile] {
    var files = [ReportFile(name: "validation.md", contents: page)]
    if !validation.scenarios.isEmpty {
      files.append(ReportFile(name: "levels.csv", contents: levelsCSV))
    }
    if validation.reference != nil {
      files.append(ReportFile(name: "reference.csv", contents: referenceCSV))
    }
    if !validation.scenarios.isEmpty {
      files.append(
        ReportFile(
          name: "differences.svg", contents: DifferenceChart(validation.scenarios).svg))
    }
    return files
  }
}
