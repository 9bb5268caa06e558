import Glibc

/// What is known about the place where output goes: a terminal or a pipe, how wide, colour or not.
struct Terminal: Equatable {
  /// Whether a person may be looking.
  var isTerminal: Bool
  /// Columns to fill.
  var width: Int
  /// Whether colour is wanted.
  var allowsColor: Bool

  /// Where results go.
  static var standardOutput: Terminal { Terminal(descriptor: STDOUT_FILENO) }

  /// Where progress and complaints go.
  static var standardError: Terminal { Terminal(descriptor: STDERR_FILENO) }

  /// What a descriptor leads to.
  init(descriptor: Int32) {
    isTerminal = isatty(descriptor) == 1
    width = Self.width(
      columns: Self.variable("COLUMNS"), window: isTerminal ? Self.window(descriptor) : nil)
    allowsColor = Self.allowsColor(
      isTerminal: isTerminal, noColor: Self.variable("NO_COLOR"), term: Self.variable("TERM"))
  }

  /// The columns to fill: what the user says, else what the terminal says, else 100.
  ///
  /// - Parameters:
  ///   - columns: The variable `COLUMNS`, nil if it is not set.
  ///   - window: The terminal's own width, nil if there is no terminal.
  /// - Returns: at least 40, so that a table can be laid out at all.
  static func width(columns: String?, window: Int?) -> Int {
    if let columns = columns.flatMap({ Int($0) }), columns > 0 { return max(40, columns) }
    if let window, window > 0 { return max(40, window) }
    return 100
  }

  /// Whether to colour: only on a terminal that can, and never against the user's will.
  ///
  /// `NO_COLOR` counts when it is set to anything but nothing, see https://no-color.org.
  static func allowsColor(isTerminal: Bool, noColor: String?, term: String?) -> Bool {
    isTerminal && (noColor ?? "").isEmpty && term != "dumb"
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func window(_ descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : nil
  }
}
