import LabStrategies

/// Where requests go between two events: the flow's route, made ready for single requests.
struct RequestWay {
  /// How the version that answers is chosen.
  enum Rule {
    /// Every endpoint of both versions is as likely as any other.
    case endpoints
    /// Each request, or each session if those stick, draws its version.
    case drawn
    /// A user's version follows from the user's number.
    case byUser
    /// Marked users go to the candidate, all others draw.
    case marked
  }

  var rule = Rule.drawn
  /// A word below this draws the candidate.
  var candidateBelow: UInt64 = 0
  /// Whether nobody, or everybody, draws the candidate.
  var isCertain = true
  /// Users with a lower number are the candidate's.
  var markedBelow: UInt32 = 0
  /// Whether running sessions stay on their version.
  var sticks = false
  /// A word of 32 bits below this makes a copy of a request to stable.
  var mirroredBelow: UInt64 = 0
  /// The probability that the defect fails a request that it can fail at all.
  var defectFailure = 0.0

  init() {}

  /// The way that a flow prescribes now.
  ///
  /// - Parameters:
  ///   - flow: the rates, the route, the defect.
  ///   - population: how many users there are.
  init(_ flow: TrafficFlow, population: Int) {
    sticks = flow.sticks
    func draw(_ share: Double) {
      isCertain = share <= 0 || share >= 1
      candidateBelow = share >= 1 ? .max : UInt64(max(0, share) * 0x1p64)
    }
    func mark(_ share: Double) {
      markedBelow = UInt32(min(share, 1) * Double(population))
    }
    switch flow.route.rule {
    case .replicaShare: rule = .endpoints
    case .weighted:
      rule = flow.isByUser ? .byUser : .drawn
      if flow.isByUser { mark(flow.routedShare) } else { draw(flow.routedShare) }
    case .cohort:
      if let cohort = flow.dividedCohort {
        rule = .marked
        mark(cohort.weight)
        draw(cohort.others)
      } else {
        rule = .byUser
        mark(flow.routedShare)
      }
    }
    mirroredBelow = UInt64(flow.route.mirrored.fraction * 0x1p32)
    defectFailure = flow.failureOfAffected
  }

  /// Draws whether a request, or its session if those stick, is the candidate's.
  @inline(__always)
  func draw(_ session: inout SessionPool.Session, _ word: UInt64) -> Bool {
    if isCertain {
      let isCandidate = candidateBelow > 0
      if sticks, !session.isPlaced || session.sticksToCandidate != isCandidate {
        session.stick(candidate: isCandidate)
      }
      return isCandidate
    }
    guard sticks else { return word < candidateBelow }
    if !session.isPlaced { session.stick(candidate: word < candidateBelow) }
    return session.sticksToCandidate
  }
}

extension TrafficFlow {
  /// The probability that the candidate fails a request of a user whom the defect can hurt, at a replica where it has set in.
  var failureOfAffected: Double {
    guard effect.failureProbability > 0 else { return 0 }
    if let threshold = effect.loadThreshold {
      let share = candidateShare
      let load = rate * share + route.mirrored.fraction * rate * (1 - share)
      guard answering.candidate > 0, load / Double(answering.candidate) > threshold else {
        return 0
      }
    }
    return effect.failureProbability
  }
}
