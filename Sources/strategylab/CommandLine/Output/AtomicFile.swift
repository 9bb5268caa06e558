import Glibc

/// Writes whole files: a reader sees the old one or the new one, never a part.
enum AtomicFile {
  /// Writes a file, and the folders above it where they are missing.
  ///
  /// The text goes to a temporary file in the same folder, which then takes the name. A folder or a
  /// special file is never replaced; behind a symbolic link the file that it leads to is.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/failed`` and the system's reason.
  static func write(_ contents: String, to path: String) throws {
    let target = try destination(path)
    let (folder, name) = split(target)
    try makeFolder(folder)
    let temporary = "\(folder)/.\(name).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, errno) }
    var code = Console.write(contents, to: descriptor)
    // A full disk may show itself only when the bytes are forced out or the file is closed.
    if code == 0, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, target) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  /// Makes a folder and those above it; one that is there already is fine.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/failed``, also where something else stands in the way.
  static func makeFolder(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw CommandFailure(
          .failed, "the folder '\(path)' cannot be made: a file stands in the way")
      }
      return
    }
    let (parent, _) = split(path)
    if parent != path { try makeFolder(parent) }
    // Another process may make the same folder at the same time.
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw CommandFailure(
        .failed, "the folder '\(path)' cannot be made: \(Console.reason(errno))")
    }
  }

  /// The folder and the last name of a path.
  static func split(_ path: String) -> (folder: String, name: String) {
    var path = Substring(path)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// The path that may be replaced: the given one, or what a symbolic link leads to.
  private static func destination(_ path: String) throws -> String {
    var status = stat()
    guard lstat(path, &status) == 0 else { return path }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return path
    case S_IFDIR:
      throw CommandFailure(.failed, "'\(path)' cannot be written: it is a folder")
    case S_IFLNK:
      guard let resolved = realpath(path, nil) else { throw failure(path, errno) }
      defer { free(resolved) }
      return try destination(String(cString: resolved))
    default:
      throw CommandFailure(.failed, "'\(path)' cannot be written: it is not a regular file")
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(.failed, "'\(path)' cannot be written: \(Console.reason(code))")
  }
}
