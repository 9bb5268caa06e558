/// How a measurement, a metric or a whole analysis run of Argo Rollouts stands.
///
/// Phases are ordered by badness, the best first: of several metrics the worst speaks for the run.
///
/// Source: Argo Rollouts, utils/analysis/helpers.go, `IsWorse`.
public enum AnalysisPhase: String, Sendable, Hashable, CaseIterable, Comparable {
  /// What was measured is as it should be.
  case successful = "Successful"
  /// Measurements are still taken.
  case running = "Running"
  /// No measurement has been taken yet.
  case pending = "Pending"
  /// Neither good nor bad: a person must decide.
  case inconclusive = "Inconclusive"
  /// It could not be measured.
  case error = "Error"
  /// What was measured is worse than allowed.
  case failed = "Failed"

  /// Whether nothing will change any more.
  public var isCompleted: Bool { self != .running && self != .pending }

  /// Whether it speaks against the candidate, or at least not for it.
  public var isBad: Bool { self == .inconclusive || self == .error || self == .failed }

  /// Orders phases by badness, the best first.
  public static func < (left: AnalysisPhase, right: AnalysisPhase) -> Bool {
    left.badness < right.badness
  }

  private var badness: Int { AnalysisPhase.allCases.firstIndex(of: self) ?? 0 }
}
