import LabKernel
import LabStrategies
import LabUnits

/// What running sessions remember of the versions they met: how often they change version, and where they stick.
///
/// Sessions run by ``SessionLaw``, of duration D and n requests. Where a share w of requests goes to the candidate,
/// new sessions come at a rate of 1 / D of those that run, and requests of running ones at (n - 1) / D; so the
/// share p of running sessions whose last request met the candidate follows dp/dt = (w - p) n / D. Where sessions stick,
/// the share x of running sessions that are the candidate's follows dx/dt = (w - x) / D, and of the requests
/// a share (w + (n - 1) x) / n goes to the candidate: first ones by the weight, further ones where they stick.
struct SessionMemory {
  let law: SessionLaw
  /// The share of running sessions whose last request met the candidate.
  private(set) var lastMet = 0.0
  /// The share of running sessions that stick to the candidate.
  private(set) var stuck = 0.0
  /// Mean number of version changes between consecutive requests of sessions so far.
  private(set) var changes = 0.0

  init(users: UserModel) {
    law = SessionLaw(
      requests: users.requestsPerSession, duration: users.sessionDuration.seconds)
  }

  /// Mean number of sessions that run at a rate of requests and send another one.
  func continuing(rate: Double) -> Double { law.running(rate: rate) * law.sendsAnother }

  /// The share of requests that goes to the candidate now where sessions stick and new ones follow a weight.
  func stuckShare(weight: Double) -> Double { stuck + (weight - stuck) / law.requests }

  /// Lets time pass in which each request is routed anew.
  ///
  /// - Returns: the mean number of version changes in the time, by the version that was changed to.
  mutating func passUnstuck(seconds: Double, rate: Double, share: Double)
    -> (toStable: Double, toCandidate: Double)
  {
    let following = rate * law.sendsAnother
    let offset = lastMet - share
    // The integral of the share whose last request met the candidate.
    var met = share * seconds
    if offset != 0 {
      let decay = Elementary.exponential(-seconds * law.requests / law.duration)
      met += offset * (law.duration / law.requests) * (1 - decay)
      lastMet = abs(offset * decay) < 1e-12 ? share : share + offset * decay
    }
    stuck = share
    let toStable = max(0, following * (1 - share) * met)
    let toCandidate = max(0, following * share * (seconds - met))
    changes += toStable + toCandidate
    return (toStable, toCandidate)
  }

  /// Lets time pass in which each request is routed anew, but for those of marked users, who meet the candidate always.
  ///
  /// - Parameters:
  ///   - seconds: the length of the time.
  ///   - rate: requests a second of all users.
  ///   - share: the share of the other users' requests that goes to the candidate.
  ///   - marked: the share of marked users, below 1.
  /// - Returns: the mean number of version changes in the time, by the version that was changed to.
  mutating func passUnstuck(seconds: Double, rate: Double, share: Double, marked: Double)
    -> (toStable: Double, toCandidate: Double)
  {
    var others = self
    others.lastMet = min(1, max(0, (lastMet - marked) / (1 - marked)))
    let result = others.passUnstuck(seconds: seconds, rate: rate * (1 - marked), share: share)
    lastMet = marked + (1 - marked) * others.lastMet
    stuck = marked + (1 - marked) * share
    changes = others.changes
    return result
  }

  /// Lets time pass in which sessions stay on their version.
  ///
  /// - Returns: the mean share of requests that went to the candidate.
  mutating func passStuck(seconds: Double, weight: Double) -> Double {
    let offset = stuck - weight
    lastMet = stuck
    guard offset != 0, seconds > 0 else { return stuck }
    let decay = Elementary.exponential(-seconds / law.duration)
    let mean = weight + offset * (law.duration / seconds) * (1 - decay)
    stuck = abs(offset * decay) < 1e-12 ? weight : weight + offset * decay
    lastMet = stuck
    return mean + (weight - mean) / law.requests
  }

  /// Moves running sessions to another version, because theirs no longer serves them.
  ///
  /// Only a session that sends another request meets the other version.
  ///
  /// - Returns: the mean number of sessions that change version.
  mutating func move(to share: Double, rate: Double) -> Double {
    let moved = abs(share - lastMet) * continuing(rate: rate)
    stuck = share
    lastMet = share
    changes += moved
    return moved
  }
}
