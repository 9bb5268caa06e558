internal import GRDB
internal import GRDBSQLite

/// Binds the values of one row or several to a statement, from left to right.
///
/// The values go straight to SQLite's handle: a list of arguments that GRDB looks through first costs
/// more than the insertion itself.
struct RowBinding {
  private let handle: SQLiteStatement
  private var index: CInt = 0

  /// SQLite copies what is bound: it may be gone before the statement is executed.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// Starts with the first value of a statement that GRDB executes.
  init(_ statement: Statement) {
    handle = statement.sqliteStatement
    // Resets the statement, takes all values away, and says that none is missing.
    statement.setUncheckedArguments(StatementArguments())
  }

  /// Starts with the first value of a statement that is executed with ``execute(_:)``.
  ///
  /// Every value has to be bound: one that is left out is the last one that was bound in its place.
  init(resetting statement: Statement) {
    handle = statement.sqliteStatement
    // An error of the last execution was thrown then, and is told here once more.
    sqlite3_reset(handle)
  }

  /// Executes the statement, which returns no rows; no value is missing.
  ///
  /// GRDB would first look at every place for a value; where there are two thousand, that costs as much as
  /// to insert several rows.
  func execute(_ database: Database) throws {
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }

  /// Binds the next value; nil becomes NULL.
  mutating func bind(_ value: Int64?) throws {
    index += 1
    guard let value else { return try check(sqlite3_bind_null(handle, index)) }
    try check(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds the next value; nil becomes NULL.
  mutating func bind(_ value: Int?) throws {
    try bind(value.map(Int64.init))
  }

  /// Binds the next value; nil becomes NULL.
  mutating func bind(_ value: Double?) throws {
    index += 1
    guard let value else { return try check(sqlite3_bind_null(handle, index)) }
    try check(sqlite3_bind_double(handle, index, value))
  }

  /// Binds a word that the program is made with.
  mutating func bind(word: StaticString) throws {
    index += 1
    let code = word.withUTF8Buffer { [handle, index] bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(handle, index, $0.baseAddress, CInt($0.count), nil)
      }
    }
    try check(code)
  }

  /// Binds a text that may hold a zero byte; nil becomes NULL.
  mutating func bind(text: String?) throws {
    index += 1
    guard var text else { return try check(sqlite3_bind_null(handle, index)) }
    let code = text.withUTF8 { [handle, index] bytes in
      // Its length is told, so that a zero byte does not end it. A text of no bytes may have no address,
      // and without one it would be NULL.
      bytes.withMemoryRebound(to: CChar.self) { characters in
        characters.isEmpty
          ? sqlite3_bind_text64(handle, index, "", 0, Self.transient, UInt8(SQLITE_UTF8))
          : sqlite3_bind_text64(
            handle, index, characters.baseAddress, UInt64(characters.count), Self.transient,
            UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  @inline(__always)
  private func check(_ code: CInt) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
