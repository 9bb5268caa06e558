/// Rows and columns of plain text; terminal and Markdown only draw it.
///
/// Cells hold text as it was given: whoever draws escapes it for where it goes.
struct Table: Equatable {
  /// The columns, from left to right.
  var columns: [Column]
  /// The rows, from top to bottom.
  var rows: [Row]

  /// What stands above a column, and how dear the column is.
  struct Column: Equatable {
    /// The releases that the column speaks of; empty for all.
    var condition = ""
    /// What the column holds.
    var name: String
    /// The unit of every number in it; empty for text.
    var unit = ""
    /// Whether the cells are numbers, set to the right.
    var isNumeric = true
    /// Columns of the least importance are left out first where there is no room; 0 stays always.
    var dispensability = 0

    /// Name, unit and condition in one line: `harmed users (defective), %`.
    var heading: String {
      name + (condition.isEmpty ? "" : " (\(condition))") + (unit.isEmpty ? "" : ", \(unit)")
    }
  }

  /// One line of the table.
  struct Row: Equatable {
    /// One text a column.
    var cells: [String]
    /// Whether the row is the one to look at first.
    var isMarked = false
  }
}
