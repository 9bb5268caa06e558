import Glibc

/// Reads what another program writes to this one.
enum StandardInput {
  /// The most bytes that are read.
  static let limit = 64_000_000

  /// Everything up to the end.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` if there is too much, and with
  ///   ``ExitStatus/failed`` and the system's reason if it cannot be read.
  static func read() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      var code: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        let result = Glibc.read(STDIN_FILENO, buffer.baseAddress, 65_536)
        if result < 0 { code = errno }
        count = max(result, 0)
      }
      if code == EINTR { continue }
      guard code == 0 else {
        throw CommandFailure(.failed, "standard input cannot be read: \(Console.reason(code))")
      }
      if piece.isEmpty { return bytes }
      bytes += piece
      guard bytes.count <= limit else {
        throw CommandFailure(
          .invalid, "standard input holds more than \(limit / 1_000_000) MB")
      }
    }
  }
}
