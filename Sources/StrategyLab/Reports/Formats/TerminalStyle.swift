/// The few colours of the terminal reports; without colour they leave the text as it is.
struct TerminalStyle {
  /// Whether control sequences may be written.
  let color: Bool

  /// What is to be read first.
  func bold(_ text: String) -> String { paint(text, "1") }
  /// What is only looked up.
  func dim(_ text: String) -> String { paint(text, "2") }
  /// What is good.
  func green(_ text: String) -> String { paint(text, "32") }
  /// What needs attention.
  func yellow(_ text: String) -> String { paint(text, "33") }
  /// The version that served before.
  func blue(_ text: String) -> String { paint(text, "34") }
  /// What went wrong.
  func red(_ text: String) -> String { paint(text, "31") }

  private func paint(_ text: String, _ code: String) -> String {
    color && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
