internal import GRDB
internal import LabStrategies

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a row holds, where a value that is not there is an error: GRDB's own subscripts end the program
/// when a damaged file lacks what the schema promises.
extension Row {
  /// The value of a column, counted from 0.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: Int
  ) throws -> Value {
    try decode(Value.self, atIndex: column)
  }

  /// The bytes of a text, zero bytes included, at which a string of SQLite's would end.
  func bytes(_ column: Int) throws -> Data {
    try value(column)
  }

  /// The text of a column.
  func text(_ column: Int) throws -> String {
    String(decoding: try bytes(column), as: UTF8.self)
  }

  /// The text of a column that may be NULL.
  func optionalText(_ column: Int) -> String? {
    let bytes: Data? = self[column]
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Six counts from six columns.
  func counts(from column: Int) throws -> ReplicaCounts {
    try ReplicaCounts(
      desired: value(column), pending: value(column + 1), starting: value(column + 2),
      ready: value(column + 3), available: value(column + 4), terminating: value(column + 5))
  }
}
