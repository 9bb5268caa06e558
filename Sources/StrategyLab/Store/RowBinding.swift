internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Binds the values of one row to a statement, from left to right.
///
/// The values go straight to SQLite's handle: a list of arguments that GRDB looks through first costs
/// more than the insertion itself.
struct RowBinding {
  private let handle: SQLiteStatement
  private var index: CInt = 0

  /// Starts a row; every value is NULL until it is bound.
  init(_ statement: Statement) throws {
    handle = statement.sqliteStatement
    // Resets the statement, takes all values away, and says that none is missing.
    statement.setUncheckedArguments(StatementArguments())
  }

  /// Binds the next value; nil stays NULL.
  mutating func bind<Value: StatementBinding>(_ value: Value?) throws {
    index += 1
    guard let value else { return }
    let code = value.bind(to: handle, at: index)
    // The number is compared, because GRDB's type for it is slow to make and to compare from outside.
    guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Binds a text that may hold a zero byte, at which SQLite's own binding of strings would end.
  ///
  /// The value is a blob; the statement makes it a text: `CAST(? AS TEXT)`.
  mutating func bind(text: String?) throws {
    try bind(text.map { Data($0.utf8) })
  }
}
