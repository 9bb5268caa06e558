import LabStrategies
import LabUnits
import Testing

@Suite struct StrategyRegistryTests {
  @Test func listsTheStrategiesInTheOrderOfTheReference() {
    #expect(
      StrategyRegistry.all.map { $0.kind } == [
        "recreate", "rolling-update", "blue-green", "canary", "ab-test", "shadow", "argo-canary",
        "argo-blue-green", "flagger", "code-deploy", "ecs-rolling", "ecs-native",
        "code-deploy-hosts",
      ])
    #expect(StrategyRegistry.family.forms.map(\.name) == StrategyRegistry.all.map { $0.kind })
  }

  @Test func everyDefaultHasASource() {
    for type in StrategyRegistry.all {
      for parameter in type.parameters {
        #expect(!parameter.source.isEmpty, "\(type.kind): \(parameter.key)")
      }
      #expect(Set(type.parameters.map(\.key)).count == type.parameters.count)
      #expect(type.summary.hasSuffix("."))
    }
  }

  @Test func everyStrategyComesFromItsValues() throws {
    let quarter = ParameterValue.replicas(Standard.quarter)
    let half = ParameterValue.span(.seconds(30))
    let steps = [10, 20, 30, 40, 50].map { percent in
      ParameterValue.section(
        ParameterValues(["weight": .share(.percent(percent)), "pause": .span(.minutes(1))]))
    }
    let values = ParameterValues([
      "maxSurge": quarter, "maxUnavailable": quarter, "preview": .replicas(Standard.whole),
      "checks": .span(.minutes(1)), "checkRate": .number(5), "hold": half,
      "analysis": .flag(true), "abortDelay": half, "scaleDownDelay": half, "steps": .list(steps),
      "routing": .text("weighted"), "cohort": .share(.percent(50)),
      "falseAlarms": .share(.percent(5)), "mirror": .share(.whole),
      "duration": .span(.minutes(10)),
    ])
    #expect(RollingUpdate(values) == Standard.rollingUpdate)
    #expect(BlueGreen(values) == Standard.blueGreen)
    #expect(Canary(values) == Standard.canary)
    #expect(Shadow(values) == Standard.shadow)
    #expect(ABTest(values).falseAlarms == .percent(5))
    // The controllers' own tests read their keys.
    for type in StrategyRegistry.all.prefix(6) {
      let strategy = try #require(StrategyRegistry.strategy(kind: type.kind, values: values))
      #expect(strategy.problems(replicas: 40) == [], "\(type.kind)")
      #expect(!strategy.outline(replicas: 40).isEmpty)
    }
    #expect(StrategyRegistry.strategy(kind: "big-bang", values: values) == nil)
  }
}
