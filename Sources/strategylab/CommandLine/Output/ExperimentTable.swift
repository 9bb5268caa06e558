import LabStore

/// The list of a store's experiments as a table.
enum ExperimentTable {
  /// One line for each experiment under a line of heads, columns aligned.
  static func text(_ listing: [ExperimentListing]) -> String {
    let heads = ["id", "scenario", "strategies", "runs", "seed", "version", "state"]
    let rows = listing.map { experiment in
      [
        "\(experiment.id)", Console.printable(experiment.scenarioName),
        "\(experiment.strategies)", "\(experiment.runsStored)", "\(experiment.seed)",
        Console.printable(experiment.programVersion),
        experiment.isComplete ? "complete" : "incomplete",
      ]
    }
    return lines([heads] + rows, alignedRight: [0, 2, 3, 4]).joined(separator: "\n") + "\n"
  }

  /// Rows of cells as lines of equal columns, two spaces apart.
  static func lines(_ rows: [[String]], alignedRight: Set<Int>) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      var line = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return alignedRight.contains(column) ? space + row[column] : row[column] + space
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
