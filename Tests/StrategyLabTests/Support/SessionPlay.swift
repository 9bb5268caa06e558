import LabKernel
import LabUnits
import Testing

/// A population played user by user, session by session, request by request: the truth that the flow's formulas stand for.
///
/// Users start sessions as Poisson processes of gamma-distributed rates. A session lasts an exponential time after its
/// first request and sends further ones at a constant rate until its end. Those that run at the beginning are played from
/// long before it, all of them on stable.
struct SessionPlay: CustomTestStringConvertible {
  /// What a user's requests stick to.
  enum Routing { case anew, stuck, byUser, byReplica }

  /// A route from an instant on.
  struct Step {
    var start: Double
    /// Users whose hash lies below it always go to the candidate.
    var marked = 0.0
    /// The share of all others that goes there.
    var weight = 0.0
    /// Replicas of stable and of the candidate; the last ones of each come and go.
    var replicas = (stable: 0, candidate: 0)
  }

  var name: String
  var routing = Routing.anew
  var steps: [Step]
  var users = 10_000
  var shape = 1.0
  /// Mean requests of a session, and its mean seconds.
  var requests = 10.0
  var duration = 300.0
  /// Sessions of a user within the horizon of half an hour, in the mean.
  var sessionsPerUser = 1.0
  /// The probability that the candidate answers.
  var answered = 1.0
  /// The probability that an answer of the candidate hurts a user whom it can hurt.
  var hurt = 0.0
  var affected = 1.0
  /// The probability that a request fails because the one before it met the other version.
  var change = 0.0

  static let horizon = 1800.0
  /// Replicas of stable before the first step.
  static let replicas = 4

  /// Requests a second of the whole population.
  var rate: Double { sessionsPerUser * Double(users) * requests / Self.horizon }

  var testDescription: String { name }

  /// What came of it, as parts of the population, and version changes of a started session with their standard error.
  struct Result {
    var exposed = 0.0
    var harmed = 0.0
    var active = 0.0
    var changes = 0.0
    var changesError = 0.0
  }

  func play(seed: UInt64) -> Result {
    var stream = RandomStream(seed: seed, replication: 0, purpose: RandomPurpose(rawValue: 1))
    var result = Result()
    var squares = 0.0
    var sessions = 0.0
    let warmUp = 12 * duration
    let each = sessionsPerUser * (Self.horizon + warmUp) / Self.horizon
    for _ in 0..<users {
      var user = User(
        hash: stream.nextUnit(), isAffected: stream.nextUnit() < affected)
      let mean = stream.gamma(shape: shape, scale: 1 / shape) * each
      for _ in 0..<stream.poisson(mean: mean) {
        let start = stream.nextUnit() * (Self.horizon + warmUp) - warmUp
        let changes = playSession(&user, start: start, &stream)
        squares += changes * changes
        result.changes += changes
        if start >= 0 { sessions += 1 }
      }
      result.exposed += user.isExposed ? 1 : 0
      result.harmed += user.isHarmed ? 1 : 0
      result.active += user.isActive ? 1 : 0
    }
    let count = Double(users)
    result.exposed /= count
    result.harmed /= count
    result.active /= count
    result.changesError = squares.squareRoot() / sessions
    result.changes /= sessions
    return result
  }

  private struct User {
    var hash: Double
    var isAffected: Bool
    var isExposed = false
    var isHarmed = false
    var isActive = false
  }

  /// Plays a session.
  ///
  /// - Returns: how often it changed version from 0 on.
  private func playSession(
    _ user: inout User, start: Double, _ stream: inout RandomStream
  ) -> Double {
    let end = start + stream.exponential(mean: duration)
    var time = start
    var last: Bool?
    var stuck = false
    var place: Int?
    var changes = 0.0
    var current = -1
    while time < Self.horizon {
      // A session that sticks follows when all traffic moves, and when its user is marked.
      while current + 1 < steps.count, steps[current + 1].start <= time {
        current += 1
        if steps[current].weight == 0 || steps[current].weight == 1 {
          stuck = steps[current].weight == 1
        }
      }
      let step = current >= 0 ? steps[current] : Step(start: 0, weight: 0)
      let isCandidate: Bool
      var isServed = true
      switch routing {
      case .anew: isCandidate = user.hash < step.marked || stream.nextUnit() < step.weight
      case .byReplica:
        let (stable, candidate) = current >= 0 ? step.replicas : (Self.replicas, 0)
        // Candidates are numbered from 1000 on. Where nobody serves, a request counts as one to stable.
        if let old = place, old >= 1000 ? old - 1000 >= candidate : old >= stable { place = nil }
        if place == nil, stable + candidate > 0 {
          let drawn = Int(stream.nextUnit() * Double(stable + candidate))
          place = drawn < stable ? drawn : 1000 + drawn - stable
        }
        isCandidate = (place ?? 0) >= 1000
        isServed = place != nil
      case .byUser: isCandidate = user.hash < max(step.marked, step.weight)
      case .stuck:
        if last == nil { stuck = stream.nextUnit() < step.weight }
        isCandidate = user.hash < step.marked || stuck
      }
      if time >= 0 {
        user.isActive = true
        let isChanged = last.map { $0 != isCandidate } ?? false
        if isChanged { changes += 1 }
        if !isServed || isChanged && stream.nextUnit() < change { user.isHarmed = true }
        if isCandidate {
          if stream.nextUnit() < answered {
            user.isExposed = true
            if user.isAffected, stream.nextUnit() < hurt { user.isHarmed = true }
          } else {
            user.isHarmed = true
          }
        }
      }
      last = isCandidate
      guard requests > 1 else { break }
      time += stream.exponential(mean: duration / (requests - 1))
      if time > end { break }
    }
    return changes
  }
}
