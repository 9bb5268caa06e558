import LabKernel
import LabStrategies
import LabUnits

/// Which users have met the candidate, and which were hurt, as expectations over the users' own randomness.
///
/// Users are spread over an interval from 0 to 1 by their hash. Where requests stick to users, a user is the
/// candidate's exactly when the hash lies below the weight, so the interval is kept in bands that met the
/// candidate equally much; where they do not stick, every band meets it in proportion to the weight. A user's
/// sessions form a Poisson process whose rate is gamma distributed, so that a user of whose sessions m would have
/// some event on average has none of it with probability (1 + m/a)^-a (Fader, Hardie and Lee 2005); with the same
/// number k of requests, or sticking sessions, for everybody it is (1 - p)^k.
struct UserExposure {
  /// Users whose hash lies in the same piece of the interval, and who met the candidate equally much.
  struct Band {
    /// The piece ends here, 0 to 1; it begins where the band before ends.
    var upper: Double
    /// Sessions of the whole population, had it been in this band, that the candidate has answered.
    var met = SessionEvents()
    /// Sessions that the candidate's defect has hurt, had everybody been one of those whom it can hurt.
    var hurt = SessionEvents()
    /// Sessions that the release hurt, by the defect or otherwise, had everybody been such a one.
    var harmed = SessionEvents()
    /// Sessions that the release hurt otherwise.
    var hurtOtherwise = SessionEvents()
  }

  /// What becomes of a request, by the version that it goes to.
  struct Odds {
    /// The probability that the candidate answers one that goes to it.
    var answered = 1.0
    /// The probability that the defect hurts a request to the candidate of a user whom it can hurt.
    var hurt = 0.0
    /// The probability that the release hurts it otherwise.
    var otherwise = PerVersion(0.0, 0.0)
    /// The probability that a request fails because its session met the other version just before.
    var change = 0.0
  }

  /// How requests of users who are not marked find their version.
  enum Way {
    /// Every request anew, with a share for the candidate.
    case anew(Double)
    /// New sessions by a weight, which then stick.
    case stuck(Double)
  }

  private let population: Double
  private let activity: UserModel.Activity
  /// What is independent of a user's other events: a session, or a request, which then is a session of one.
  let law: SessionLaw
  private let totalEvents: Double
  /// The share of users who can be hurt by the defect.
  private let affected: Double
  private(set) var bands = [Band(upper: 1)]

  /// Users of a scenario before the release.
  ///
  /// - Parameters:
  ///   - users: the population, how unequal it is, and its sessions.
  ///   - totalRequests: requests within the horizon.
  ///   - rateAtStart: requests a second when it begins.
  ///   - horizon: the seconds of it.
  ///   - affected: the share of users who can be hurt by the defect.
  init(
    users: UserModel, totalRequests: Double, rateAtStart: Double, horizon: Double, affected: Double
  ) {
    population = Double(users.population)
    activity = users.activity
    // Who sends exactly so many requests sends them whenever others do, unless sessions stick.
    let isByRequest = users.activity == .fixed && users.stickiness != .session
    law = SessionLaw(
      requests: isByRequest ? 1 : users.requestsPerSession,
      duration: users.sessionDuration.seconds)
    totalEvents = law.sessions(
      requests: totalRequests, rateAtStart: rateAtStart, seconds: horizon)
    self.affected = affected
  }

  /// Lets time pass.
  ///
  /// - Parameters:
  ///   - seconds: the length of the time.
  ///   - requests: the mean requests in it.
  ///   - odds: what becomes of each.
  ///   - marked: the users whose hash lies below it send all requests to the candidate.
  ///   - others: where the requests of all others go.
  ///   - looseLeft: the part that is left at the end of sessions that had lost their replica.
  mutating func pass(
    seconds: Double, requests: Double, odds: Odds, marked: Double, others: Way,
    looseLeft: Double = 1
  ) {
    if marked > 0 { split(at: marked) }
    let piece = SessionEvents.Piece(
      law: law, seconds: seconds, requests: requests, looseLeft: looseLeft)
    let affected = affected
    bands.withUnsafeMutableBufferPointer { bands in
      for index in bands.indices {
        let way = bands[index].upper <= marked ? .anew(1) : others
        bands[index].pass(piece, odds, way, affected: affected)
      }
    }
  }

  /// Tells the running sessions apart by version.
  ///
  /// - Parameters:
  ///   - marked: all sessions of users whose hash lies below it are the candidate's.
  ///   - others: the share of the others' sessions that are.
  mutating func divide(marked: Double, others: Double) {
    if marked > 0 { split(at: marked) }
    for index in bands.indices {
      let share = bands[index].upper <= marked ? 1 : others
      bands[index].divide(candidateShare: share)
    }
  }

  /// Lets a part of the sessions that stick to a version lose their replica.
  mutating func loosen(_ part: Double, of version: ReleaseVersion) {
    guard law.following > 0 else { return }
    for index in bands.indices {
      bands[index].changeAll { $0.loosen(part, of: version) }
    }
  }

  /// Lets sessions that have lost their replica stay on the version that they met last.
  mutating func fasten() {
    for index in bands.indices { bands[index].changeAll { $0.fasten() } }
  }

