import LabKernel
import LabStrategies
import LabUnits

/// Requests that arrived in a piece of time in which all rates were constant, by what will become of them.
struct AnswerPiece {
  /// What arrived at the replicas of a version.
  struct Side {
    var requests = RequestMeans()
    /// How much of what the replicas can do they have to do; 0 where a backlog waits, whose requests count when they are served.
    var utilisation = 0.0
    /// The seconds that the backlog has waited by then.
    var backlogWait = 0.0
    /// Whether there is a replica to be turned away from.
    var hasEndpoints = true
  }

  let start: Instant
  private(set) var end: Instant
  private(set) var sides: PerVersion<Side>
  private(set) var copies: RequestMeans
  private(set) var checks: RequestMeans
  /// The probability that the defect fails a request.
  let defectProbability: Double
  /// The share of later requests of a session that the candidate has met which goes to the candidate.
  let returning: Double

  init(
    from start: Instant, to end: Instant, _ sides: PerVersion<Side>, copies: RequestMeans,
    checks: RequestMeans, defectProbability: Double, returning: Double
  ) {
    self.start = start
    self.end = end
    self.sides = sides
    self.copies = copies
    self.checks = checks
    self.defectProbability = defectProbability
    self.returning = returning
  }

  var seconds: Double { (end - start).seconds }

  /// Goes on with the next piece, if all rates are the same but for rounding.
  ///
  /// The traffic may lag behind events that change nothing, and must come to the same as if it did not.
  ///
  /// - Returns: whether it does.
  mutating func extend(by next: AnswerPiece) -> Bool {
    guard next.start == end, next.defectProbability == defectProbability else { return false }
    let ratio = next.seconds / seconds
    for version in ReleaseVersion.allCases {
      let (side, other) = (sides[version], next.sides[version])
      guard side.hasEndpoints == other.hasEndpoints,
        abs(side.utilisation - other.utilisation) < 10 * Self.rounding,
        side.backlogWait == other.backlogWait,
        Self.isSame(side.requests, other.requests, ratio)
      else { return false }
    }
    guard Self.isSame(copies, next.copies, ratio), Self.isSame(checks, next.checks, ratio) else {
      return false
    }
    end = next.end
    sides.stable.requests += next.sides.stable.requests
    sides.candidate.requests += next.sides.candidate.requests
    copies += next.copies
    checks += next.checks
    return true
  }

  /// Whether requests of one piece come as those of another that is longer by a ratio.
  private static func isSame(_ first: RequestMeans, _ second: RequestMeans, _ ratio: Double)
    -> Bool
  {
    // What is next to nothing of all is no more than rounding itself.
    let tolerance = rounding * (second.arrived + second.lost)
    func isSame(_ first: Double, _ second: Double) -> Bool {
      abs(first * ratio - second) <= tolerance
    }
    // Failures by changes of version creep while all else stays; their mean over both pieces is what counts.
    return isSame(first.answered, second.answered) && isSame(first.lost, second.lost)
      && isSame(first.shortfall, second.shortfall)
  }

  private static let rounding = 1e-9
}
