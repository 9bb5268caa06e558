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
///
/// A session whose replica goes is loose until its next request, which chooses by the weight of that moment. Of all that run,
/// the share o that is loose falls by do/dt = -o n / D, for what is loose sends another request or ends, and x + w o
/// follows the law above in place of x.
struct SessionMemory {
  let law: SessionLaw
  /// The share of running sessions whose last request met the candidate.
  private(set) var lastMet = 0.0
  /// The share of running sessions that stick to the candidate.
  private(set) var stuck = 0.0
  /// The shares of running sessions that have lost their replica, by the version that they met last.
  private(set) var loose = PerVersion(0.0, 0.0)
  /// The part that the last piece of time has left of sessions that had lost their replica.
  private(set) var looseLeft = 1.0
  /// Mean number of version changes between consecutive requests of sessions so far.
  private(set) var changes = 0.0

  init(users: UserModel) {
    law = SessionLaw(
      requests: users.requestsPerSession, duration: users.sessionDuration.seconds)
  }

  /// Mean number of sessions that run at a rate of requests and send another one.
  func continuing(rate: Double) -> Double { law.running(rate: rate) * law.sendsAnother }

  /// The share of requests that goes to the candidate now where sessions stick and new ones follow a weight.
  func stuckShare(weight: Double) -> Double {
    let following = following(weight: weight)
    return following + (weight - following) / law.requests
  }

  /// The share of running sessions whose next request goes to the candidate.
  ///
  /// Where that is the weight, a rounding error must not keep all traffic from being all.
  private func following(weight: Double) -> Double {
    let share = stuck + weight * (loose.stable + loose.candidate)
    return abs(share - weight) < 1e-12 ? weight : share
  }

  /// Whether any running session has lost its replica.
  @inline(__always) var hasLoose: Bool { loose.stable + loose.candidate > 0 }

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

  /// Lets time pass in which sessions stay on their version, as long as they have not lost their replica.
  ///
  /// - Parameters:
  ///   - seconds: the length of the time.
  ///   - rate: requests a second.
  ///   - weight: the share of sessions that choose now which choose the candidate.
  /// - Returns: the mean share of requests that went to the candidate; and the mean number of version changes, by the
  ///   version that was changed to.
  mutating func passStuck(seconds: Double, rate: Double, weight: Double)
    -> (share: Double, toStable: Double, toCandidate: Double)
  {
    guard hasLoose else {
      let share = passFollowing(seconds: seconds, weight: weight)
      lastMet = stuck
      return (share, 0, 0)
    }
    let before = loose
    stuck = following(weight: weight)
    let share = passFollowing(seconds: seconds, weight: weight)
    let left = law.looseLeft(seconds: seconds)
    looseLeft = left
    let rest = (before.stable + before.candidate) * left
    loose =
      rest < 1e-12 ? PerVersion(0, 0) : PerVersion(before.stable * left, before.candidate * left)
    stuck = max(0, stuck - weight * (loose.stable + loose.candidate))
    lastMet = stuck + loose.candidate
    // What was loose has sent a request, unless it has ended.
    let chosen = continuing(rate: rate) * (1 - left)
    let toStable = chosen * (1 - weight) * before.candidate
    let toCandidate = chosen * weight * before.stable
    changes += toStable + toCandidate
    return (share, toStable, toCandidate)
  }

  /// Lets ``stuck`` follow the weight.
  ///
  /// - Returns: the mean share of requests that went to the candidate.
  private mutating func passFollowing(seconds: Double, weight: Double) -> Double {
    let offset = stuck - weight
    guard offset != 0, seconds > 0 else { return stuck }
    let decay = Elementary.exponential(-seconds / law.duration)
    let mean = weight + offset * (law.duration / seconds) * (1 - decay)
    stuck = abs(offset * decay) < 1e-12 ? weight : weight + offset * decay
    return mean + (weight - mean) / law.requests
  }

  /// Lets a part of the sessions that stick to a version lose their replica.
  mutating func loosen(_ part: Double, of version: ReleaseVersion) {
    guard law.following > 0 else { return }
    let all =
      version == .candidate ? stuck : max(0, 1 - stuck - loose.stable - loose.candidate)
    loose[version] += all * part
    if version == .candidate { stuck -= all * part }
  }

  /// Lets loose sessions stay on the version that they met last.
  mutating func fasten() {
    stuck += loose.candidate
    loose = PerVersion(0, 0)
  }

  /// Moves running sessions to another version, because theirs no longer serves them.
  ///
  /// Only a session that sends another request meets the other version.
  ///
  /// - Returns: the mean number of sessions that change version.
  mutating func move(to share: Double, rate: Double) -> Double {
    let moved = abs(share - lastMet) * continuing(rate: rate)
    stuck = share
    loose = PerVersion(0, 0)
    lastMet = share
    changes += moved
    return moved
  }
}
