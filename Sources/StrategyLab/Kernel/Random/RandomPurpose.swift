/// What a random stream is drawn for; a domain names its own purposes.
///
///     extension RandomPurpose {
///       static let serviceTime = RandomPurpose(rawValue: 1)
///     }
///
/// Two purposes with different numbers never share a draw. A number, once used, should keep its meaning:
/// changing it changes every result.
@frozen
public struct RandomPurpose: RawRepresentable, Sendable, Hashable, BitwiseCopyable {
  /// The number that keys the stream.
  public let rawValue: UInt32

  /// The purpose with the given number.
  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}
