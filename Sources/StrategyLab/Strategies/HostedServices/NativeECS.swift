import LabUnits

/// The deployments with two task sets that Amazon ECS runs itself: canary, linear and blue/green.
///
/// A new service revision is scaled up whole, traffic shifts, and after a bake time with both revisions
/// running the old one is removed. Until then a roll-back sends the traffic back at once.
///
/// Source: Amazon ECS, API reference, `DeploymentConfiguration`, `CanaryConfiguration` and
/// `LinearConfiguration`.
public struct NativeECS: PhasedStrategy, StepwiseStrategy, Hashable {
  /// How the traffic shifts.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// A part first, then all.
    case canary
    /// Equal parts.
    case linear
    /// All at once.
    case blueGreen = "blue-green"

    /// The part of the traffic that moves at a time where none is given.
    public var standardPart: Share {
      switch self {
      case .canary: .percent(5)
      case .linear: .percent(10)
      case .blueGreen: .whole
      }
    }

    /// The pause after a part where none is given.
    public var standardPause: Span {
      switch self {
      case .canary: .minutes(10)
      case .linear: .minutes(6)
      case .blueGreen: .zero
      }
    }
  }

  /// The strategy's name in scenario files.
  public static let kind = "ecs-native"
  /// What the strategy is.
  public static let summary =
    "Scales up a whole new revision and shifts the traffic to it as the controller of Amazon ECS does."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "form", .choice(Form.allCases.map { $0.rawValue }), "canary", "How the traffic shifts.",
      source: "assumption of StrategyLab: the form that looks before it moves all"),
    .optional(
      "percent", .part,
      "The part of the traffic that moves at a time. Default: 5% for canary, 10% for linear.",
      source: "Amazon ECS, API reference, CanaryConfiguration and LinearConfiguration"),
    .optional(
      "stepBake", .span(.zero ... .minutes(1440)),
      "The pause after a part. Default: 10m for canary, 6m for linear.",
      source: "Amazon ECS, API reference, CanaryConfiguration and LinearConfiguration"),
    .standard(
      "bake", .span(.zero ... .minutes(1440)), "0s",
      "How long both revisions run after all traffic has shifted; until then, a roll-back is a switch.",
      source: "Amazon ECS, API reference, bakeTimeInMinutes: none where it is absent"),
    .hooksBefore, .hooksAfter, .alarms,
  ]

  /// How the traffic shifts.
  public let form: Form
  /// The part that moves at a time; nil for the form's own.
  public let part: Share
  /// The pause after a part.
  public let stepBake: Span
  /// How long both revisions run after the shift.
  public let bake: Span
  /// How long the hooks before the traffic take.
  public let hooksBefore: Span
  /// How long the hooks after the traffic take.
  public let hooksAfter: Span
  /// Whether alarms roll back.
  public let alarms: Bool

  /// A deployment; what is left out is as the service fills it in.
  public init(
    _ form: Form, part: Share? = nil, stepBake: Span? = nil, bake: Span = .zero,
    hooksBefore: Span = .zero, hooksAfter: Span = .zero, alarms: Bool = true
  ) {
    self.form = form
    self.part = part ?? form.standardPart
    self.stepBake = stepBake ?? form.standardPause
    self.bake = bake
    self.hooksBefore = hooksBefore
    self.hooksAfter = hooksAfter
    self.alarms = alarms
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      Form(rawValue: values.text("form")) ?? .canary,
      part: values.has("percent") ? values.share("percent") : nil,
      stepBake: values.has("stepBake") ? values.span("stepBake") : nil, bake: values.span("bake"),
      hooksBefore: values.span("hooksBefore"), hooksAfter: values.span("hooksAfter"),
      alarms: values.flag("alarms"))
  }

  /// The schedule of the shift; no pause follows the last part.
  public var shift: TrafficShift {
    switch form {
    case .canary: .canary(share: part, interval: stepBake)
    case .linear: .linear(step: part, interval: stepBake)
    case .blueGreen: .allAtOnce
    }
  }

  /// Scale up, run the hooks, shift, bake, remove the old revision.
  public var plan: ReleasePlan {
    .sideBySide(
      [.provision(.candidate, .share(.whole)), .hold(hooksBefore, analysed: false)]
        + shift.phases(analysed: alarms)
        + [
          .hold(hooksAfter, analysed: alarms), .hold(bake, analysed: alarms), .retire(.stable),
        ], abortDelay: .zero)
  }

  /// Whether the part lies in the range that the service accepts.
  public func problems(replicas: Int) -> [StrategyProblem] {
    let least: Share = form == .linear ? .percent(3) : Share(millionths: 1000)
    guard form != .blueGreen, part < least || part.millionths % 1000 != 0 else { return [] }
    return [
      StrategyProblem(
        key: "percent",
        message: "\(part.plainText) is not a multiple of 0.1% from \(least.plainText) to 100%",
        hint: "write a part such as \(form.standardPart.plainText)")
    ]
  }
}
