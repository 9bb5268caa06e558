internal import GRDB

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The file of a store as the file system and its first page show it, before anything is done to it.
///
/// A file that is not ours must stay as it is, and opening a database for writing can change it: SQLite
/// rolls back what a killed program left, and folds its log in. So the questions are asked first, over a
/// connection that takes no lock and makes no file. The bytes are not read by hand: to close a file
/// drops all locks that the process has on it, those of an open store included.
struct StoreFile {
  /// The path as the user wrote it.
  let path: String
  /// How long to wait for other programs, in seconds.
  let busySeconds: Double

  /// What is at the path.
  enum Content: Equatable {
    /// Nothing, or an empty file, which is what a program killed while it made a store leaves.
    case nothing
    /// A store with this schema version.
    case store(version: Int)
  }

  /// The path as SQLite shall see it: never one of the names that it gives a meaning of its own.
  var safePath: String {
    path == ":memory:" || path.hasPrefix("file:") ? "./" + path : path
  }

  /// The path as an address that promises SQLite that nobody writes to the file.
  var immutableAddress: String {
    let plain = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var address = Array((safePath.hasPrefix("/") ? "file://" : "file:").utf8)
    for byte in safePath.utf8 {
      if plain.contains(byte) {
        address.append(byte)
      } else {
        address += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: address, as: UTF8.self) + "?immutable=1"
  }

  /// The folder that holds the file.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What tells a file from another that takes its path.
  struct Identity: Equatable {
    let device: UInt64
    let number: UInt64
  }

  /// Which file lies at the path now; nil if none does.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// Whether the file can be read.
  var isReadable: Bool { access(path, R_OK) == 0 }

  /// Whether the file can be written to.
  var isWritable: Bool { access(path, W_OK) == 0 }

  /// Whether files can be made in the folder.
  var isFolderWritable: Bool { access(folder, W_OK | X_OK) == 0 }

  /// Whether a log of changes lies beside the file: somebody has it open, or was killed.
  var hasLog: Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// Looks at the path and at the first page, and changes nothing.
  ///
  /// - Throws: The first thing that stands in the way, for the access that is wanted.
  func inspect(for access: ExperimentStore.Access) throws(StoreError) -> Content {
    guard !path.isEmpty else { throw .noPath }
    var status = stat()
    guard stat(path, &status) == 0 else {
      switch errno {
      case EACCES: throw .notReadable(path: path)
      case ENOENT, ENOTDIR: break
      case let code: throw .inputOutput(path: path, message: String(cString: strerror(code)))
      }
      guard access == .readWrite else { throw .missingFile(path: path) }
      try requireFolder()
      return .nothing
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .directory(path: path)
    case S_IFREG: break
    default: throw .notAFile(path: path)
    }
    guard isReadable else { throw .notReadable(path: path) }
    // SQLite takes a file of one byte for a new one; its smallest page has 512.
    guard status.st_size == 0 || status.st_size >= 512 else { throw .notADatabase(path: path) }
    let content = try status.st_size == 0 ? .nothing : contentOfDatabase()
    switch (access, content) {
    case (.readOnly, .nothing):
      throw .emptyFile(path: path)
    case (.readOnly, .store(let version)) where version < StoreSchema.version:
      throw .olderSchema(path: path, found: version, known: StoreSchema.version)
    case (.readOnly, .store):
      break
    case (.readWrite, _):
      guard isWritable else { throw .readOnlyFile(path: path) }
      try requireFolder()
    }
    return content
  }

  private func requireFolder() throws(StoreError) {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .missingFolder(path: path, folder: folder)
    }
    guard isFolderWritable else { throw .readOnlyFolder(path: path, folder: folder) }
  }
}

extension StoreFile {
  /// What the database says of itself; a foreign or newer one is an error.
  private func contentOfDatabase() throws(StoreError) -> Content {
    let label: StoreLabel
    do {
      label = try readLabel(at: immutableAddress)
    } catch {
      // Without locks a page can be read while another program writes it, so a failure counts only
      // when it is seen through a connection that waits. One that is read-only changes nothing either.
      label = try readLabel(at: safePath)
    }
    try check(label)
    // The first page of the file is older than the log beside it.
    guard hasLog else { return .store(version: label.version) }
    let current = try readLabel(at: safePath)
    try check(current)
    return .store(version: current.version)
  }

  private func check(_ label: StoreLabel) throws(StoreError) {
    guard label.applicationID == StoreSchema.applicationID else {
      throw .foreignDatabase(path: path, applicationID: label.applicationID)
    }
    guard label.version <= StoreSchema.version else {
      throw .newerSchema(path: path, found: label.version, known: StoreSchema.version)
    }
  }

  private func readLabel(at address: String) throws(StoreError) -> StoreLabel {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(busySeconds)
      let queue = try DatabaseQueue(path: address, configuration: configuration)
      let label = try queue.read(StoreLabel.init)
      try queue.close()
      return label
    } catch {
      throw StoreError(error, path: path, busySeconds: busySeconds)
    }
  }
}

/// What a database says of itself.
struct StoreLabel: Equatable {
  /// The number of the program that made it; 0 where none was set.
  var applicationID: Int32
  /// The number of migrations that made its schema.
  var version: Int

  /// Reads the label; a migration with an unknown name counts as one beyond those that are known.
  init(_ database: Database) throws {
    applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard applicationID == StoreSchema.applicationID else { return }
    let migrator = StoreSchema.migrator
    let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations).count
    version = max(version, unknown > 0 ? StoreSchema.version + unknown : 0)
  }
}
