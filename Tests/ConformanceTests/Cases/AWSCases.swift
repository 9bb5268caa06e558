import LabStrategies
import LabUnits

/// The rules of `aws_traffic.json`.
enum AWSCases {
  static let rules: [String: CaseRule] = [
    "customShift": shift, "predefinedShift": shift,
    "ecsCircuitBreaker": circuitBreaker, "ecsNativeDefaults": nativeDefaults,
    "ecsNativeLinearWaits": linearWaits, "ecsRolling": rolling,
    "minimumHealthyHosts": minimumHealthyHosts,
  ]

  /// A percentage exact in millionths; one that no service accepts counts as the nearest that is.
  private static func share(_ percent: Double) -> Share {
    Share(millionths: Int64((min(max(percent, 0), 100_000) * 10_000).rounded()))
  }

  /// A whole number as far as services count: below 0 as 0, and at most a billion.
  private static func count(_ value: CaseValue) -> Int? {
    value.integer.map { min(max($0, 0), 1_000_000_000) }
  }

  /// A number, also one that is written as a text.
  private static func number(_ value: CaseValue) -> Double? {
    value.number ?? value.text.flatMap(Double.init)
  }

  /// A span of at most about two years; no service waits longer.
  private static func span(minutes: Double) -> Span {
    Span(seconds: 60 * min(max(minutes, 0), 1e6))
  }

  private static func minutes(_ span: Span) -> CaseValue { .number(span.seconds / 60) }

  private static func shift(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let part = share(number(input["percent"]) ?? 100)
    let interval = span(minutes: number(input["intervalMinutes"]) ?? 0)
    // Where the case has a published name, the preset of that name is what has to answer.
    let preset = CodeDeployPreset.named(input["config"].text ?? one.wording)?.shift
    let shift: TrafficShift? =
      switch (input["type"].text ?? one.wording).lowercased() {
      case let type where type.contains("allatonce"): .allAtOnce
      case let type where type.contains("canary"): .canary(share: part, interval: interval)
      case let type where type.contains("linear"): .linear(step: part, interval: interval)
      default: nil
      }
    guard let played = preset ?? shift else {
      throw NotApplicable("the shift is of no type that CodeDeploy knows")
    }
    return [
      "newVersionPercentAtMinute": .list(
        played.schedule.map { change in
          [minutes(change.after), .number(Double(change.weight.share.millionths) / 10_000)]
        }),
      "minutesFirstToLastShift": minutes(played.duration),
    ]
  }

  private static func circuitBreaker(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let value = count(input["value"]) ?? 50
    let kind: ECSCircuitBreaker.Kind =
      switch input["type"].text {
      case "COUNT": .count(value)
      case "UNBOUNDED_PERCENT": .unboundedShare(.percent(value))
      default: .boundedShare(.percent(value))
      }
    return [
      "failureThreshold": .integer(
        ECSCircuitBreaker.failureThreshold(desired: count(input["desired"]) ?? 0, kind))
    ]
  }

  private static func nativeDefaults(_ one: ConformanceCase) throws -> CaseValue {
    let form: NativeECS.Form =
      one.wording.contains("linear")
      ? .linear : one.wording.contains("canary") ? .canary : .blueGreen
    let deployment = NativeECS(form)
    return [
      "percent": .number(deployment.part.fraction * 100),
      "bakeMinutes": minutes(deployment.stepBake),
    ]
  }

  private static func linearWaits(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let deployment = NativeECS(
      .linear, part: share(input["stepPercent"].number ?? 10),
      stepBake: input["stepBakeMinutes"].number.map(span(minutes:)),
      bake: span(minutes: input["bakeMinutes"].number ?? 0))
    return [
      "stepsThatWait": .integer(deployment.shift.waits),
      "minutesToFullTraffic": minutes(deployment.shift.duration),
      "minutesWithBake": minutes(deployment.leastDuration),
    ]
  }

  private static func rolling(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let limits = ECSLimits(
      desired: count(input["desired"]) ?? 0,
      minimumHealthy: share(input["minimumHealthyPercent"].number ?? 100),
      maximum: share(input["maximumPercent"].number ?? 200))
    return ["lowest": .integer(limits.lowest), "highest": .integer(limits.highest)]
  }

  private static func minimumHealthyHosts(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let hosts = count(input["instances"]) ?? 0
    let healthy: MinimumHealthyHosts
    if let minimum = count(input["minimumHealthy"]) {
      healthy = MinimumHealthyHosts(.count(minimum), of: hosts)
    } else if let percent = input["minimumHealthyPercent"].number {
      healthy = MinimumHealthyHosts(.share(share(percent)), of: hosts)
    } else {
      let name = input["config"].text ?? MinimumHealthyHosts.Preset.oneAtATime.rawValue
      guard let preset = MinimumHealthyHosts.Preset(name: name) else {
        throw NotApplicable("'\(name)' is no configuration that CodeDeploy publishes")
      }
      healthy = MinimumHealthyHosts(preset, of: hosts)
    }
    return [
      "minimumHealthy": .integer(healthy.minimum), "batch": .integer(healthy.batch),
      "failsImmediately": .flag(healthy.failsImmediately),
      "failuresThatStop": .integer(healthy.failuresThatStop),
      "successNeedsAtLeast": .integer(healthy.successNeedsAtLeast),
    ]
  }
}
