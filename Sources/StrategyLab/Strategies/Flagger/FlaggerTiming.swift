import LabUnits

/// How long a run of Flagger takes, in intervals of its analysis.
///
/// The manual gives the least time of the analysis alone. A run takes longer: one tick copies the spec,
/// one brings the traffic back and one scales the canary down, and the primary's rolling update comes
/// in between.
///
/// Source: Flagger, docs/gitbook/usage/deployment-strategies.md.
public struct FlaggerTiming: Sendable, Hashable {
  /// The rule as the manual writes it.
  public let text: String
  /// The intervals that it comes to.
  public let intervals: Int

  /// The least time of the analysis.
  public static func analysis(_ analysis: FlaggerAnalysis) -> FlaggerTiming {
    let effective = analysis.effective
    if effective.mode != .canary {
      return FlaggerTiming(text: "interval * iterations", intervals: effective.iterations)
    }
    return FlaggerTiming(
      text: "interval * (maxWeight / stepWeight)", intervals: analysis.weights.count)
  }

  /// The time from the first failing check to the roll-back, if all that follow fail too.
  public static func rollback(_ analysis: FlaggerAnalysis) -> FlaggerTiming {
    FlaggerTiming(text: "interval * threshold", intervals: analysis.threshold)
  }

  /// The ticks from the detection to the end of a run in which everything passes and is ready in time.
  public static func whole(_ analysis: FlaggerAnalysis) -> Int {
    FlaggerMachine.rehearsal(of: analysis).count - 1
  }
}
