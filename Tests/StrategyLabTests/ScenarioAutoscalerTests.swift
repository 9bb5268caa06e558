import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The bounds of an autoscaler against each other and against the service.
struct ScenarioAutoscalerTests {
  private static let bounds: [(Int, Int, String?)] = [
    (2, 20, nil), (10, 10, nil),
    (20, 5, "autoscaler.maximum: maximum 5 is below the minimum of 20 -> write at least 20"),
    (
      11, 20,
      "autoscaler.minimum: minimum 11 is above the 10 replicas of the service -> write at most 10, or give the service more replicas"
    ),
    (
      2, 9,
      "autoscaler.maximum: maximum 9 is below the 10 replicas of the service -> write at least 10"
    ),
  ]

  @Test(arguments: bounds)
  func boundsHoldTheService(_ minimum: Int, _ maximum: Int, _ expected: String?) {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.autoscaler = AutoscalerModel(
        rules: HorizontalPodAutoscaler(minimum: minimum, maximum: maximum))
    }
    let found = scenario.problems().map { "\($0.path): \($0.message) -> \($0.hint)" }
    #expect(found == [expected].compactMap { $0 })
  }

  @Test func theDefaultsOfTheFileAreThoseOfTheArithmetic() {
    var values = ParameterValues([
      "minimum": .integer(1), "maximum": .integer(7), "target": .share(.percent(80)),
      "tolerance": .share(.percent(10)), "syncPeriod": .span(.seconds(15)),
      "metricsResolution": .span(.seconds(15)), "scope": .text("version"),
      "present": .text("existing"),
      "scaleUpPods": .integer(4), "scaleUpShare": .share(.whole),
      "scaleUpPeriod": .span(.seconds(15)), "scaleUpSelect": .text("max"),
      "scaleUpStabilization": .span(.zero), "scaleDownPods": .integer(0),
      "scaleDownShare": .share(.whole), "scaleDownPeriod": .span(.seconds(15)),
      "scaleDownSelect": .text("max"), "scaleDownStabilization": .span(.minutes(5)),
    ])
    #expect(
      AutoscalerModel(values)
        == AutoscalerModel(
          rules: HorizontalPodAutoscaler(maximum: 7), scope: .version, present: .existing))
    values["scaleUpShare"] = .share(.none)
    values["scaleDownSelect"] = .text("disabled")
    let rules = AutoscalerModel(values).rules
    #expect(rules.scaleUp.policies == [.init(.pods(4), per: .seconds(15))])
    #expect(rules.scaleDown.selection == .disabled)
  }

  @Test func everyDefaultHasASource() {
    for parameter in AutoscalerModel.parameters where parameter.key != "maximum" {
      #expect(!parameter.source.isEmpty, "\(parameter.key)")
    }
  }
}