  /// Moves sticking sessions to the other version.
  ///
  /// - Parameters:
  ///   - part: the part of a version's running sessions that move.
  ///   - version: the version they were on.
  ///   - probability: the probability that the defect hurts a session by it.
  ///   - events: how many sessions that would be of all that run.
  mutating func moveStuck(
    _ part: Double, from version: ReleaseVersion, probability: Double, events: Double
  ) {
    for index in bands.indices {
      bands[index].met.move(part, from: version, probability: 0, events: 0)
      bands[index].hurtOtherwise.move(part, from: version, probability: 0, events: 0)
      bands[index].hurt.move(part, from: version, probability: probability, events: events)
      bands[index].harmed.move(part, from: version, probability: probability, events: events)
    }
  }

  /// Counts requests that the defect hurt, of users whose hash lies between two bounds, where requests count for themselves.
  ///
  /// Changes of version are found elsewhere where sessions count.
  ///
  /// - Parameters:
  ///   - lower: the hash from which on.
  ///   - upper: the hash until which.
  ///   - requests: how many of the whole population, had it been between them.
  mutating func hurtByChange(from lower: Double, to upper: Double, requests: Double) {
    guard law.following <= 0, upper > lower, requests > 0 else { return }
    if lower > 0 { split(at: lower) }
    split(at: upper)
    for index in bands.indices where bands[index].upper > lower && bands[index].upper <= upper {
      bands[index].hurt.count(requests)
      bands[index].harmed.count(requests)
    }
  }

  /// Counts requests that the release hurt together, without the candidate having answered badly.
  ///
  /// - Parameters:
  ///   - requests: how many.
  ///   - byDefect: how many of them had been counted already, because the defect would have hurt them.
  ///   - rate: requests a second at which sessions come now.
  ///   - age: the mean seconds since they came.
  mutating func hurt(_ requests: Double, byDefect: Double = 0, rate: Double, age: Double = 0) {
    let running = law.running(rate: rate)
    let staying = 1 / (1 + age / law.duration)
    // Had everybody been one of those whom the defect can hurt.
    let others = affected > 0 ? max(0, requests - byDefect / affected) : requests
    for index in bands.indices {
      bands[index].harmed.hit(law, requests: others, running: running, staying: staying)
      bands[index].hurtOtherwise.hit(law, requests: requests, running: running, staying: staying)
    }
  }

  /// The part of the population that has met the candidate.
  var exposedFraction: Double { average { 1 - noneProbability(of: $0.met.sessions) } }

  /// The part of the population that was hurt, for whatever cause.
  var harmedFraction: Double {
    average {
      let hurt = 1 - noneProbability(of: $0.harmed.sessions)
      guard affected < 1 else { return hurt }
      return affected * hurt + (1 - affected) * (1 - noneProbability(of: $0.hurtOtherwise.sessions))
    }
  }

  /// The part of the population that the candidate's defect hurt.
  var harmedByDefectFraction: Double {
    affected * average { 1 - noneProbability(of: $0.hurt.sessions) }
  }

  /// The part of the population that sends a request within the horizon.
  var activeFraction: Double { 1 - noneProbability(of: totalEvents) }

  /// The parts of the population that have met the candidate and were hurt by its defect, if so many sessions of each band had.
  func fractions(_ sessions: [(upper: Double, met: Double, hurt: Double)]) -> (
    exposed: Double, harmedByDefect: Double
  ) {
    var (exposed, harmed, lower) = (0.0, 0.0, 0.0)
    for band in bands {
      // Whom a band was told apart from since then had met it as the band has.
      guard let known = sessions.first(where: { $0.upper >= band.upper }) else { continue }
      exposed += (band.upper - lower) * (1 - noneProbability(of: known.met))
      harmed += (band.upper - lower) * (1 - noneProbability(of: known.hurt))
      lower = band.upper
    }
    return (exposed, affected * harmed)
  }

  private func average(_ fraction: (Band) -> Double) -> Double {
    var sum = 0.0
    var lower = 0.0
    for band in bands {
      sum += (band.upper - lower) * fraction(band)
      lower = band.upper
    }
    return sum
  }

  /// The probability that a user has none of some events.
  ///
  /// - Parameter events: the mean number of these events in the whole population.
  /// - Returns: a probability, 1 without events.
  private func noneProbability(of events: Double) -> Double {
    guard events > 0 else { return 1 }
    switch activity {
    case .gamma(let shape):
      return Elementary.power(1 + events / population / shape, -shape)
    case .fixed:
      let each = totalEvents / population
      guard each > 0 else { return 1 }
      let missed = 1 - min(1, events / totalEvents)
      let whole = each.rounded(.down)
      let part = each - whole
      let without = UserExposure.integerPower(missed, Int(whole))
      return without * ((1 - part) + part * missed)
    }
  }

  /// A number between 0 and 1 raised to a whole power, by squaring.
  static func integerPower(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var remaining = exponent
    while remaining > 0 {
      if remaining & 1 == 1 { result *= square }
      square *= square
      remaining >>= 1
    }
    return result
  }

  private mutating func split(at weight: Double) {
    guard let index = bands.firstIndex(where: { $0.upper >= weight }) else { return }
    if bands[index].upper > weight {
      var lower = bands[index]
      lower.upper = weight
      bands.insert(lower, at: index)
    }
  }
}
