import LabKernel

extension RandomPurpose {
  /// Which destination each request goes to.
  static let routing = RandomPurpose(rawValue: 0x4072)
  /// Which requests are copied.
  static let mirroring = RandomPurpose(rawValue: 0x4073)
  /// Which users meet a version.
  static let routedUsers = RandomPurpose(rawValue: 0x4074)
}

/// A number of requests played through the shares of a route: a client's loop of calls.
public struct RoutePlay: Sendable {
  /// A version behind the route.
  public struct Version: Sendable, Hashable {
    /// The version's name.
    public var name: String
    /// The probability that a request goes to it.
    public var share: Double

    /// A version with its share.
    public init(_ name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// What a version got.
  public struct Row: Sendable, Hashable {
    /// The version.
    public var version: Version
    /// How many of the requests were drawn for it.
    public var count: Int
    /// The counts that are ordinary, at 95%.
    public var ordinary: ClosedRange<Int>
    /// The share of the users of whom at least one request goes to it.
    public var users: Double
    /// Of the users that were played, how many met it; nil if none were played.
    public var usersMet: Int?
  }

  /// How many requests were played.
  public let requests: Int
  /// How many requests a user makes.
  public let requestsPerUser: Int
  /// What each version got.
  public let rows: [Row]

  /// Plays requests, each drawn on its own unless a user sticks to the first draw.
  ///
  /// - Parameters:
  ///   - versions: The versions; what their shares lack to 1 goes nowhere.
  ///   - requests: How many requests, 0 or more.
  ///   - requestsPerUser: How many of them a user makes.
  ///   - isSticky: Whether all requests of a user go where the first went.
  ///   - users: How many users to play, 0 for none.
  ///   - seed: Where every draw comes from.
  public init(
    _ versions: [Version], requests: Int, requestsPerUser: Int, isSticky: Bool, users: Int,
    seed: UInt64
  ) {
    self.requests = requests
    self.requestsPerUser = requestsPerUser
    var stream = RandomStream(seed: seed, replication: 0, purpose: .routing)
    var userStream = RandomStream(seed: seed, replication: 0, purpose: .routedUsers)
    var remaining = requests
    var left = 1.0
    // Binomial counts of what is left are the multinomial counts of single draws.
    rows = versions.map { version in
      let chance = left > 0 ? min(1, max(0, version.share / left)) : 0
      // Sums of shares may miss 1 by rounding; the last version takes all that is left then.
      let count = stream.binomial(trials: remaining, probability: chance > 1 - 1e-12 ? 1 : chance)
      remaining -= count
      left -= version.share
      let met = OrdinaryCount.usersMeeting(
        share: version.share, requests: isSticky ? min(1, requestsPerUser) : requestsPerUser)
      return Row(
        version: version, count: count,
        ordinary: OrdinaryCount.range(trials: requests, probability: version.share), users: met,
        usersMet: users > 0
          ? userStream.binomial(trials: users, probability: min(1, max(0, met))) : nil)
    }
  }

  /// How many of the requests a mirror copies.
  ///
  /// - Parameters:
  ///   - share: The mirror's share.
  ///   - index: The mirror's number; each draws on its own.
  ///   - requests: How many requests reach the mirror.
  ///   - seed: Where every draw comes from.
  /// - Returns: the number of copies.
  public static func copies(share: Double, index: Int, of requests: Int, seed: UInt64) -> Int {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .mirroring, entity: index)
    return stream.binomial(trials: requests, probability: min(1, max(0, share)))
  }
}
