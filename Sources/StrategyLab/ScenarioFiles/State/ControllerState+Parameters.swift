import LabStrategies
import LabUnits

/// The keys of a file that says where a release stands.
extension ControllerState {
  /// More replicas than any service has, and few enough for all arithmetic.
  private static let replicaRange = 0...1_000_000
  private static let countRange = 0...1_000_000_000

  /// What an analysis can be, by the words of Argo Rollouts.
  private static let analysisWords = [
    "Pending", "Running", "Successful", "Failed", "Inconclusive", "Error",
  ]

  private static let counts: ParameterKind = .section([
    .optional("desired", .integer(replicaRange), "The replicas that are asked for."),
    .optional("ready", .integer(replicaRange), "The ready ones, the available ones included."),
    .optional("available", .integer(replicaRange), "The ready ones that are available."),
    .optional("starting", .integer(replicaRange), "Those that run and are not ready yet."),
    .optional("pending", .integer(replicaRange), "Those that wait for room on a node."),
    .optional("terminating", .integer(replicaRange), "Those that are shutting down."),
  ])

  /// The keys.
  static let parameters: [Parameter] = [
    .optional("replicas", .integer(replicaRange), "The replicas that the service shall have."),
    .optional("stable", counts, "The version that served before; also called `old`."),
    .optional("candidate", counts, "The version being released; also called `new`."),
    .optional("weight", .part, "The candidate's share of the traffic, in percent."),
    .optional("phase", .text, "The phase by the controller's own word."),
    .optional("step", .integer(countRange), "The step that is under way, from 0."),
    .optional("elapsed", .anySpan, "The time since the step, the pause or the phase began."),
    .optional("failedChecks", .integer(countRange), "The checks that have failed so far."),
    .optional("iterations", .integer(countRange), "The iterations or ticks so far."),
    .optional("analysis", .choice(analysisWords), "How the analysis under way stands."),
    .optional("aborted", .flag, "Whether the release has been aborted."),
  ]

  /// The state that values mean.
  ///
  /// - Parameters:
  ///   - values: Values of ``parameters`` without contradictions.
  ///   - replicas: The replicas that the service shall have where the values do not say.
  init(_ values: ParameterValues, replicas: Int) {
    func integer(_ key: String) -> Int? { values.has(key) ? values.integer(key) : nil }
    func text(_ key: String) -> String? { values.has(key) ? values.text(key) : nil }
    func counts(_ key: String) -> ReplicaCounts {
      values.has(key) ? ReplicaCounts(values.section(key)) : ReplicaCounts()
    }
    self.init(
      desiredReplicas: integer("replicas") ?? replicas, stable: counts("stable"),
      candidate: counts("candidate"),
      weight: values.has("weight") ? TrafficWeight(values.share("weight")) : .allStable,
      phase: text("phase"), step: integer("step"),
      elapsed: values.has("elapsed") ? values.span("elapsed") : .zero,
      failedChecks: integer("failedChecks") ?? 0, iterations: integer("iterations") ?? 0,
      analysis: text("analysis"), isAborted: values.has("aborted") && values.flag("aborted"))
  }

  /// What contradicts itself in values that are each well written, with the path to point at.
  static func contradictions(in values: ParameterValues) -> [(String, ScenarioContradiction)] {
    ["stable", "candidate"].compactMap { version in
      guard values.has(version) else { return nil }
      let counts = values.section(version)
      guard counts.has("ready"), counts.has("available"),
        counts.integer("available") > counts.integer("ready")
      else { return nil }
      let contradiction = ScenarioContradiction(
        code: .contradiction,
        message:
          "\(counts.integer("available")) available replicas of \(version) are more than its "
          + "\(counts.integer("ready")) ready ones",
        hint: "an available replica is a ready one that has been ready long enough")
      return ("\(version).available", contradiction)
    }
  }
}

extension ReplicaCounts {
  /// The counts that values mean: what is asked for and neither ready nor said otherwise is starting.
  fileprivate init(_ values: ParameterValues) {
    func count(_ key: String) -> Int? { values.has(key) ? values.integer(key) : nil }
    let desired = count("desired") ?? 0
    let available = count("available") ?? 0
    let ready = count("ready") ?? available
    let pending = count("pending") ?? 0
    self.init(
      desired: desired, pending: pending,
      starting: count("starting") ?? max(0, desired - ready - pending), ready: ready,
      available: available, terminating: count("terminating") ?? 0)
  }
}
