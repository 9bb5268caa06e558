import LabStrategies
import LabUnits

/// The rules of `argo_canary_replicas.json`.
enum ArgoCanaryCases {
  static let rules: [String: CaseRule] = [
    "abortDesiredCanaryWeight": { one in
      let canary = try ArgoCanaryInput.canary(one.input)
      return [
        "weight": .integer(canary.abortTargetWeight(ArgoCanaryInput.fleet(one.input)))
      ]
    },
    "abortScaleDownDelaySecondsDefault": { one in
      let delay = ArgoDelays.abort(
        ArgoCanaryInput.delayKind(one.input["strategy"]),
        written: ArgoCanaryInput.span(one.input["abortScaleDownDelaySeconds"]))
      let seconds: CaseValue =
        if case .after(let span, _) = delay { .number(span.seconds) } else { .null }
      return ["seconds": seconds, "explicit": .flag(delay.isWritten)]
    },
    "scaleDownDelaySecondsDefault": { one in
      let delay = ArgoDelays.scaleDown(
        ArgoCanaryInput.delayKind(one.input["strategy"]),
        written: ArgoCanaryInput.span(one.input["scaleDownDelaySeconds"]))
      return ["seconds": .number(delay.seconds)]
    },
    "allDesiredAvailable": { one in
      let isMet = ProgressThreshold.areAllAvailable(
        ArgoCanaryInput.set(one.input["rs"]), wanted: one.input["desired"].integer ?? 0)
      return ["met": .flag(isMet)]
    },
    "replicaProgressThreshold": { one in
      let isMet = ArgoCanaryInput.threshold(one.input["threshold"]).isMet(
        by: ArgoCanaryInput.set(one.input["rs"]), wanted: one.input["desired"].integer ?? 0)
      return ["met": .flag(isMet)]
    },
    "approximateWeights": { one in
      let sizes = ArgoCanary.approximateSizes(
        replicas: one.input["replicas"].integer ?? 1, weight: one.input["weight"].integer ?? 0,
        of: one.input["maxWeight"].integer ?? 100, surge: one.input["maxSurge"].integer ?? 0)
      return sizes.answer
    },
    "trafficWeightToReplicas": { one in
      let canary = ArgoCanary(
        isRouted: true, maxTrafficWeight: one.input["maxWeight"].integer ?? 100)
      let sizes = canary.with(steps: [.setWeight(one.input["weight"].integer ?? 0)]).routedSizes(
        CanaryProgress(), ArgoCanaryInput.fleet(one.input))
      return ["count": .integer(sizes.canary)]
    },
    "atDesiredReplicaCounts": { one in
      let (canary, progress) = try ArgoCanaryInput.canaryAndProgress(one.input)
      let fleet = ArgoCanaryInput.fleet(one.input)
      return ["atDesired": .flag(canary.isAtSizes(progress, fleet))]
    },
    "basicCanaryReplicas": { try sizes($0.input) },
    "trafficRoutedReplicas": { try sizes($0.input, withoutSets: true) },
    "dynamicStableScaleReplicas": { one in
      var (canary, progress) = try ArgoCanaryInput.canaryAndProgress(one.input)
      canary.isRouted = true
      canary.dynamicStableScale = true
      return canary.routedSizes(progress, ArgoCanaryInput.fleet(one.input)).answer
    },
    "canaryReplicasOrWeight": { one in
      let input = one.input
      var (canary, progress) = try ArgoCanaryInput.canaryAndProgress(input)
      let stable = input["stableHash"].text ?? ""
      progress.isStable = stable.isEmpty || stable == input["currentHash"].text ?? ""
      if let index = input["currentStepIndex"].integer { progress.step = index }
      switch canary.target(progress) {
      case .replicas(let count): return ["replicas": .integer(count), "weight": 0]
      case .weight(let weight): return ["replicas": nil, "weight": .integer(weight)]
      }
    },
    "canaryServiceSwitch": { one in
      let switches = ArgoCanary.switchesService(
        to: ArgoCanaryInput.set(one.input["canary"]),
        isManaged: one.input["serviceAlreadyManaged"].flag ?? false,
        isAborted: one.input["aborted"].flag ?? false)
      return ["switchToNew": .flag(switches)]
    },
    "currentSetWeight": { one in
      let (canary, progress) = try ArgoCanaryInput.canaryAndProgress(one.input)
      return ["weight": .integer(canary.currentWeight(progress))]
    },
    "desiredWeight": { one in
      var (canary, progress) = try ArgoCanaryInput.canaryAndProgress(one.input)
      canary.isRouted = true
      let pass = canary.pass(
        progress, ArgoCanaryInput.fleet(one.input), CanaryStepState())
      let removesRoutes = progress.isStable || progress.isAborted || progress.isPromotedInFull
      return [
        "setWeight": .integer(pass.weight), "scale": pass.scaleAnswer(),
        "managedRoutes": removesRoutes ? "removed" : nil,
      ]
    },
    "dynamicRollbackToStable": { one in
      let input = one.input
      let canary = try ArgoCanaryInput.canary(input)
      let isRollingBack = canary.isRollingBackToStable(
        isPromoted: input["stableHash"] == input["currentHash"],
        weighted: input["weightsCanaryHash"].text, wanted: input["desiredRSHash"].text ?? "",
        available: input["desiredAvailable"].integer ?? 0,
        replicas: input["replicas"].integer ?? 1)
      return ["rollingBack": .flag(isRollingBack)]
    },
    "firstScaleUp": { one in
      let (canary, progress) = try ArgoCanaryInput.canaryAndProgress(one.input)
      return ArgoCanaryInput.creation(canary, progress, one.input)
    },
    "maxSurge": { one in ["maxSurge": .integer(try fenceposts(one.input).surge)] },
    "maxUnavailable": { one in ["maxUnavailable": .integer(try fenceposts(one.input).unavailable)]
    },
    "maxSurgeDefault": { one in
      let key = one.input.has("maxUnavailable") ? "maxUnavailable" : "maxSurge"
      let quantity = try ArgoCanaryInput.quantity(one.input[key]) ?? ArgoFenceposts.standard
      switch quantity {
      case .count(let count): return ["value": .integer(count)]
      case .share(let share): return ["value": .text(String(share.millionths / 10_000))]
      }
    },
    "resolveFenceposts": { one in
      let input = one.input
      do {
        let resolved = ArgoFenceposts.resolve(
          maxSurge: try ArgoCanaryInput.quantity(input["maxSurge"]) ?? .count(0),
          maxUnavailable: try ArgoCanaryInput.quantity(input["maxUnavailable"]) ?? .count(0),
          replicas: input["replicas"].integer ?? 1)
        return [
          "error": false, "maxSurge": .integer(resolved.surge),
          "maxUnavailable": .integer(resolved.unavailable),
        ]
      } catch is ArgoCanaryInput.NoQuantity {
        return ["error": true, "maxSurge": 0, "maxUnavailable": 0]
      }
    },
    "promoteAfterLastStep": { one in
      let input = one.input
      var canary = ArgoCanary(steps: [.setWeight(100)])
      canary.progressThreshold = ArgoCanaryInput.threshold(input["threshold"])
      let n = input["replicas"].integer ?? 1
      let available = input["canaryAvailable"].integer ?? 0
      let isCompleted = input["stepsCompleted"].flag ?? true
      let promotes = canary.promotes(
        CanaryProgress(step: isCompleted ? 1 : 0),
        CanaryFleet(
          replicas: n, canary: ReplicaCounts(desired: n, ready: available, available: available),
          stable: nil))
      return ["promote": .flag(promotes)]
    },
    "replicasForScaleDown": { one in
      let count = ArgoCanary.usable(
        ArgoCanaryInput.set(one.input["rs"]),
        ignoringAvailability: one.input["ignoreAvailability"].flag ?? false)
      return ["count": .integer(count)]
    },
    "rollbackWindow": { one in
      let input = one.input
      let sets = (input["replicaSets"].list ?? []).filter { !($0["experiment"].flag ?? false) }
      func age(_ name: CaseValue) -> Double? {
        sets.first { $0["name"] == name }?["ageMinutes"].number
      }
      guard let new = age(input["new"]), let stable = age(input["stable"]) else {
        return ["within": false]
      }
      let window = RollbackWindow(revisions: input["revisions"].integer ?? 0)
      let isWithin = window.contains(
        age: new, stableAge: stable, otherAges: sets.compactMap { $0["ageMinutes"].number })
      return ["within": .flag(isWithin)]
    },
    "scaleDownDelay": { try ArgoCanaryInput.scaleDown($0.input) },
    "stableCapacityForWeight": { one in
      let input = one.input
      var canary = ArgoCanary(
        isRouted: true, maxTrafficWeight: input["maxWeight"].integer ?? 100)
      canary.progressThreshold = ArgoCanaryInput.threshold(input["threshold"])
      let isEnough = canary.canStableCarry(
        input["weight"].integer ?? 0,
        CanaryFleet(
          replicas: input["replicas"].integer ?? 1, canary: nil,
          stable: ArgoCanaryInput.set(input["rs"])))
      return ["enough": .flag(isEnough)]
    },
    "reconcileTrace": { try ArgoCanaryTrace(input: $0.input).answer() },
  ]

