import Glibc

/// Writes to standard output and standard error.
enum Console {
  /// Writes a result to standard output, whole lines.
  ///
  /// - Throws: ``CommandFailure``: ``CommandFailure/readerGone`` when nobody reads, else ``ExitStatus/failed`` with the system's reason.
  static func printResult(_ text: String) throws {
    if text.isEmpty { return }
    let code = write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO)
    switch code {
    case 0: return
    case EPIPE: throw CommandFailure.readerGone
    default:
      throw CommandFailure(
        .failed, "the result cannot be written to standard output: \(reason(code))")
    }
  }

  /// Writes lines to standard error; a failure to do so is nobody's business.
  static func complain(_ text: String) {
    _ = write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes text to a descriptor to the last byte.
  ///
  /// - Returns: 0, or the system's error number.
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count >= 0 {
          done += count
        } else if errno == EAGAIN {
          // A pipe that somebody made non-blocking is full: wait until it takes more.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  /// Puts something harmless where standard input, output or error were closed by the caller.
  ///
  /// Otherwise the next file that is opened takes the number, and what is meant for people goes into it.
  /// A result written there still fails, because the descriptor is open for reading only.
  static func occupyClosedDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest number that is free is the one that open gives.
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// What the system says about an error number.
  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// The text without control characters that could steer a terminal; line breaks and tabs stay.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl =
        scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      result.append(isControl && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
