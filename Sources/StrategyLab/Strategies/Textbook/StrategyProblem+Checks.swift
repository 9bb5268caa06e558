import LabUnits

// Contradictions that several strategies can contain.

extension StrategyProblem {
  /// What is wrong with a pair of fenceposts.
  static func fenceposts(
    maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity
  ) -> [StrategyProblem] {
    var problems: [StrategyProblem] = []
    if maxSurge.isNothing, maxUnavailable.isNothing {
      problems.append(
        StrategyProblem(
          key: "maxSurge",
          message: "maxSurge and maxUnavailable are both 0: nothing could ever move",
          hint: "write maxSurge: 1 or maxUnavailable: 1"))
    }
    if case .share(let share) = maxUnavailable, share > .whole {
      problems.append(
        StrategyProblem(
          key: "maxUnavailable", message: "maxUnavailable \(share.plainText) is above 100%",
          hint: "write at most 100%"))
    }
    return problems
  }
}

extension ReplicaQuantity {
  /// Whether the quantity is 0 as it is written, whatever the fleet.
  var isNothing: Bool {
    switch self {
    case .count(let count): count <= 0
    case .share(let share): share <= .none
    }
  }

  /// The quantity as a scenario file writes it.
  var plainText: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let share): share.plainText
    }
  }
}
