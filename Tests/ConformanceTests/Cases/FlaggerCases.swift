import LabStrategies
import LabUnits

/// The rules of `flagger.json`.
enum FlaggerCases {
  static let rules: [String: CaseRule] = [
    "advanceTrace": advanceTrace, "defaults": defaults, "deploymentReady": deploymentReady,
    "docLog": docLog, "docWeights": { ["canaryWeights": integers(analysis($0.input).weights)] },
    "istioRoutes": istioRoutes, "nginxAnnotations": nginxAnnotations,
    "promotionFailure": promotionFailure, "scale": scale, "sessionAffinity": sessionAffinity,
    "strategy": { ["strategy": .text(analysis($0.input["analysis"]).mode.rawValue)] },
    "timing": timing,
  ]

  /// The numbers of `spec.analysis`.
  static func analysis(_ given: CaseValue) -> FlaggerAnalysis {
    FlaggerAnalysis(
      threshold: FlaggerDefaults.threshold(given["threshold"].integer),
      stepWeight: given["stepWeight"].integer ?? 0,
      stepWeights: given["stepWeights"].list?.compactMap(\.integer) ?? [],
      maxWeight: given["maxWeight"].integer ?? 0,
      stepWeightPromotion: given["stepWeightPromotion"].integer ?? 0,
      iterations: given["iterations"].integer ?? 0,
      hasMatch: given["match"].list.map { !$0.isEmpty } ?? false,
      mirrors: given["mirror"].flag ?? false, skipsAnalysis: given["skipAnalysis"].flag ?? false,
      isKubernetes: given["provider"].text == "kubernetes")
  }

  private static func integers(_ values: [Int]) -> CaseValue {
    .list(values.map { .integer($0) })
  }
}

// The control loop.

extension FlaggerCases {
  /// Plays as many ticks as the case looks at; of what it expects, nothing but their number is read.
  private static func advanceTrace(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    var given = analysis(input["analysis"])
    if let flag = input["skipAnalysis"].flag { given.skipsAnalysis = flag }
    if let provider = input["provider"].text { given.isKubernetes = provider == "kubernetes" }
    var machine = FlaggerMachine(given)
    let forced = input["statusForced"]
    if let word = forced["phase"].text, let phase = FlaggerState.Phase(rawValue: word) {
      machine.state = FlaggerState(
        phase: phase, canaryWeight: forced["canaryWeight"].integer ?? 0,
        failedChecks: forced["failedChecks"].integer ?? 0,
        iterations: forced["iterations"].integer ?? 0, isCanaryUp: true)
    }
    let count = one.expect["advances"].list?.count ?? 0
    let revisions = revisionTicks(input)
    let failingFrom = firstFailingTick(input["checks"].text ?? "")
    var advances: [CaseValue] = []
    for number in stride(from: 1, through: count, by: 1) {
      if let weights = input["routesForcedBeforeAdvance"][String(number)].list {
        machine.state.canaryWeight = weights.last?.integer ?? 0
      }
      if input["iterationsForcedTo10BeforeAdvance"].integer == number {
        machine.state.iterations = 10
      }
      machine.advance(
        FlaggerTick(
          hasNewRevision: revisions.contains(number),
          checksPass: number < (failingFrom ?? Int.max)))
      advances.append(answer(machine.state))
    }
    return [
      "advances": .list(advances), "canaryReplicas": machine.state.isCanaryUp ? 1 : 0,
    ]
  }

  /// The ticks that find a new revision: as the words say, `before advance 2`; the first if they say nothing.
  private static func revisionTicks(_ input: CaseValue) -> Set<Int> {
    var ticks: Set<Int> = input["statusForced"].isNull ? [1] : []
    let words = (input["start"].text ?? "").split(separator: " ").map(String.init)
    for (index, word) in words.enumerated() where word == "advance" && index + 1 < words.count {
      if let number = Int(words[index + 1].filter { ("0"..."9").contains($0) }) {
        ticks.insert(number)
      }
    }
    for (key, value) in input.object ?? [:] where key.contains("evision") {
      if let number = value.integer { ticks.insert(number) }
    }
    return ticks
  }

  /// The tick from which on the checks fail: as the words say, `fail from advance 3`; nil if they pass.
  private static func firstFailingTick(_ words: String) -> Int? {
    guard words.contains("fail") else { return nil }
    return number(after: ["advance"], in: words) ?? 1
  }

  private static func answer(_ state: FlaggerState) -> CaseValue {
    [
      "phase": .text(state.phase.rawValue), "primaryWeight": .integer(state.primaryWeight),
      "canaryWeight": .integer(state.canaryWeight), "mirrored": .flag(state.isMirrored),
      "iterations": .integer(state.iterations), "failedChecks": .integer(state.failedChecks),
    ]
  }

  private static func promotionFailure(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    guard let phase = FlaggerState.Phase(rawValue: input["phase"].text ?? "") else {
      throw NotApplicable("the phase is not one of Flagger's")
    }
    var machine = FlaggerMachine(
      FlaggerAnalysis(stepWeight: 10, maxWeight: 50),
      state: FlaggerState(
        phase: phase, canaryWeight: input["canaryWeight"].integer ?? 0, isCanaryUp: true))
    let readiness: FlaggerReadiness =
      input["primaryReady"].flag == true
      ? .ready : input["retriable"].flag == false ? .stuck("not ready") : .waiting("not ready")
    machine.advance(FlaggerTick(primary: readiness))
    guard case .object(var answer) = answer(machine.state) else { return .null }
    answer["canaryScaledToZero"] = .flag(!machine.state.isCanaryUp)
    answer["statusCanaryWeight"] = .integer(machine.state.canaryWeight)
    return .object(answer)
  }

