/// Why a regular expression is not read, and where in it.
public struct PatternError: Error, Sendable, Hashable {
  /// What is wrong, as a half sentence: lower-case start, no full stop.
  public let reason: String
  /// The number of characters before the place.
  public let position: Int
  /// Whether the dialect has a meaning for it that this program does not play.
  ///
  /// Only Perl's dialect has such: RE2 leaves out the same things as this program does.
  public let isUnsupported: Bool

  /// An error.
  public init(_ reason: String, at position: Int, isUnsupported: Bool = false) {
    self.reason = reason
    self.position = position
    self.isUnsupported = isUnsupported
  }
}
