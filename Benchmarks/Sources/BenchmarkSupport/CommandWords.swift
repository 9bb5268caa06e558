#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The words of a benchmark's command line: some that stand in their place, some with a name.
///
/// Reading is strict and short: whatever does not fit ends the program with its usage.
public struct CommandWords {
  private var plain: [String] = []
  private var named: [(name: String, value: String)] = []
  private let usage: String

  /// The words with which the process was started.
  ///
  /// - Parameters:
  ///   - usage: What is printed where the words do not fit.
  ///   - flags: The names without a value.
  public init(usage: String, flags: [String] = []) {
    self.usage = usage
    var words = CommandLine.arguments.dropFirst()[...]
    while let word = words.popFirst() {
      if flags.contains(word) {
        named.append((word, ""))
      } else if word.hasPrefix("--") {
        guard let value = words.popFirst() else { fail() }
        named.append((word, value))
      } else {
        plain.append(word)
      }
    }
  }

  /// Whether a name was given.
  public func has(_ name: String) -> Bool {
    named.contains { $0.name == name }
  }

  /// The number of a name, or the usual one.
  public func number(_ name: String, default usual: Int) -> Int {
    guard let word = named.last(where: { $0.name == name }) else { return usual }
    guard let number = Int(word.value) else { fail() }
    return number
  }

  /// The next word in its place.
  public mutating func next() -> String {
    guard !plain.isEmpty else { fail() }
    return plain.removeFirst()
  }

  /// The next word in its place, which is a number above 0.
  public mutating func nextNumber() -> Double {
    guard let number = Double(next()), number > 0, number.isFinite else { fail() }
    return number
  }

  /// The next word in its place, which is a whole number above 0.
  public mutating func nextCount() -> Int {
    guard let number = Int(next()), number > 0 else { fail() }
    return number
  }

  /// Ends the program with its usage.
  public func fail() -> Never {
    let text = Array("usage: \(usage)\n".utf8)
    _ = write(STDERR_FILENO, text, text.count)
    exit(64)
  }
}
