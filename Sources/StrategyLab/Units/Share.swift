/// A part of a whole as people write it (`25%`), held exactly in millionths.
///
/// A share may exceed the whole (a preview of `150%`); where it may not, ``TrafficWeight`` or the range
/// of a ``Parameter`` says so. Millionths keep the arithmetic of replica counts in whole numbers, so
/// that no share of a fleet is off by one because a percentage has no exact binary form.
public struct Share: Sendable, Hashable, Comparable {
  /// The share in millionths: 250,000 is a quarter.
  public var millionths: Int64

  /// A share of the given number of millionths.
  @inlinable
  public init(millionths: Int64) {
    self.millionths = millionths
  }

  /// A share of whole percent.
  @inlinable
  public static func percent(_ percent: Int) -> Share { Share(millionths: Int64(percent) * 10_000) }

  /// Nothing.
  public static let none = Share(millionths: 0)

  /// The whole.
  public static let whole = Share(millionths: 1_000_000)

  /// The share as a number: one half is 0.5.
  @inlinable
  public var fraction: Double { Double(millionths) / 1e6 }

  /// Orders shares by size.
  @inlinable
  public static func < (left: Share, right: Share) -> Bool { left.millionths < right.millionths }

  /// How a share of a number of replicas becomes a whole number of them.
  public enum Rounding: Sendable, Hashable {
    /// To the next whole replica below: what Kubernetes does with `maxUnavailable`.
    case down
    /// To the next whole replica above: what Kubernetes does with `maxSurge`.
    case up
    /// To the nearest whole replica, halves upward.
    case nearest
  }

  /// The share of a number of replicas, in whole replicas.
  ///
  ///     Share.percent(25).replicas(of: 15, rounding: .up)    // 4
  ///     Share.percent(25).replicas(of: 15, rounding: .down)  // 3
  ///
  /// - Parameters:
  ///   - replicas: The whole, 0 or more.
  ///   - rounding: The direction in which a fraction of a replica goes.
  /// - Returns: whole replicas, 0 or more.
  @inlinable
  public func replicas(of replicas: Int, rounding: Rounding) -> Int {
    let product = millionths * Int64(replicas)
    switch rounding {
    case .down: return Int(product / 1_000_000)
    case .up: return Int((product + 999_999) / 1_000_000)
    case .nearest: return Int((product + 500_000) / 1_000_000)
    }
  }
}
