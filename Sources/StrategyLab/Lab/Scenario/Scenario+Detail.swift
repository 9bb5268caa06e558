import LabUnits

/// The level of detail that a scenario is played at, and why.
public struct DetailChoice: Sendable, Hashable, Codable {
  /// Never ``DetailLevel/auto``.
  public var level: DetailLevel
  /// The reason as the end of a sentence, without a full stop; empty where nobody wrote it down.
  public var reason: String

  /// A level and its reason.
  public init(level: DetailLevel, reason: String) {
    self.level = level
    self.reason = reason
  }

  /// What a report says of it.
  public var sentence: String {
    let how = level == .flow ? "Requests are played as a flow" : "Requests are played one by one"
    return reason.isEmpty ? "\(how)." : "\(how): \(reason)."
  }
}

extension Scenario {
  /// The level of detail that the scenario is played at.
  ///
  /// Left to itself, the flow plays what it has formulas for, because it takes no longer for more requests.
  public var detailChoice: DetailChoice {
    switch experiment.detail {
    case .flow: DetailChoice(level: .flow, reason: "as it was asked for")
    case .request: DetailChoice(level: .request, reason: "as it was asked for")
    case .auto:
      if let feature = featureWithoutFlow {
        DetailChoice(level: .request, reason: "the flow has no formula for \(feature.name)")
      } else {
        DetailChoice(level: .flow, reason: "it has a formula for all that the scenario asks for")
      }
    }
  }

  /// What the flow cannot play, with its key and another way out; nil if it can play everything.
  private var featureWithoutFlow: (name: String, path: String, hint: String)? {
    if service.retries != nil {
      return ("retries", "service.retries", "leave service.retries out")
    }
    if !service.hasFlowFormula {
      return ("service times of infinite variance", "service.serviceTime", "a shape above 2")
    }
    let name: String
    switch service.balancing {
    case .random: return nil
    case .roundRobin: name = "round robin"
    case .leastRequest: name = "least requests of two"
    }
    return (name, "service.balancing", "`service.balancing: random`")
  }

  /// What stands between the scenario and its level of detail; nil if nothing does.
  public func detailProblem() -> ScenarioProblem? {
    if experiment.detail == .flow, let feature = featureWithoutFlow {
      return ScenarioProblem(
        path: feature.path, message: "the flow has no formula for \(feature.name)",
        hint: "write `experiment.detail: request`, or \(feature.hint)")
    }
    guard detailChoice.level == .request else { return nil }
    if users.population > UserPopulation.largest {
      return ScenarioProblem(
        path: "users.population",
        message:
          "a population of \(users.population) is too large to be played request by request",
        hint: "write \(UserPopulation.largest) or less, or `experiment.detail: flow`")
    }
    return nil
  }
}
