import LabKernel
import LabStrategies
import LabUnits

/// The fleet that stable alone would have had without a release: the autoscaler's replicas at the traffic's rate.
///
/// Every size of the release with an autoscaler is held against this fleet. It is played once for a scenario, by the
/// same arithmetic, syncs and readings as in a replication, with three simplifications: a new replica is ready after the
/// mean start-up, requests never wait from one moment to the next, and room on nodes is no concern.
struct SteadyFleet {
  /// The fleet from an instant on.
  struct Step: Equatable {
    var time: Instant
    /// Replicas asked for.
    var desired: Int
    /// Replicas that serve.
    var ready: Int
  }

  /// The fleet, in order of time; the first step is at zero.
  private(set) var steps: [Step]

  private struct Newcomers {
    var ready: Instant
    var count: Int
  }

  /// The fleet under an autoscaler.
  init(_ model: AutoscalerModel, scenario: Scenario, meanService: Double) {
    let replicas = scenario.service.replicas
    let workers = Double(scenario.service.workers)
    let horizon = Instant.zero + scenario.experiment.horizon
    let startup = scenario.service.readiness.ready(
      after: Span(seconds: scenario.service.startup.mean))
    let traffic = scenario.traffic.steps
    steps = [Step(time: .zero, desired: replicas, ready: replicas)]
    var autoscaling = FleetAutoscaling(model, replicas: replicas)
    var work = WorkDone()
    var cohorts = [Newcomers(ready: Instant(nanoseconds: .min), count: replicas)]
    var desired = replicas
    var ready = replicas
    var rateIndex = 0
    var now = Instant.zero
    var nextSync = Instant.zero + model.syncPeriod
    var nextReading = Instant.zero + model.metricsResolution
    while true {
      let nextRate = rateIndex + 1 < traffic.count ? traffic[rateIndex + 1].start : .distantFuture
      let nextReady = cohorts.first { $0.ready > now }?.ready ?? .distantFuture
      let next = min(nextSync, nextReading, nextRate, nextReady)
      guard next <= horizon else { break }
      let seconds = (next - now).seconds
      let present = Double(ready) * workers
      work.present += present * seconds
      work.busy += min(present, traffic[rateIndex].requestsPerSecond * meanService) * seconds
      now = next
      if now == nextRate { rateIndex += 1 }
      ready = cohorts.reduce(0) { $1.ready <= now ? $0 + $1.count : $0 }
      if now == nextSync {
        nextSync = now + model.syncPeriod
        if let reading = autoscaling.reading(before: now) {
          let latest = Instant(
            nanoseconds: reading.time.nanoseconds - model.metricsResolution.nanoseconds)
          let measured = cohorts.reduce(0) { $1.ready <= latest ? $0 + $1.count : $0 }
          let pods = PodUsage(
            measured: measured, utilization: reading.utilization.stable,
            unready: desired - measured)
          let size = model.rules.sync(
            current: desired, pods: pods, history: &autoscaling.histories.stable, at: now)
          if size > desired {
            cohorts.append(Newcomers(ready: now + startup, count: size - desired))
          } else if size < desired {
            Self.remove(desired - size, from: &cohorts)
          }
          desired = size
          ready = cohorts.reduce(0) { $1.ready <= now ? $0 + $1.count : $0 }
        }
      }
      if now == nextReading {
        nextReading = now + model.metricsResolution
        autoscaling.read(PerVersion(work, WorkDone()), at: now)
      }
      note(Step(time: now, desired: desired, ready: ready))
    }
  }

  /// The integral of the replicas asked for, in replica-nanoseconds.
  func replicaNanoseconds(until horizon: Instant) -> Int128 {
    integral(until: horizon) { $0.desired }
  }

  /// The integral of a number that follows from the fleet, in nanoseconds of one.
  func integral(until horizon: Instant, of value: (Step) -> Int) -> Int128 {
    var sum = Int128(0)
    for (index, step) in steps.enumerated() {
      let end = index + 1 < steps.count ? steps[index + 1].time : horizon
      sum += Int128(value(step)) * Int128(max(0, (end - step.time).nanoseconds))
    }
    return sum
  }

  /// Newer replicas go first, as a ReplicaSet deletes those that were ready for a shorter time.
  private static func remove(_ count: Int, from cohorts: inout [Newcomers]) {
    var left = count
    while left > 0, let last = cohorts.indices.last {
      let taken = min(left, cohorts[last].count)
      cohorts[last].count -= taken
      left -= taken
      if cohorts[last].count == 0 { cohorts.removeLast() }
    }
  }

  private mutating func note(_ step: Step) {
    let last = steps[steps.count - 1]
    guard step.desired != last.desired || step.ready != last.ready else { return }
    if last.time == step.time { steps[steps.count - 1] = step } else { steps.append(step) }
  }
}
