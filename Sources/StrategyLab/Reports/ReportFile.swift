/// A file of a report: its name inside the report's folder, and its whole text.
public struct ReportFile: Sendable, Equatable {
  /// The name inside the folder, safe on every file system.
  public let name: String
  /// The text, in UTF-8 when written.
  public let contents: String

  /// A file of the given name and text.
  public init(name: String, contents: String) {
    self.name = name
    self.contents = contents
  }
}
