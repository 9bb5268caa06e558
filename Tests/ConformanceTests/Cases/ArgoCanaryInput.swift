import LabStrategies
import LabUnits

/// The inputs of the canary cases as the program's values.
enum ArgoCanaryInput {
  /// A text that is no quantity.
  struct NoQuantity: Error {}

  /// A count, or a percentage as Argo Rollouts reads any text; nil if null.
  static func quantity(_ value: CaseValue) throws -> ReplicaQuantity? {
    if let count = value.integer { return .count(count) }
    guard let text = value.text else { return nil }
    guard let quantity = ArgoFenceposts.quantity(text) else { throw NoQuantity() }
    return quantity
  }

  static func span(_ value: CaseValue) -> Span? { value.integer.map { .seconds($0) } }

  static func delayKind(_ value: CaseValue) -> ArgoDelays.Kind {
    switch value.text {
    case "blueGreen": .blueGreen
    case "canary+trafficRouting": .routedCanary
    default: .basicCanary
    }
  }

  /// A set of replicas; a size of null counts as 1.
  static func set(_ value: CaseValue) -> ReplicaCounts? {
    guard !value.isNull else { return nil }
    let desired = value["replicas"].integer ?? 1
    let available = value["available"].integer ?? 0
    let created = value["statusReplicas"].integer ?? desired
    return ReplicaCounts(
      desired: desired, starting: max(0, created - available),
      ready: min(available, created), available: available)
  }

  static func threshold(_ value: CaseValue) -> ProgressThreshold {
    guard let number = value["value"].integer else { return .all }
    return (value["type"].text ?? "").hasPrefix("Percent") ? .percentage(number) : .pods(number)
  }

  static func fleet(_ input: CaseValue) -> CanaryFleet {
    let older = input["older"].list ?? (input["older"].isNull ? [] : [input["older"]])
    let intermediate = input["intermediate"].isNull ? [] : [input["intermediate"]]
    let sorted = (older + intermediate).sorted {
      ($0["rev"].integer ?? 0) > ($1["rev"].integer ?? 0)
    }
    return CanaryFleet(
      replicas: input["replicas"].integer ?? 1, canary: set(input["canary"]),
      stable: set(input["stable"]), older: sorted.compactMap { set($0) })
  }

  /// The steps, however the case writes them; one of a weight and a scale is two.
  static func steps(_ input: CaseValue) throws -> [ArgoCanaryStep] {
    if let weights = input["stepWeights"].list {
      return weights.compactMap { $0.integer }.map { .setWeight($0) }
    }
    if let weight = input["setWeight"].integer { return [.setWeight(weight)] }
    if let steps = input["steps"].list { return try steps.flatMap { try self.steps(of: $0) } }
    return try steps(of: input["step"])
  }

  private static func steps(of step: CaseValue) throws -> [ArgoCanaryStep] {
    var steps: [ArgoCanaryStep] = []
    if let weight = step["setWeight"].integer { steps.append(.setWeight(weight)) }
    let scale = step["setCanaryScale"]
    if !scale.isNull {
      if scale["matchTrafficWeight"].flag ?? false {
        steps.append(.setCanaryScale(.matchTrafficWeight))
      } else if let count = scale["replicas"].integer {
        steps.append(.setCanaryScale(.replicas(count)))
      } else if let weight = scale["weight"].integer {
        steps.append(.setCanaryScale(.weight(weight)))
      } else {
        steps.append(.setCanaryScale(.matchTrafficWeight))
      }
    }
    if step.has("pause") { steps.append(.pause(pause(step["pause"]))) }
    if step.has("analysis") { steps.append(.analysis([])) }
    if step.has("experiment") { steps.append(.experiment(.init(duration: nil))) }
    if step.has("setHeaderRoute") { steps.append(.setHeaderRoute(nil)) }
    if step.has("setMirrorRoute") { steps.append(.setMirrorRoute(nil)) }
    return steps
  }

  private static func pause(_ value: CaseValue) -> Span? {
    span(value["seconds"]) ?? span(value["duration"]) ?? span(value)
  }

