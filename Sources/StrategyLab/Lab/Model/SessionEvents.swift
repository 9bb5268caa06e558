import LabKernel
import LabStrategies

/// How many sessions have had some event, such as an answer from the candidate, and how many running ones have not yet.
///
/// The sessions are those that the whole population would have, were all users alike. Given the user they start as a Poisson
/// process and have the event independently of one another, so that those that had it are Poisson too; a
/// request is not, for the requests of a session come together. Of the sessions that run, a fraction f has not had
/// the event. Where a request has it with probability q, f follows
///
///     df/dt = (1 - q - f) / D - f q (n - 1) / D
///
/// and of sessions that start at a rate s, events are first ones at the rate s q (1 + (n - 1) f).
/// With n = 1 every request is a session, and counts for itself.
struct SessionEvents {
  /// Sessions that have had the event, in the mean.
  private(set) var sessions = 0.0
  /// Running sessions that have not had it, as parts of all running ones, by the version that they are on.
  ///
  /// Where sessions have no version of their own, all of them are found under stable.
  private(set) var fresh = PerVersion(1.0, 0.0)
  /// Those that have lost their replica, and choose again with their next request, by the version that they met last.
  private(set) var loose = PerVersion(0.0, 0.0)
  /// Seconds of an even past without an event that ``fresh`` does not know of yet.
  private var quiet = 0.0

  /// A piece of time in which rates and routes are constant.
  struct Piece {
    let law: SessionLaw
    let seconds: Double
    /// Sessions that start in it, in the mean, of the whole population.
    let started: Double
    /// What passes of a session's duration.
    let durations: Double
    /// The part that is left at the end of sessions that had lost their replica.
    let looseLeft: Double

    init(law: SessionLaw, seconds: Double, requests: Double, looseLeft: Double = 1) {
      self.looseLeft = looseLeft
      self.law = law
      self.seconds = seconds
      started = requests / law.requests
      durations = seconds / law.duration
    }
  }

  /// Lets time pass in which every request has the event with the same probability.
  mutating func pass(_ piece: Piece, probability: Double) {
    let following = piece.law.following
    guard following > 0 else {
      sessions += piece.started * probability
      return
    }
    if fresh.candidate > 0 { fresh = PerVersion(fresh.stable + fresh.candidate, 0) }
    guard probability > 0 else {
      if fresh.stable < 1 { quiet += piece.durations }
      return
    }
    catchUp()
    let mean = Self.follow(&fresh.stable, entering: 1, probability: probability, piece)
    sessions += piece.started * probability * (1 + following * mean)
  }

  /// Lets time pass in which sessions stick to a version, where each of their requests has the event with its probability.
  ///
  /// Sessions that have lost their replica choose by the weight at their next request. A fraction o of them is left after a
  /// time as ``SessionLaw/looseLeft(seconds:)`` says; with the part m of them that has not the event by a change
  /// of version, f + w m of a version follows the same equation as f alone, w being the weight of that version.
  ///
  /// - Parameters:
  ///   - piece: the time.
  ///   - weight: the share of sessions that choose now which choose the candidate.
  ///   - probabilities: the probability that a request to a version has the event.
  ///   - change: the probability that a request has it because its session met the other version just before.
  mutating func passStuck(
    _ piece: Piece, weight: Double, probabilities: PerVersion<Double>, change: Double = 0
  ) {
    catchUp()
    let following = piece.law.following
    let left = piece.looseLeft
    for version in ReleaseVersion.allCases {
      let entering = version == .candidate ? weight : 1 - weight
      let probability = probabilities[version]
      guard entering > 0 || fresh[version] > 0 else { continue }
      let chosen = entering * (loose[version] + (1 - change) * loose[version.other])
      fresh[version] += chosen
      let mean = Self.follow(
        &fresh[version], entering: entering, probability: probability, piece)
      fresh[version] -= chosen * left
      sessions += piece.started * probability * (entering + following * mean)
    }
    guard loose.stable + loose.candidate > 0, piece.durations > 0 else { return }
    let changed = weight * loose.stable + (1 - weight) * loose.candidate
    sessions +=
      piece.started * piece.law.sendsAnother / piece.durations * change * changed * (1 - left)
    let rest = (loose.stable + loose.candidate) * left
    loose =
      rest < 1e-12 ? PerVersion(0, 0) : PerVersion(loose.stable * left, loose.candidate * left)
  }

