/// The two versions of a release.
public enum ReleaseVersion: Int, Sendable, Hashable, CaseIterable {
  /// The version that served before the release.
  case stable = 0
  /// The version being released.
  case candidate = 1

  /// The version that this one replaces, or is replaced by.
  @inlinable
  public var other: ReleaseVersion { self == .stable ? .candidate : .stable }

  /// The version's name in reports.
  public var name: String { self == .stable ? "stable" : "candidate" }
}
