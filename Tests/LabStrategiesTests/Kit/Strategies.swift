import LabStrategies
import LabUnits

/// The strategies with the defaults of their parameters, as a scenario would give them.
enum Standard {
  static let quarter = ReplicaQuantity.share(.percent(25))
  static let whole = ReplicaQuantity.share(.whole)

  static let recreate = Recreate()
  static let rollingUpdate = RollingUpdate(maxSurge: quarter, maxUnavailable: quarter)
  static let blueGreen = BlueGreen(
    preview: whole, checks: .minutes(1), checkRate: 5, hold: .seconds(30), analysis: true,
    abortDelay: .seconds(30))
  static let canary = Canary(
    steps: [10, 20, 30, 40, 50].map { .init(weight: .percent($0), pause: .minutes(1)) },
    routing: .weighted, maxSurge: quarter, maxUnavailable: quarter, analysis: true,
    scaleDownDelay: .seconds(30), abortDelay: .seconds(30))
  static let canaryByReplicas = Canary(
    steps: [10, 20, 30, 40, 50].map { .init(weight: .percent($0), pause: .minutes(1)) },
    routing: .replicas, maxSurge: quarter, maxUnavailable: quarter, analysis: true,
    scaleDownDelay: .seconds(30), abortDelay: .seconds(30))
  static let abTest = ABTest(
    cohort: .percent(50), duration: .minutes(30), falseAlarms: .percent(5),
    scaleDownDelay: .seconds(30), abortDelay: .seconds(30))
  static let shadow = Shadow(
    mirror: .whole, duration: .minutes(10), hold: .seconds(30), analysis: true,
    abortDelay: .seconds(30))

  static let all: [any PhasedStrategy] = [
    recreate, rollingUpdate, blueGreen, canary, canaryByReplicas, abTest, shadow,
  ]
}
