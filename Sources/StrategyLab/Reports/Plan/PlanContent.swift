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
      var text = "finishes after \(Self.span(finish))"
      if let earliest = summary.earliestFinish { text += " (earliest \(Self.span(earliest)))" }
      parts.append(text)
    case (.rolledBack, let finish?): parts.append("is undone after \(Self.span(finish))")
    default: parts.append("never finishes")
    }
    parts.append("peaks at \(peak)")
    if let complete = summary.trafficComplete, summary.outcome == .promoted {
      parts.append("has all traffic on the candidate after \(Self.span(complete))")
    }
    return parts.joined(separator: ", ") + "."
  }

  /// The facts behind the answer, one sentence each.
  var facts: [String] {
    var facts: [String] = []
    if summary.mixedVersion > .zero {
      facts.append("Both versions answer for \(Self.span(summary.mixedVersion)).")
    }
    if let rest = summary.atRest, let finish = summary.typicalFinish, rest > finish {
      facts.append("The last replica is gone after \(Self.span(rest)).")
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
    var text =
      "At the peak replicas request \(NumberText.trimmed(summary.peakCores)) cores and "
      + "\(NumberText.trimmed(summary.peakMemoryBytes / 1_073_741_824)) GiB"
    if let quota = summary.quotaReplicas {
      text += ", \(NumberText.fixed(Double(summary.peakReplicas), decimals: 0))"
      text += " of the \(NumberText.count(quota, "replica")) that the quota allows"
    }
    return text + "."
  }

  private static func sentence(_ back: Projection.Summary.Rollback) -> String {
    guard let traffic = back.traffic else {
      return "Undone with all traffic on the candidate, it does not get back."
    }
    var text = "Undone with all traffic on the candidate, it is back on stable after "
    text += span(traffic)
    if let whole = back.whole, whole > traffic { text += ", and whole after \(span(whole))" }
    return text + "."
  }

  /// A length of time as the sentences of a plan say it: tenths below two minutes, seconds above.
  static func span(_ span: Span) -> String {
    let unit: Int64 = span < .minutes(2) ? 100_000_000 : 1_000_000_000
    let rounded = (span.nanoseconds + unit / 2) / unit * unit
    guard span >= .minutes(2) else {
      return NumberText.trimmed(Double(rounded) / 1e9, decimals: 1) + " s"
    }
    let seconds = rounded / 1_000_000_000
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }
}

extension PlanWarning {
  /// The warning as it stands behind its label.
  var text: String { sentence + (hint.isEmpty ? "" : "; \(hint)") }

  /// The word in front of it.
  var label: String { severity == .note ? "note" : severity == .serious ? "problem" : "warning" }
}
