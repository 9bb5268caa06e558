import LabUnits

/// All strategies that a scenario can name.
public enum StrategyRegistry {
  /// Every strategy, in the order in which reports and the reference list them.
  public static let all: [any ReleaseStrategy.Type] = [
    Recreate.self, RollingUpdate.self, BlueGreen.self, Canary.self, ABTest.self, Shadow.self,
    ArgoCanary.self, ArgoBlueGreen.self, FlaggerCanary.self,
    CodeDeploy.self, ECSRolling.self, NativeECS.self, CodeDeployHosts.self,
  ]

  /// How a scenario file writes a strategy.
  public static let family = VariantFamily(
    name: "strategy",
    commonParameters: [
      .optional(
        "name", .text,
        "What reports call this strategy; needed when a kind stands in the list twice. Default: the kind."
      )
    ],
    forms: all.map {
      VariantForm(name: $0.kind, summary: $0.summary, parameters: $0.parameters)
    })

  /// The strategy of the given kind with the given parameters; nil if there is no such kind.
  public static func strategy(kind: String, values: ParameterValues) -> (any ReleaseStrategy)? {
    all.first { $0.kind == kind }?.init(values)
  }
}