  /// The strategy of a case.
  static func canary(_ input: CaseValue) throws -> ArgoCanary {
    ArgoCanary(
      steps: try steps(input), isRouted: input["trafficRouting"].flag ?? false,
      maxSurge: try quantity(input["maxSurge"]) ?? ArgoFenceposts.standard,
      maxUnavailable: try quantity(input["maxUnavailable"]) ?? ArgoFenceposts.standard,
      maxTrafficWeight: input["maxTrafficWeight"].integer ?? input["maxWeight"].integer ?? 100,
      dynamicStableScale: input["dynamicStableScale"].flag ?? false,
      minPodsPerReplicaSet: input["minPodsPerReplicaSet"].integer,
      abortScaleDownDelay: span(input["abortScaleDownDelaySeconds"]),
      scaleDownDelay: span(input["scaleDownDelaySeconds"]),
      progressThreshold: threshold(input["threshold"]),
      rollbackWindow: input["rollbackWindowRevisions"].integer.map {
        RollbackWindow(revisions: $0)
      })
  }

  /// The strategy, and where it stands: at the step of the index, or at the last of a single step's parts.
  static func canaryAndProgress(
    _ input: CaseValue
  ) throws -> (ArgoCanary, CanaryProgress) {
    let canary = try canary(input)
    let index = input["stepIndex"].integer ?? input["currentStepIndex"].integer
    let isPromoted = input["fullyPromoted"].flag ?? input["sameReplicaSet"].flag ?? false
    return (
      canary,
      CanaryProgress(
        step: index ?? (input["step"].isNull ? 0 : max(0, canary.steps.count - 1)),
        isAborted: input["aborted"].flag ?? false,
        isPromotedInFull: input["promoteFull"].flag ?? false,
        isStable: isPromoted, weight: input["currentWeights"]["canary"].integer)
    )
  }

  /// A new set is created with nothing, and the next pass gives it its size.
  static func creation(
    _ canary: ArgoCanary, _ progress: CanaryProgress, _ input: CaseValue
  ) -> CaseValue {
    let created = ReplicaCounts()
    var fleet = fleet(input)
    fleet.canary = created
    let pass = canary.pass(progress, fleet, CanaryStepState())
    return [
      "createdReplicas": .integer(created.desired),
      "nextReconcileReplicas": .integer(pass.canary ?? created.desired),
    ]
  }

  /// The deadlines and sizes of the sets that a promotion has replaced.
  static func scaleDown(_ input: CaseValue) throws -> CaseValue {
    let kind = delayKind(input["strategy"])
    let delay = ArgoDelays.scaleDown(kind, written: span(input["scaleDownDelaySeconds"]))
    let older = (input["older"].list ?? []).sorted {
      ($0["rev"].integer ?? 0) > ($1["rev"].integer ?? 0)
    }
    let active = older.filter { (set($0)?.desired ?? 0) > 0 }
    let mayStay = ArgoDelays.keeps(
      count: active.count, limit: input["scaleDownDelayRevisionLimit"].integer)
    var sizes: [(rev: Int?, size: Int)] = []
    for value in older {
      let size = set(value)?.desired ?? 0
      let place = active.firstIndex(of: value)
      let left = span(value["deadlineInSeconds"]) ?? delay
      let stays = place.map { mayStay[$0] } ?? false
      sizes.append((value["rev"].integer, stays && left > .zero ? size : 0))
    }
    var byRevision: [String: CaseValue] = [:]
    for (rev, size) in sizes {
      if let rev { byRevision[String(rev)] = .integer(size) }
    }
    return [
      "deadlineAfterSeconds": .number(delay.seconds),
      "replicas": .list(sizes.map { .integer($0.size) }), "replicasByRev": .object(byRevision),
    ]
  }
}

extension CanaryPass {
  /// The sizes that change, by the names that a case gives the sets of other revisions.
  func scaleAnswer(older names: [(name: String, size: Int)] = []) -> CaseValue {
    var sizes: [String: CaseValue] = [:]
    if let canary { sizes["canary"] = .integer(canary) }
    if let stable { sizes["stable"] = .integer(stable) }
    for (set, size) in zip(names, older ?? []) where set.size != size {
      sizes[set.name] = .integer(size)
    }
    return .object(sizes)
  }
}
