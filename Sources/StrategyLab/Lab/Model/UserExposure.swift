import LabKernel
import LabStrategies
import LabUnits

/// Which users have met the candidate, and which were hurt, as expectations over the users' own randomness.
///
/// Users are spread over an interval from 0 to 1 by their hash. Where requests stick to users, a user is the
/// candidate's exactly when the hash lies below the weight, so the interval is kept in bands that met the
/// candidate equally much; where they do not stick, every band meets it in proportion to the weight. A user's
/// requests form a Poisson process whose rate is gamma distributed, so that a user who would have m of some
/// event on average has none of it with probability (1 + m/a)^-a (Fader and Hardie 2005); with the same
/// number k of requests for everybody it is (1 - p)^k.
struct UserExposure {
  /// Users whose hash lies in the same piece of the interval, and who met the candidate equally much.
  private struct Band {
    /// The piece ends here, 0 to 1; it begins where the band before ends.
    var upper: Double
    /// Mean events (requests, or sessions where those stick) with the candidate of the whole population, had it been in this band.
    var met = 0.0
    /// Mean events in which the candidate hurt somebody, likewise.
    var hurt = 0.0
  }

  private let population: Double
  private let activity: UserModel.Activity
  private let totalEvents: Double
  /// The share of users who can be hurt by the defect.
  private let affected: Double
  private var bands = [Band(upper: 1)]
  /// Mean events in which the release hurt somebody for another cause, spread over all users alike.
  private var hurtOtherwise = 0.0

  /// Users of a scenario before the release.
  ///
  /// - Parameters:
  ///   - users: the population and how unequal it is.
  ///   - totalEvents: requests within the horizon, or sessions where those stick.
  ///   - affected: the share of users who can be hurt by the defect.
  init(users: UserModel, totalEvents: Double, affected: Double) {
    population = Double(users.population)
    activity = users.activity
    self.totalEvents = totalEvents
    self.affected = affected
  }

  /// Counts events that every user meets in the same proportion.
  mutating func meetEvenly(candidateEvents: Double, hurt: Double) {
    bands.withUnsafeMutableBufferPointer { bands in
      for index in bands.indices {
        bands[index].met += candidateEvents
        bands[index].hurt += hurt
      }
    }
  }

  /// Counts events of the users whose hash lies below the weight.
  ///
  /// - Parameters:
  ///   - weight: the part of the population that is the candidate's.
  ///   - events: events of the whole population in the time.
  ///   - hurtProbability: the probability that the candidate hurts in an event.
  mutating func meetBelow(weight: Double, events: Double, hurtProbability: Double) {
    guard weight > 0 else { return }
    split(at: weight)
    for index in bands.indices {
      guard bands[index].upper <= weight else { break }
      bands[index].met += events
      bands[index].hurt += events * hurtProbability
    }
  }

  /// Counts events of the users whose hash does not lie below the weight, all in the same proportion.
  ///
  /// - Parameters:
  ///   - weight: the part of the population that is left out.
  ///   - candidateEvents: events with the candidate, had the whole population met it as these users do.
  ///   - hurt: those of them in which the candidate hurt.
  mutating func meetAbove(weight: Double, candidateEvents: Double, hurt: Double) {
    if weight > 0 { split(at: weight) }
    for index in bands.indices where bands[index].upper > weight {
      bands[index].met += candidateEvents
      bands[index].hurt += hurt
    }
  }

  /// Counts events in which the release hurt somebody without the candidate having answered badly.
  mutating func hurt(_ events: Double) { hurtOtherwise += events }

  /// The part of the population that has met the candidate.
  var exposedFraction: Double {
    var sum = 0.0
    var lower = 0.0
    for band in bands {
      sum += (band.upper - lower) * (1 - noneProbability(of: band.met))
      lower = band.upper
    }
    return sum
  }

  /// The part of the population that was hurt, for whatever cause.
  var harmedFraction: Double { harmed(otherwise: hurtOtherwise) }

  /// The part of the population that the candidate's defect hurt.
  var harmedByDefectFraction: Double { harmed(otherwise: 0) }

  /// The part of the population that sends a request within the horizon.
  var activeFraction: Double { 1 - noneProbability(of: totalEvents) }

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

  private func harmed(otherwise: Double) -> Double {
    var sum = 0.0
    var lower = 0.0
    let spared = affected < 1 ? 1 - noneProbability(of: otherwise) : 0
    for band in bands {
      let width = band.upper - lower
      lower = band.upper
      guard affected > 0 else {
        sum += width * spared
        continue
      }
      let hurt = 1 - noneProbability(of: band.hurt / affected + otherwise)
      sum += width * (affected * hurt + (1 - affected) * spared)
    }
    return sum
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
