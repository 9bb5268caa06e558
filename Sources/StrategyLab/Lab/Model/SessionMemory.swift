import LabKernel
import LabStrategies
import LabUnits

/// What running sessions remember of the versions they met: how often they change version, and where they stick.
///
/// Sessions last D on average and send n requests on average, with exponential gaps of mean g. The version
/// that the last request of a running session met is then the candidate with a probability p that follows
/// dp/dt = (w - p) / g after the share w of requests that go to the candidate; where sessions stick, the
/// share of running sessions that are the candidate's follows dx/dt = (w - x) / D in the same way.
struct SessionMemory {
  private let requestsPerSession: Double
  private let duration: Double
  private let gap: Double
  /// The share of running sessions whose last request met the candidate.
  private var lastMet = 0.0
  /// The share of running sessions that stick to the candidate.
  private(set) var stuck = 0.0
  /// Mean number of version changes between consecutive requests of sessions so far.
  private(set) var changes = 0.0

  init(users: UserModel) {
    requestsPerSession = max(users.requestsPerSession, 1)
    duration = users.sessionDuration.seconds
    gap = duration / max(requestsPerSession - 1, 1)
  }

  /// Mean number of sessions that run at a rate of requests.
  func runningSessions(rate: Double) -> Double { rate / requestsPerSession * duration }

  /// Lets time pass in which each request is routed anew.
  ///
  /// - Returns: the mean number of version changes in the time, by the version that was changed to.
  mutating func passUnstuck(seconds: Double, rate: Double, share: Double)
    -> (toStable: Double, toCandidate: Double)
  {
    let following = rate * (1 - 1 / requestsPerSession)
    let offset = lastMet - share
    // The integral of the share whose last request met the candidate.
    var met = share * seconds
    if offset != 0 {
      let decay = Elementary.exponential(-seconds / gap)
      met += offset * gap * (1 - decay)
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
    let decay = Elementary.exponential(-seconds / duration)
    let mean = weight + offset * (duration / seconds) * (1 - decay)
    stuck = abs(offset * decay) < 1e-12 ? weight : weight + offset * decay
    lastMet = stuck
    return mean
  }

  /// Moves running sessions to another version, because theirs no longer serves them.
  ///
  /// - Returns: the mean number of sessions that changed version.
  mutating func move(to share: Double, rate: Double) -> Double {
    let moved = abs(share - stuck) * runningSessions(rate: rate)
    stuck = share
    lastMet = share
    changes += moved
    return moved
  }
}
