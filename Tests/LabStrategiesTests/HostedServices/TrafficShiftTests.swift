import LabStrategies
import LabUnits
import Testing

@Suite struct TrafficShiftTests {
  /// AWS CodeDeploy user guide, predefined configurations for ECS and Lambda: name, first and last minute, changes.
  @Test(
    arguments: [
      ("ECSLinear10PercentEvery1Minutes", 9, 10), ("ECSLinear10PercentEvery3Minutes", 27, 10),
      ("ECSCanary10Percent5Minutes", 5, 2), ("ECSCanary10Percent15Minutes", 15, 2),
      ("ECSAllAtOnce", 0, 1), ("LambdaCanary10Percent5Minutes", 5, 2),
      ("LambdaCanary10Percent10Minutes", 10, 2), ("LambdaCanary10Percent15Minutes", 15, 2),
      ("LambdaCanary10Percent30Minutes", 30, 2), ("LambdaLinear10PercentEvery1Minute", 9, 10),
      ("LambdaLinear10PercentEvery2Minutes", 18, 10),
      ("LambdaLinear10PercentEvery3Minutes", 27, 10),
      ("LambdaLinear10PercentEvery10Minutes", 90, 10), ("LambdaAllAtOnce", 0, 1),
    ])
  func publishedPresetsTakeTheirTime(_ name: String, minutes: Int, changes: Int) throws {
    let preset = try #require(CodeDeployPreset.named("CodeDeployDefault." + name))
    #expect(preset == CodeDeployPreset.named(name))
    #expect(preset.shift.duration == .minutes(minutes))
    #expect(preset.shift.schedule.count == changes)
    #expect(preset.shift.schedule.last?.weight == .allCandidate)
    if changes > 1 { #expect(preset.shift.schedule.first?.weight == .percent(10)) }
  }

  @Test func thereAreFourteenPresetsAndNoOther() {
    #expect(CodeDeployPreset.all.count == 14)
    #expect(CodeDeployPreset.named("CodeDeployDefault.ECSCanary10Percent") == nil)
  }

  /// AWS CloudFormation, AWS::ECS::Service LinearConfiguration: its formula for the number of pauses.
  @Test(arguments: [(10, 9), (11, 9), (50, 1), (100, 0), (30, 3), (25, 3)])
  func aLinearShiftPausesAfterEachPartButTheLast(_ percent: Int, waits: Int) {
    let native = NativeECS(.linear, part: .percent(percent))
    #expect(native.shift.waits == waits)
    #expect(native.shift.duration == .minutes(6 * waits))
  }

  /// Amazon ECS, API reference, CanaryConfiguration and LinearConfiguration.
  @Test func nativeDeploymentsHaveTheirDefaults() {
    #expect(NativeECS(.canary).shift == .canary(share: .percent(5), interval: .minutes(10)))
    #expect(NativeECS(.linear).shift == .linear(step: .percent(10), interval: .minutes(6)))
    #expect(NativeECS(.blueGreen).shift == .allAtOnce)
    #expect(NativeECS(.linear, part: .percent(2)).problems(replicas: 3).map(\.key) == ["percent"])
  }

  /// Amazon ECS, API reference, DeploymentConfiguration: down for the maximum, up for the minimum.
  @Test(
    arguments: [
      (4, 50, 200, 2, 8), (4, 100, 200, 4, 8), (3, 50, 150, 2, 4), (1, 50, 150, 1, 1),
      (5, 40, 130, 2, 6),
    ])
  func limitsRoundInwards(_ desired: Int, minimum: Int, maximum: Int, lowest: Int, highest: Int) {
    let limits = ECSLimits(
      desired: desired, minimumHealthy: .percent(minimum), maximum: .percent(maximum))
    #expect(limits.lowest == lowest)
    #expect(limits.highest == highest)
    #expect(limits.isStuck == (lowest == desired && highest == desired))
  }

  /// Amazon ECS developer guide: half of the desired tasks, at least 3, at most 200.
  @Test(arguments: [(1, 3), (2, 3), (6, 3), (25, 13), (400, 200), (800, 200)])
  func theCircuitBreakerIsBounded(_ desired: Int, threshold: Int) {
    #expect(ECSCircuitBreaker.failureThreshold(desired: desired) == threshold)
    #expect(ECSCircuitBreaker.failureThreshold(desired: desired, .count(7)) == 7)
  }

  /// AWS CodeDeploy user guide, "Instance health", its examples with 10 and 9 instances.
  @Test func hostsStayHealthyAsTheGuideSays() {
    let percent = MinimumHealthyHosts(.share(.percent(95)), of: 10)
    #expect(percent.minimum == 10)
    #expect(percent.failsImmediately)
    #expect(MinimumHealthyHosts(.count(9), of: 10).batch == 1)
    #expect(MinimumHealthyHosts(.count(8), of: 10).failuresThatStop == 2)
    #expect(MinimumHealthyHosts(.count(0), of: 10).batch == 10)
    #expect(MinimumHealthyHosts(.halfAtATime, of: 9).batch == 4)
    #expect(MinimumHealthyHosts(.halfAtATime, of: 9).successNeedsAtLeast == 5)
    #expect(MinimumHealthyHosts(.allAtOnce, of: 9).successNeedsAtLeast == 1)
    #expect(MinimumHealthyHosts(.oneAtATime, of: 9).batch == 1)
  }
}
