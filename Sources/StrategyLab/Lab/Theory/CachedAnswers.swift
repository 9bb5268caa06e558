/// Resolvers that keep a name's old answer until its lifetime ends, after the name has been switched.
///
///     CachedAnswers(lifetime: 60).staleShare(after: 15)  // 0.75
///
/// Mockapetris (1987), RFC 1035, section 3.2.1. The answers' ages at the switch are spread evenly; resolvers that
/// keep an answer for longer than they may are not part of it. The model's routes propagate by themselves and not by
/// names, so that this is what a switch by DNS would add.
public struct CachedAnswers: Sendable, Hashable {
  /// The seconds that an answer may be kept, 0 or more.
  public let lifetime: Double

  /// Answers of a lifetime.
  ///
  /// - Parameter lifetime: The seconds that an answer may be kept, 0 or more.
  public init(lifetime: Double) {
    precondition(lifetime >= 0, "a lifetime is not negative")
    self.lifetime = lifetime
  }

  /// The share of resolvers that still give the old answer so many seconds after the switch.
  public func staleShare(after seconds: Double) -> Double {
    guard seconds > 0 else { return 1 }
    return seconds < lifetime ? 1 - seconds / lifetime : 0
  }

  /// The mean seconds for which a resolver gives the old answer after the switch.
  public var meanStaleness: Double { lifetime / 2 }
}
