import LabUnits

/// A traffic shift that AWS CodeDeploy publishes under a name.
///
/// Source: AWS CodeDeploy user guide, "Predefined deployment configurations" for Amazon ECS and AWS
/// Lambda compute platforms.
public struct CodeDeployPreset: Sendable, Hashable {
  /// The prefix of every published name.
  public static let prefix = "CodeDeployDefault."

  /// The name without its prefix: `ECSLinear10PercentEvery1Minutes`.
  public let name: String
  /// What it does.
  public let shift: TrafficShift

  /// All published presets, those for ECS first.
  public static let all: [CodeDeployPreset] =
    [1, 3].map { linear("ECS", $0, "Minutes") } + [5, 15].map { canary("ECS", $0) }
    + [CodeDeployPreset(name: "ECSAllAtOnce", shift: .allAtOnce)]
    + [5, 10, 15, 30].map { canary("Lambda", $0) }
    + [1, 2, 3, 10].map { linear("Lambda", $0, $0 == 1 ? "Minute" : "Minutes") }
    + [CodeDeployPreset(name: "LambdaAllAtOnce", shift: .allAtOnce)]

  /// The preset of a name, with or without its prefix; nil if there is none.
  public static func named(_ name: String) -> CodeDeployPreset? {
    let bare = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return all.first { $0.name == bare }
  }

  private static func linear(_ platform: String, _ minutes: Int, _ unit: String) -> CodeDeployPreset
  {
    CodeDeployPreset(
      name: "\(platform)Linear10PercentEvery\(minutes)\(unit)",
      shift: .linear(step: .percent(10), interval: .minutes(minutes)))
  }

  private static func canary(_ platform: String, _ minutes: Int) -> CodeDeployPreset {
    CodeDeployPreset(
      name: "\(platform)Canary10Percent\(minutes)Minutes",
      shift: .canary(share: .percent(10), interval: .minutes(minutes)))
  }
}