  /// The fraction without the event at the end of a piece, and its mean over the piece.
  private static func follow(
    _ fresh: inout Double, entering: Double, probability: Double, _ piece: Piece
  ) -> Double {
    let hazard = 1 + probability * piece.law.following
    let level = entering * (1 - probability) / hazard
    let offset = fresh - level
    guard abs(offset) > 1e-12, piece.durations > 0 else {
      fresh = level
      return level
    }
    let exponent = hazard * piece.durations
    let decay = Elementary.exponential(-exponent)
    fresh = level + offset * decay
    return level + offset * ((1 - decay) / exponent)
  }

  /// Lets running sessions be replaced by new ones, as they were in the quiet time.
  private mutating func catchUp() {
    guard quiet > 0 else { return }
    let all = fresh.stable + fresh.candidate
    let decay = Elementary.exponential(-quiet)
    fresh.stable = 1 - (1 - all) * decay
    fresh.candidate = 0
    quiet = 0
  }

  /// Whether no running session has had the event.
  var isFresh: Bool { fresh.stable == 1 }

  /// Whether the same running sessions have had neither event.
  func isAsFresh(as other: SessionEvents) -> Bool {
    fresh.stable == other.fresh.stable && fresh.candidate == other.fresh.candidate
      && quiet == other.quiet
  }

  /// Goes the same way as other events have gone, whose sessions were so many before.
  mutating func follow(_ other: SessionEvents, since before: Double) {
    sessions += other.sessions - before
    fresh = other.fresh
    quiet = other.quiet
  }

  /// ``fresh``, with all that is past.
  var settledFresh: PerVersion<Double> {
    mutating get {
      catchUp()
      return fresh
    }
  }

  /// Counts sessions that had the event.
  mutating func count(_ events: Double) { sessions += events }

  /// Takes over which running sessions have not had the event.
  mutating func settle(_ rest: PerVersion<Double>) { fresh = rest }

  /// Lets a part of the sessions that stick to a version lose their replica.
  mutating func loosen(_ part: Double, of version: ReleaseVersion) {
    catchUp()
    loose[version] += fresh[version] * part
    fresh[version] -= fresh[version] * part
  }

  /// Lets sessions that have lost their replica stay on the version that they met last.
  mutating func fasten() {
    fresh.stable += loose.stable
    fresh.candidate += loose.candidate
    loose = PerVersion(0, 0)
  }

  /// Tells running sessions apart by the version they are on, of which a share is the candidate's.
  mutating func divide(candidateShare: Double) {
    catchUp()
    let all = fresh.stable + fresh.candidate
    fresh = PerVersion(all * (1 - candidateShare), all * candidateShare)
  }

  /// Moves a part of a version's running sessions to the other one.
  ///
  /// - Parameters:
  ///   - part: the part of them that moves.
  ///   - version: where they were.
  ///   - probability: the probability that a session has the event by the move.
  ///   - events: how many sessions that would be, had all running ones moved and none had the event before.
  mutating func move(
    _ part: Double, from version: ReleaseVersion, probability: Double, events: Double
  ) {
    catchUp()
    let moved = fresh[version] * part
    sessions += moved * events
    fresh[version] -= moved
    fresh[version.other] += moved * (1 - probability)
  }

  /// Counts requests, whosever they are, that have the event together.
  ///
  /// A request is the first of its session with probability 1/n and else one of a session that runs, each equally likely.
  /// Of R running sessions a fraction f has not had the event; a request that has it takes one of them away where
  /// the request finds such a session, or begins one, that still runs:
  ///
  ///     df = -(1 + (n - 1) f) / n s / R    a request, s being the part of their sessions that still runs
  ///
  /// so that 1 + (n - 1) f falls exponentially with the number of requests.
  ///
  /// - Parameters:
  ///   - law: how sessions run.
  ///   - requests: how many have it.
  ///   - running: how many sessions run, in the mean.
  ///   - staying: the part of the requests' sessions that has not ended since they came.
  mutating func hit(_ law: SessionLaw, requests: Double, running: Double, staying: Double) {
    catchUp()
    let rest = fresh.stable + fresh.candidate + loose.stable + loose.candidate
    let first = (1 + law.following * rest) / law.requests
    let exponent = running > 0 ? law.sendsAnother * staying * requests / running : 0
    // What is cut off by way of rounding must not tell sessions apart that are alike.
    guard exponent > 1e-12 else { return sessions += requests * first }
    let decay = Elementary.exponential(-exponent)
    sessions += requests * first * (1 - decay) / exponent
    guard rest > 0 else { return }
    let left = max(0, law.requests * first * decay - 1) / (law.following * rest)
    fresh = PerVersion(fresh.stable * left, fresh.candidate * left)
    loose = PerVersion(loose.stable * left, loose.candidate * left)
  }
}
