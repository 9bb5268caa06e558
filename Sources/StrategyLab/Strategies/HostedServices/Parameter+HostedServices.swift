import LabUnits

// Keys that several hosted services share.

extension Parameter {
  static let hooksBefore = Parameter.standard(
    "hooksBefore", .span(.zero ... .hours(6)), "0s",
    "How long the hooks take before traffic moves: after the installation, the test traffic and before the shift.",
    source: "AWS CodeDeploy user guide, AppSpec hooks: no hook runs where none is given")

  static let hooksAfter = Parameter.standard(
    "hooksAfter", .span(.zero ... .hours(1)), "0s",
    "How long the hook takes after all traffic has moved; a hook may take an hour.",
    source: "AWS CodeDeploy user guide, AppSpec hooks: no hook runs where none is given")

  static let terminationWait = Parameter.standard(
    "terminationWait", .anySpan, "1h",
    "How long the original tasks stay after the deployment succeeded; until then, a roll-back is a switch.",
    source: "AWS CodeDeploy user guide, tutorial for Amazon ECS: the console's default")

  static let alarms = Parameter.standard(
    "alarms", .flag, "true",
    "Whether the scenario's monitors are the alarms that roll the deployment back.",
    source: "assumption of StrategyLab: who shifts in steps has alarms that look at them")
}
