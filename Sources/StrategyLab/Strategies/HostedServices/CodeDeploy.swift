import LabUnits

/// AWS CodeDeploy: start a whole replacement task set, shift the traffic by a published schedule, keep the original a while.
///
/// While the original task set lives, a roll-back sends the traffic back at once. After it has been
/// terminated, a roll-back is a new deployment of the old revision.
public struct CodeDeploy: PhasedStrategy, StepwiseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "code-deploy"
  /// What the strategy is.
  public static let summary =
    "Starts a whole replacement task set and shifts the traffic to it as a preset of AWS CodeDeploy does."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "preset",
      .choice(
        CodeDeployPreset.all.map { $0.name }
          + CodeDeployPreset.all.map { CodeDeployPreset.prefix + $0.name } + ["custom"]),
      "ECSCanary10Percent5Minutes",
      "The schedule of the shift, by its published name with or without CodeDeployDefault., or custom.",
      source:
        "assumption of StrategyLab: the shortest published schedule that looks before it moves all"
    ),
    .standard(
      "type", .choice(["canary", "linear", "allAtOnce"]), "canary",
      "How a custom schedule moves traffic.",
      source: "AWS CodeDeploy, API reference, TrafficRoutingConfig"),
    .standard(
      "percent", .part, "10%", "The part that a custom schedule moves at a time.",
      source: "AWS CodeDeploy user guide: 10% in every published preset"),
    .standard(
      "interval", .anySpan, "5m", "The time between two changes of a custom schedule.",
      source: "AWS CodeDeploy user guide: the shortest canary preset"),
    .hooksBefore, .hooksAfter, .terminationWait, .alarms,
  ]

  /// The schedule of the shift.
  public let shift: TrafficShift
  /// How long the hooks before the traffic take.
  public let hooksBefore: Span
  /// How long the hook after the traffic takes.
  public let hooksAfter: Span
  /// How long the original tasks stay after the deployment has succeeded.
  public let terminationWait: Span
  /// Whether alarms roll back.
  public let alarms: Bool

  /// A deployment.
  public init(
    shift: TrafficShift, hooksBefore: Span = .zero, hooksAfter: Span = .zero,
    terminationWait: Span = .hours(1), alarms: Bool = true
  ) {
    self.shift = shift
    self.hooksBefore = hooksBefore
    self.hooksAfter = hooksAfter
    self.terminationWait = terminationWait
    self.alarms = alarms
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    let custom: TrafficShift =
      switch values.text("type") {
      case "linear": .linear(step: values.share("percent"), interval: values.span("interval"))
      case "allAtOnce": .allAtOnce
      default: .canary(share: values.share("percent"), interval: values.span("interval"))
      }
    self.init(
      shift: CodeDeployPreset.named(values.text("preset"))?.shift ?? custom,
      hooksBefore: values.span("hooksBefore"), hooksAfter: values.span("hooksAfter"),
      terminationWait: values.span("terminationWait"), alarms: values.flag("alarms"))
  }

  /// Install the replacement whole, run the hooks, shift, run the last hook, wait, terminate the original.
  public var plan: ReleasePlan {
    .sideBySide(
      [.provision(.candidate, .share(.whole)), .hold(hooksBefore, analysed: false)]
        + shift.phases(analysed: alarms)
        + [
          .hold(hooksAfter, analysed: alarms), .hold(terminationWait, analysed: alarms),
          .retire(.stable),
        ], abortDelay: .zero)
  }

  /// Whether a custom schedule moves anything in the time that the service allows.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems = shift.problems(key: "percent")
    let limit = Span.minutes(2880)
    if terminationWait > limit {
      problems.append(
        StrategyProblem(
          key: "terminationWait", message: "the original tasks are kept for at most 2880 minutes",
          hint: "write 48h or less"))
    }
    if shift.duration > limit {
      problems.append(
        StrategyProblem(
          key: "interval",
          message: "the shift takes \(shift.duration.plainText), and 2880 minutes are the most",
          hint: "write a shorter interval or a larger percent"))
    }
    return problems
  }
}

extension TrafficShift {
  /// What is wrong with the parts that are moved.
  func problems(key: String) -> [StrategyProblem] {
    switch self {
    case .allAtOnce: return []
    case .canary(let share, _), .linear(let share, _):
      guard share <= .none || share >= .whole else { return [] }
      return [
        StrategyProblem(
          key: key, message: "a part of \(share.plainText) is no step on the way",
          hint: "write a part between 0% and 100%, such as 10%")
      ]
    }
  }
}
