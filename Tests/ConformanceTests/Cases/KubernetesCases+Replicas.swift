import Foundation
import LabStrategies
import LabUnits

extension KubernetesCases {
  /// Single replicas: when they count, which go first, how they are made, and when all must be gone.
  static let replicaRules: [String: CaseRule] = [
    "podAvailable": { one in
      let pod = PodRecord(
        node: "node", phase: .running, isReady: one.input["ready"].flag ?? false,
        readyFor: one.input["readyForSeconds"].number.map { Span(seconds: $0) })
      let minReady = Span.seconds(one.input["minReadySeconds"].integer ?? 0)
      return ["available": .flag(pod.isAvailable(minReady: minReady))]
    },
    "deletionOrder": { one in
      func rank(_ value: CaseValue) throws -> DeletionRank {
        let pod = try pod(sentence: value["pod"].text ?? "")
        return pod.deletionRank(
          neighbours: value["colocatedRank"].integer ?? 0, tieBreaker: 0)
      }
      let (first, second) = (try rank(one.input["first"]), try rank(one.input["second"]))
      return ["deletedFirst": first == second ? nil : first < second ? "first" : "second"]
    },
    "podsToDelete": { one in
      let names = (one.input["pods"].list ?? []).compactMap { $0.text }
      let pods = try names.map { try pod(name: $0) }
      // Where nobody says what else the owner has, it has these.
      let related = try one.input["related"].list?.compactMap { $0.text }
        .map { try pod(name: $0) }
      let gone = PodRecord.first(
        one.input["diff"].integer ?? 0, of: pods, related: related ?? pods)
      return ["deleted": .list(gone.map { .text(names[$0]) })]
    },
    "slowStartBatch": { one in
      let limit = one.input["failAfterCalls"].integer ?? .max
      var calls = 0
      let result = SlowStart.attempt(
        one.input["count"].integer ?? 0, first: one.input["initialBatch"].integer ?? 1
      ) {
        calls += 1
        return calls <= limit
      }
      return [
        "successes": .integer(result.successes), "error": .flag(result.hasFailed),
        "calls": .integer(calls),
      ]
    },
    "recreateScaleDown": { one in
      let sizes = (one.input["oldReplicas"].list ?? []).map { $0.integer ?? 0 }
      let after = sizes.map { size in
        RecreateReconciler.pass(
          desired: desired(one.input), new: ReplicaCounts(), old: ReplicaCounts(desired: size)
        ).oldSize ?? size
      }
      return ["oldReplicas": .list(after.map { .integer($0) })]
    },
    "recreateOldPodsRunning": { one in
      let old = (one.input["oldRSs"].list ?? []).filter { !$0.isNull }.map { record($0) }
      let owners = (one.input["podPhasesByOwnerUid"].object ?? [:])
        .sorted { $0.key < $1.key }
        .map { owner, phases in
          (owner: owner, phases: (phases.list ?? []).map { phase($0.text ?? "") })
        }
      let newOwner = one.input["newRS"]["uid"].text ?? one.input["newRSUid"].text
      let mustWait = RecreateReconciler.mustWait(old: old, pods: owners, newOwner: newOwner)
      return ["oldPodsRunning": .flag(mustWait)]
    },
  ]

  private static func phase(_ name: String) -> PodRecord.Phase {
    switch name {
    case "Pending": .pending
    case "Unknown": .unknown
    case "Failed", "Succeeded": .ended
    default: .running
    }
  }

  /// A replica whose name spells out its state: `scheduledRunningReadyPodOnNode1`.
  private static func pod(name: String) throws -> PodRecord {
    let isScheduled = name.hasPrefix("scheduled")
    guard isScheduled || name.hasPrefix("unscheduled") else {
      throw NotApplicable("the name '\(name)' does not say whether the replica has a node")
    }
    // Those without a named node share one, as they do where the rows come from.
    let node = name.range(of: "OnNode").map { String(name[$0.upperBound...]) } ?? "node"
    let phase: PodRecord.Phase =
      name.contains("Pending")
      ? .pending
      : name.contains("Unknown")
        ? .unknown : name.contains("Failed") || name.contains("Succeeded") ? .ended : .running
    let isReady = name.contains("Ready") && !name.contains("NotReady")
    return PodRecord(node: isScheduled ? node : nil, phase: phase, isReady: isReady)
  }

  /// A replica as a sentence tells of it: `Running, ready for 1 month, created 1 month ago`.
  private static func pod(sentence: String) throws -> PodRecord {
    let words = sentence.lowercased()
    var pod = PodRecord(
      node: ["unscheduled", "unassigned", "no node"].contains { words.contains($0) }
        ? nil : "node", phase: .running)
    if words.contains("pending") { pod.phase = .pending }
    if words.contains("unknown") { pod.phase = .unknown }
    pod.isReady = words.contains("ready") && !words.contains("not ready")
    for part in words.split(separator: ",") {
      let part = part.drop { $0 == " " }
      let numbers = part.split { !$0.isNumber }.compactMap { Int($0) }
      if part.contains("restart") { pod.restarts = numbers.first ?? 0 }
      if part.contains("deletion-cost") || part.contains("deletion cost") {
        pod.deletionCost = (numbers.first ?? 0) * (part.contains("cost -") ? -1 : 1)
      }
      if part.hasPrefix("created") { pod.age = try age(part) }
      if part.hasPrefix("ready") || part.hasPrefix("running ready"),
        !part.contains("no ready-since")
      {
        pod.readyFor = part == "ready" ? nil : try age(part)
      }
    }
    // A replica that became ready now and says nothing of its creation was created now.
    if pod.age == nil, pod.readyFor == .zero { pod.age = .zero }
    return pod
  }

  /// How long ago: `since now`, `for 1 month`, `5 minutes ago`.
  private static func age(_ text: some StringProtocol) throws -> Span? {
    if text.contains("now") { return .zero }
    if text.contains("unknown") || text.contains("zero") { return nil }
    let count = text.split { !$0.isNumber }.compactMap { Int($0) }.first ?? 1
    for (unit, span) in units where text.contains(unit) { return span * count }
    throw NotApplicable("the words '\(text)' name no time that is known here")
  }

  private static let units: [(String, Span)] = [
    ("month", .hours(24 * 30)), ("week", .hours(24 * 7)), ("day", .hours(24)),
    ("year", .hours(24 * 365)), ("hour", .hours(1)), ("minute", .minutes(1)),
    ("second", .seconds(1)),
  ]
}
