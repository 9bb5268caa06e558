import LabUnits

extension ReleaseOrder {
  /// The kind of order by one word: `scale`, `route`.
  public var name: String {
    switch self {
    case .scale: "scale"
    case .route: "route"
    case .startAnalysis: "start-analysis"
    case .concludeAnalysis: "conclude-analysis"
    case .stopAnalysis: "stop-analysis"
    case .takeSample: "take-sample"
    case .rollBack: "roll-back"
    case .begin: "begin"
    case .wake: "wake"
    case .announce: "announce"
    case .finish: "finish"
    }
  }

  /// The order as a person would give it, in a state: `scale candidate from 5 to 6`.
  public func words(in state: ControllerState) -> String {
    switch self {
    case .scale(let version, to: let size):
      "scale \(version.name) from \(state.counts(of: version).desired) to \(size)"
    case .route(let route): "send " + route.plainText
    case .startAnalysis(.health): "start to watch the candidate"
    case .startAnalysis(.checks(requestsPerSecond: let rate)):
      "start to send synthetic checks to the candidate at \(rateText(rate))/s"
    case .startAnalysis(.probing(requestsPerSecond: let rate)):
      "start to send synthetic requests to the candidate at \(rateText(rate))/s"
    case .startAnalysis(.comparison): "start to compare the failures of both cohorts"
    case .concludeAnalysis: "conclude the analysis"
    case .stopAnalysis: "stop the analysis"
    case .takeSample(over: let window): "read what was counted over the last \(window.plainText)"
    case .rollBack(because: let reason): "roll back: \(reason)"
    case .begin(let step):
      step.number > 0 ? "begin step \(step.number): \(step.title)" : "begin: \(step.title)"
    case .wake(at: let instant): "look again after \((instant - .zero).plainText)"
    case .announce(let line): "say: \(line)"
    case .finish(.promoted): "finish: the candidate serves alone"
    case .finish(.rolledBack): "finish: stable serves alone again"
    }
  }
}

extension ControllerState {
  /// The replicas of one version.
  public func counts(of version: ReleaseVersion) -> ReplicaCounts {
    version == .stable ? stable : candidate
  }
}
