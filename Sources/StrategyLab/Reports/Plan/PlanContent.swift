import LabStrategies
import LabUnits
import StrategyLab

/// The sentences of a plan, the same for every format.
struct PlanContent {
  let projection: Projection

  private var summary: Projection.Summary { projection.summary }

  /// What the plan comes to, the answer first; the sentences begin after the strategy's name.
  var answer: String {
    var parts: [String] = []
    switch (summary.outcome, summary.typicalFinish) {
    case (.promoted, let finish?):
      var text = "finishes after \(PlanText.span(finish))"
      if let earliest = summary.earliestFinish { text += " (earliest \(PlanText.span(earliest)))" }
      parts.append(text)
    case (.rolledBack, let finish?): parts.append("is undone after \(PlanText.span(finish))")
    default: parts.append("never finishes")
    }
    parts.append("peaks at \(peak)")
    if let complete = summary.trafficComplete, summary.outcome == .promoted {
      parts.append("has all traffic on the candidate after \(PlanText.span(complete))")
    }
    return parts.joined(separator: ", ") + missed + "."
  }

  /// The weights that are not what was asked for, as the end of a sentence; empty if there are none.
  private var missed: String {
    if summary.missedWeights.isEmpty { return "" }
    let weights = summary.missedWeights.map {
      "\(PlanText.percent($0.held)) where \(PlanText.percent($0.wanted)) is asked for"
    }
    return "; true weights: " + weights.joined(separator: ", ")
  }

  /// The facts behind the answer, one sentence each.
  var facts: [String] {
    var facts: [String] = []
    if summary.mixedVersion > .zero {
      facts.append("Both versions answer for \(PlanText.span(summary.mixedVersion)).")
    }
    if let rest = summary.atRest, let finish = summary.typicalFinish, rest > finish {
      facts.append("The last replica is gone after \(PlanText.span(rest)).")
    }
    if let back = summary.rollback { facts.append(Self.sentence(back)) }
    facts.append(resources)
    return facts
  }

  /// The most replicas at once, and how that compares with what is desired.
  var peak: String {
    NumberText.count(summary.peakReplicas, "replica") + " (\(peakPercent)%)"
  }

  /// The most replicas at once, in percent of the desired ones.
  var peakPercent: String {
    NumberText.fixed(
      100 * Double(summary.peakReplicas) / Double(max(projection.replicas, 1)), decimals: 0)
  }

  private var resources: String {
    let cores = NumberText.trimmed(summary.peakCores)
    var text = "Its replicas request at most \(cores) \(cores == "1" ? "core" : "cores") and "
    text += "\(NumberText.trimmed(summary.peakMemoryBytes / 1_073_741_824)) GiB"
    if let quota = summary.quotaReplicas {
      text += ", and hold \(NumberText.fixed(Double(summary.peakOnNodes), decimals: 0))"
      text += " of the \(NumberText.count(quota, "place")) in the quota"
    }
    return text + "."
  }

  private static func sentence(_ back: Projection.Summary.Rollback) -> String {
    guard let traffic = back.traffic else {
      return "Undone when all traffic is on the candidate, it does not come back."
    }
    var text = "Undone when all traffic is on the candidate, "
    text +=
      traffic > .zero
      ? "the candidate gets no more requests after \(PlanText.span(traffic))"
      : "the candidate gets no more requests at once"
    if let whole = back.whole, whole > .zero {
      text += ", and stable is whole after \(PlanText.span(whole))"
    }
    return text + "."
  }
}

extension PlanWarning {
  /// The warning as it stands behind its label.
  var text: String { sentence + (hint.isEmpty ? "" : "; \(hint)") }

  /// The word in front of it.
  var label: String { severity == .note ? "note" : severity == .serious ? "problem" : "warning" }
}
