#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a file that is a file: nothing that could block, grow for ever or be a folder.
///
/// The POSIX calls are used because Foundation opens first and asks later: a pipe without a writer would
/// hang the program, and a size limit would come after the reading.
enum RegularFile {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: Where the file lies.
  ///   - limit: More bytes than this are an error, found before they are read.
  /// - Returns: all the bytes, at most `limit`.
  /// - Throws: why the file cannot be read.
  static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .missing }
    // Without O_NONBLOCK the opening of a pipe waits for a writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(errorNumber: errno) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem(errorNumber: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .folder
    default: throw .notRegular
    }
    guard Int(status.st_size) <= limit else { throw .tooLarge(limit: limit) }
    return try contents(of: descriptor, expected: Int(status.st_size), limit: limit)
  }

  /// Reads to the end, because a size of 0 (as in `/proc`) or of a growing file says little.
  private static func contents(of descriptor: Int32, expected: Int, limit: Int)
    throws(FileProblem) -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + 1)
    while true {
      let room = min(max(expected + 1 - bytes.count, 65_536), limit + 1 - bytes.count)
      guard room > 0 else { throw .tooLarge(limit: limit) }
      var errorNumber: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        // The C function of the same name, called on the module's behalf.
        let result = readBytes(descriptor, buffer.baseAddress, room)
        if result < 0 { errorNumber = errno }
        count = max(result, 0)
      }
      if errorNumber == EINTR { continue }
      guard errorNumber == 0 else { throw FileProblem(errorNumber: errorNumber) }
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}

/// `RegularFile.read` hides the C function of that name.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
  read(descriptor, buffer, count)
}

/// Why a file cannot be read.
enum FileProblem: Error, Hashable {
  /// There is no such file.
  case missing
  /// It is a folder.
  case folder
  /// It is a pipe, a socket or a device.
  case notRegular
  /// It may not be read.
  case forbidden
  /// It has more bytes than are read.
  case tooLarge(limit: Int)
  /// The system says no for another reason, by its error number.
  case system(Int32)

  init(errorNumber: Int32) {
    switch errorNumber {
    case ENOENT, ENOTDIR: self = .missing
    case EISDIR: self = .folder
    case EACCES, EPERM: self = .forbidden
    case ENXIO: self = .notRegular
    default: self = .system(errorNumber)
    }
  }
}
