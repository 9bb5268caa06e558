internal import GRDB

extension StoreError {
  /// The fact behind an error of SQLite.
  ///
  /// - Parameters:
  ///   - error: What was caught.
  ///   - path: The path of the store.
  ///   - busySeconds: How long the connection waits for others.
  init(_ error: any Error, path: String, busySeconds: Double) {
    if let error = error as? StoreError {
      self = error
      return
    }
    if error is RowDecodingError {
      self = .corrupt(path: path, finding: "a row lacks a value that every row has")
      return
    }
    guard let error = error as? DatabaseError else {
      self = .unexpected(path: path, code: 0, message: "\(error)")
      return
    }
    let message = error.message ?? error.resultCode.description
    switch error.extendedResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self = .locked(path: path, seconds: busySeconds)
    case .SQLITE_READONLY:
      self = .readOnlyFile(path: path)
    case .SQLITE_PERM, .SQLITE_AUTH:
      self = .notReadable(path: path)
    case .SQLITE_NOTADB:
      self = .notADatabase(path: path)
    case .SQLITE_CORRUPT, .SQLITE_IOERR_SHORT_READ:
      self = .corrupt(path: path, finding: message)
    case .SQLITE_FULL:
      self = .fullDisk(path: path)
    case .SQLITE_IOERR, .SQLITE_CANTOPEN:
      self = .inputOutput(path: path, message: message)
    case .SQLITE_MISUSE:
      self = .closed(path: path)
    default:
      self = .unexpected(path: path, code: error.extendedResultCode.rawValue, message: message)
    }
  }
}