  private static func sizes(_ input: CaseValue, withoutSets: Bool = false) throws -> CaseValue {
    let (canary, progress) = try ArgoCanaryInput.canaryAndProgress(input)
    var fleet = ArgoCanaryInput.fleet(input)
    if withoutSets { (fleet.canary, fleet.stable) = (nil, nil) }
    // A set that is released and stable at once stands there once.
    if progress.isStable, fleet.canary != nil { fleet.stable = nil }
    return canary.sizes(progress, fleet).answer
  }

  private static func fenceposts(
    _ input: CaseValue
  ) throws -> (surge: Int, unavailable: Int) {
    guard input["strategy"].text != "blueGreen" else { return (0, 0) }
    let rolling = ArgoFenceposts.rolling(
      maxSurge: try ArgoCanaryInput.quantity(input["maxSurge"]) ?? ArgoFenceposts.standard,
      maxUnavailable: try ArgoCanaryInput.quantity(input["maxUnavailable"])
        ?? ArgoFenceposts.standard,
      replicas: input["replicas"].integer ?? 1)
    return (rolling.surge, rolling.unavailable)
  }
}

extension CanarySizes {
  var answer: CaseValue { ["canary": .integer(canary), "stable": .integer(stable)] }
}

extension ArgoCanary {
  func with(steps: [ArgoCanaryStep]) -> ArgoCanary {
    var copy = self
    copy.steps = steps
    return copy
  }
}
