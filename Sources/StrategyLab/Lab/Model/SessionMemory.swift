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
  /// - Returns: the mean number of version changes in the time.
  mutating func passUnstuck(seconds: Double, rate: Double, share: Double) -> Double {
    let following = rate * (1 - 1 / requestsPerSession)
    let offset = lastMet - share
    var mean = 2 * share * (1 - share) * seconds
    if offset != 0 {
      let decay = Elementary.exponential(-seconds / gap)
      mean += offset * (1 - 2 * share) * gap * (1 - decay)
      lastMet = abs(offset * decay) < 1e-12 ? share : share + offset * decay
    }
    stuck = share
    let happened = max(0, following * mean)
    changes += happened
    return happened
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