  /// The events that a tutorial prints, for a run in which every check passes.
  private static func docLog(_ one: ConformanceCase) throws -> CaseValue {
    let asksForFailure = ["rollback", "roll back", "metric", "fail"].contains {
      one.wording.contains($0)
    }
    guard !asksForFailure || one.wording.contains("promotion") else {
      throw NotApplicable(
        "when checks failed and what they measured stands only in the log that is expected")
    }
    let events = FlaggerMachine.rehearsal(of: analysis(one.input["analysis"]))
    return [
      "events": .list(
        events.compactMap { event in
          switch event {
          case .advanced(let weight): ["weight": .integer(weight)]
          case .iterated(let number): ["iteration": .integer(number)]
          case .copied: "copy spec"
          case .succeeded: "promotion completed"
          default: nil
          }
        })
    ]
  }

  private static func timing(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let interval = FlaggerDefaults.interval(input["interval"].text)
    let given = analysis(input)
    let isRollback =
      one.wording.contains("roll back") || one.wording.contains("rollback")
      || (given.iterations == 0 && given.stepWeight == 0)
    let formula = isRollback ? FlaggerTiming.rollback(given) : FlaggerTiming.analysis(given)
    return [
      "formula": .text(formula.text),
      "minutes": .number((interval * formula.intervals).seconds / 60),
    ]
  }
}

// What is filled in, and what is asked of Deployments.

extension FlaggerCases {
  private static func defaults(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    if input.has("threshold") {
      return ["threshold": .integer(FlaggerDefaults.threshold(input["threshold"].integer))]
    }
    if input.has("progressDeadlineSeconds") {
      let span = FlaggerDefaults.progressDeadline(
        seconds: input["progressDeadlineSeconds"].integer)
      return ["seconds": .number(span.seconds)]
    }
    for key in ["primaryReadyThreshold", "canaryReadyThreshold"] where input.has(key) {
      let threshold = FlaggerDefaults.readyThreshold(input[key].integer)
      return [
        "threshold": .integer(threshold), "percent": .integer(threshold),
        "readyThreshold": .integer(threshold),
      ]
    }
    if input.has("stepWeights") || input.has("maxWeight") {
      return ["maxWeight": .integer(analysis(input).promotionWeight)]
    }
    if input.has("metricInterval") {
      return ["seconds": .number(FlaggerDefaults.metricInterval.seconds)]
    }
    return ["seconds": .number(FlaggerDefaults.interval(input["interval"].text).seconds)]
  }

  private static func deploymentReady(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let status = FlaggerDeploymentStatus(
      isObserved: input["observedGenerationBehind"].flag != true
        && (input["observedGeneration"].integer ?? 0) >= (input["generation"].integer ?? 0),
      desired: input["specReplicas"].integer, replicas: input["statusReplicas"].integer ?? 0,
      updated: input["updated"].integer ?? 0, available: input["available"].integer ?? 0,
      unavailableFor: input["minimumReplicasUnavailableForSeconds"].number.map(Span.init(seconds:)),
      hasExceededDeadline: hasExceededDeadline(input))
    let readiness = status.readiness(
      threshold: FlaggerDefaults.readyThreshold(input["readyThreshold"].integer),
      deadline: FlaggerDefaults.progressDeadline(seconds: input["deadlineSeconds"].integer))
    switch readiness {
    case .ready: return ["ready": true, "retriable": true]
    case .unobserved: return ["ready": false, "retriable": true]
    // Upstream's tests throw the second answer away where the first says to wait.
    case .waiting: return ["ready": false, "retriable": nil]
    case .stuck: return ["ready": false, "retriable": false]
    }
  }

  private static func hasExceededDeadline(_ input: CaseValue) -> Bool {
    let isNamed = (input.object ?? [:]).contains { key, value in
      key.lowercased().contains("exceeded") && value.flag == true
    }
    return isNamed || mentions("ProgressDeadlineExceeded", input)
  }

  /// Whether a text stands anywhere in a value.
  private static func mentions(_ text: String, _ value: CaseValue) -> Bool {
    if let list = value.list { return list.contains { mentions(text, $0) } }
    if let object = value.object { return object.values.contains { mentions(text, $0) } }
    return value.text == text
  }

  private static func scale(_ one: ConformanceCase) throws -> CaseValue {
    let words = one.input["event"].text ?? ""
    guard words.contains("revision") else { return ["canaryReplicas": 0] }
    let replicas = FlaggerScaling.canaryReplicas(
      own: number(after: ["Deployment asks for", "Deployment has"], in: words),
      primary: number(after: ["primary asks for", "primary has"], in: words),
      hasAutoscaler: words.contains("HPA") && !words.contains("no HPA"),
      leastReplicas: number(after: ["minReplicas", "HPA minimum"], in: words))
    return ["canaryReplicas": .integer(replicas)]
  }

  private static func number(after phrases: [String], in words: String) -> Int? {
    for phrase in phrases {
      guard let range = words.firstRange(of: phrase) else { continue }
      let digits = words[range.upperBound...].drop { !("0"..."9").contains($0) }
      if let number = Int(digits.prefix { ("0"..."9").contains($0) }) { return number }
    }
    return nil
  }
}
