/// How a Deployment replaces its replicas, as `spec.strategy` of its manifest says.
///
/// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, `ResolveFenceposts`,
/// `MaxSurge`, `MaxUnavailable`, `MinAvailable` and `NewRSNewReplicas`;
/// pkg/apis/apps/validation/validation.go, `ValidateRollingUpdateDeployment`.
public enum DeploymentUpdate: Sendable, Hashable {
  /// `type: Recreate`.
  case recreate
  /// `type: RollingUpdate`; a field that is nil was left out after defaulting, and counts as nothing.
  case rolling(maxSurge: IntOrPercent?, maxUnavailable: IntOrPercent?)

  /// What a rolling update is given where its manifest leaves a field out, by the defaulting of the API.
  public static let standardQuantity = IntOrPercent.text("25%")

  /// The fenceposts of a fleet; where a quantity is no quantity there is neither surge nor anything missing.
  ///
  /// The admission of the manifest refuses such a quantity before, so that the controller does not look.
  public func fenceposts(of desired: Int) -> RollingParameters {
    guard case .rolling(let maxSurge, let maxUnavailable) = self,
      let resolved = try? Self.resolve(
        maxSurge: maxSurge, maxUnavailable: maxUnavailable, of: desired)
    else { return RollingParameters(desired: desired, fixedSurge: 0, fixedUnavailable: 0) }
    return RollingParameters(
      desired: desired, surge: resolved.surge, unavailable: resolved.unavailable)
  }

  /// Surge and unavailable in whole replicas, unavailable not yet held below the fleet.
  ///
  /// - Parameters:
  ///   - maxSurge: What may be extra; nil counts as 0.
  ///   - maxUnavailable: What may be missing; nil counts as 0.
  ///   - desired: The replicas of the fleet.
  /// - Returns: both in whole replicas, never both 0.
  /// - Throws: what is wrong with the first quantity that is none.
  public static func resolve(
    maxSurge: IntOrPercent?, maxUnavailable: IntOrPercent?, of desired: Int
  ) throws(IntOrPercent.Fault) -> (surge: Int, unavailable: Int) {
    let surge = try (maxSurge ?? .integer(0)).scaled(to: desired, roundingUp: true)
    let missing = try (maxUnavailable ?? .integer(0)).scaled(to: desired, roundingUp: false)
    return (surge, RollingParameters.unavailable(missing, besides: surge))
  }

  /// The size that the new ReplicaSet shall have.
  ///
  /// - Parameters:
  ///   - new: The size that it has.
  ///   - total: The sizes of all ReplicaSets together, the new one included.
  ///   - desired: The replicas of the fleet.
  /// - Returns: the whole fleet where all old replicas are stopped first, otherwise what surge leaves room for.
  public func sizeOfNew(_ new: Int, total: Int, desired: Int) -> Int {
    switch self {
    case .recreate: desired
    case .rolling:
      DeploymentReconciler.grownSize(fenceposts(of: desired), new: new, total: total)
    }
  }
}

extension DeploymentUpdate {
  /// Why the API would refuse the strategy: one sentence for each reason, none if it is taken.
  public var problems: [String] {
    guard case .rolling(let surge, let unavailable) = self else { return [] }
    let maxSurge = surge ?? .integer(0)
    let maxUnavailable = unavailable ?? .integer(0)
    var problems: [String] = []
    for (name, quantity) in [("maxUnavailable", maxUnavailable), ("maxSurge", maxSurge)] {
      if let problem = quantity.admissionProblem { problems.append("\(name) \(problem)") }
    }
    if maxSurge.isWrittenAsNothing, maxUnavailable.isWrittenAsNothing {
      problems.append("maxUnavailable may not be 0 when maxSurge is 0")
    }
    if let parsed = try? maxUnavailable.parsed(), parsed.isPercent, parsed.value > 100 {
      problems.append("maxUnavailable must not be greater than 100%")
    }
    return problems
  }
}

extension IntOrPercent {
  /// Why the API refuses the quantity by itself, as the end of a sentence; nil if it does not.
  fileprivate var admissionProblem: String? {
    switch self {
    case .integer(let value): return value < 0 ? "must be 0 or more" : nil
    case .text(let text):
      let digits = text.dropLast()
      let isPercentage =
        text.hasSuffix("%") && !digits.isEmpty
        && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isPercentage ? nil : "must be a whole number, or digits followed by a percent sign"
    }
  }
}
