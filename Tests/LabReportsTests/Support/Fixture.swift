import LabStrategies
import LabUnits
import StrategyLab

/// An experiment made up for the tests: plausible, deterministic, and small enough to read.
struct Fixture: Sendable {
  var record: ExperimentRecord
  var comparison: Comparison

  /// How one made-up strategy behaves.
  struct Profile {
    var name: String
    var kind: String
    var outline: [String]
    var duration: Double
    var detection: Double?
    var rollback: Double
    var exposure: Double
    var peak: Double
    var infrastructure: Double
    var people: Double
    var downtime = 0.0
    var stallEvery: Int?
    var missEvery: Int?
  }

  static let profiles: [Profile] = [
    Profile(
      name: "recreate", kind: "recreate",
      outline: ["Stop all 40 replicas of stable.", "Start 40 replicas of the candidate."],
      duration: 75, detection: 190, rollback: 70, exposure: 0.34, peak: 1, infrastructure: -0.4,
      people: 12, downtime: 41),
    Profile(
      name: "rolling-update", kind: "rolling",
      outline: [
        "Replace replicas with at most 10 above and 10 below the desired 40.",
        "Watch for 5 min after the last replica is available.",
      ],
      duration: 310, detection: 150, rollback: 140, exposure: 0.27, peak: 1.25,
      infrastructure: 0.35,
      people: 18),
    Profile(
      name: "blue-green", kind: "blue-green",
      outline: [
        "Provision 40 replicas of the candidate beside stable.",
        "Check the candidate with synthetic requests for 2 min.", "Switch all traffic at once.",
        "Keep stable for 10 min, then retire it.",
      ],
      duration: 830, detection: 95, rollback: 2, exposure: 0.22, peak: 2, infrastructure: 9.8,
      people: 21, stallEvery: 17),
    Profile(
      name: "canary-5-25-50", kind: "canary",
      outline: [
        "Send 5% of requests to the candidate for 5 min.", "Send 25% for 10 min.",
        "Send 50% for 10 min.", "Promote.",
      ],
      duration: 1_720, detection: 170, rollback: 3, exposure: 0.021, peak: 1.5, infrastructure: 4.6,
      people: 27, missEvery: 19),
    Profile(
      name: "shadow-then-switch", kind: "shadow",
      outline: [
        "Mirror 20% of requests to the candidate for 15 min.", "Switch all traffic at once.",
      ],
      duration: 1_480, detection: 240, rollback: 2, exposure: 0.06, peak: 2, infrastructure: 13.1,
      people: 24),
  ]

  /// Five strategies, fifty replications: what a user would see.
  static func realistic(replications: Int = 50) -> Fixture {
    replications == 50 ? fifty : makeRealistic(replications)
  }

  private static let fifty = makeRealistic(50)

  private static func makeRealistic(_ replications: Int) -> Fixture {
    Fixture(
      profiles: profiles, replications: replications, defectProbability: 0.25,
      timelines: FixtureTimelines.all)
  }

  /// Two strategies and six replications: small enough for golden files.
  static func small() -> Fixture {
    Fixture(
      profiles: [profiles[1], profiles[3]], replications: 6, defectProbability: 0.4, desired: 2,
      timelines: { index in
        index == 0 ? [FixtureTimelines.tiny(index)] : FixtureTimelines.tinyCanary(index)
      })
  }

  init(
    profiles: [Profile], replications: Int, defectProbability: Double,
    desired: Int = 40, timelines: (Int) -> [Timeline]
  ) {
    let header = ExperimentRecord.Header(
      scenarioName: "checkout", scenarioTitle: "Checkout service on a weekday morning",
      scenarioText: "name: checkout\n", scenarioHash: "9f2c4e51d0b7a386", programVersion: "0.1.0",
      seed: 42, replications: replications, precisionMillionths: nil,
      horizonNanoseconds: 7_200_000_000_000, desiredReplicas: desired,
      defectProbability: defectProbability, baselineIndex: 0,
      strategies: profiles.map {
        ExperimentRecord.Strategy(name: $0.name, kind: $0.kind, outline: $0.outline)
      },
      assumptions: [
        Assumption(path: "service.replicas", value: "\(desired)", isGiven: true, source: ""),
        Assumption(path: "traffic.rate", value: "1200/s", isGiven: true, source: ""),
        Assumption(
          path: "service.terminationGrace", value: "30s", isGiven: false,
          source: "Kubernetes: pod.spec.terminationGracePeriodSeconds"),
        Assumption(
          path: "costs.perHarmedUser", value: "$0.25", isGiven: false,
          source: "assumption of StrategyLab"),
      ])
    var runs: [RunResult] = []
    for (index, profile) in profiles.enumerated() {
      for replication in 0..<replications {
        runs.append(
          Self.run(
            profile, index: index, replication: replication, probability: defectProbability))
      }
    }
    record = ExperimentRecord(
      header: header, runs: runs, timelines: profiles.indices.flatMap(timelines))
    // A timeline belongs to a replication that drew a defect, or none, as the timeline does.
    for index in record.timelines.indices {
      let timeline = record.timelines[index]
      let run = runs.first {
        $0.strategyIndex == timeline.strategyIndex
          && ($0.defect != nil) == (timeline.defect != nil)
          && $0.outcome == (timeline.defect == nil ? .promoted : .rolledBack)
      }
      record.timelines[index].replication = run?.replication ?? 0
      record.timelines[index].defect = run?.defect
    }
    comparison = FixtureStatistics.comparison(of: record)
  }

  /// A number from 0 to 1 that depends on nothing but its keys.
  static func noise(_ keys: Int...) -> Double {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for key in keys {
      state = (state ^ UInt64(key &+ 1)) &* 0xBF58_476D_1CE4_E5B9
      state ^= state >> 29
      state = state &* 0x94D0_49BB_1331_11EB
      state ^= state >> 32
    }
    return Double(state >> 40) / Double(1 << 24)
  }

  private static func run(_ profile: Profile, index: Int, replication: Int, probability: Double)
    -> RunResult
  {
    let isDefective = noise(replication, 1) < probability
    let defect = isDefective ? (noise(replication, 2) < 0.7 ? "errors" : "latency") : nil
    let own = 0.7 + 0.6 * noise(replication, index, 3)
    let size = 0.3 + 1.4 * noise(replication, 4)
    let isStalled = !isDefective && profile.stallEvery.map { replication % $0 == 3 } ?? false
    let isMissed = isDefective && profile.missEvery.map { replication % $0 == 1 } ?? false
    var values = MetricValues()
    values[.requestsTotal] = 8_640_000 + Double(Int(4_000 * noise(replication, 5)))
    values[.peakReplicaRatio] = profile.peak
    values[.peakReplicas] = 40 * profile.peak
    values[.downtime] = profile.downtime * own
    values[.mixedVersion] = profile.duration * 0.6 * own
    values[.extraInfrastructureCost] = profile.infrastructure * own
    values[.peopleCost] = profile.people * own + (isDefective ? 60 * size : 0)
    let outcome: ReleaseOutcome
    if isStalled {
      outcome = .stalled
    } else if isDefective, !isMissed {
      outcome = .rolledBack
      let detection = (profile.detection ?? 100) * own / size
      values[.detection] = detection
      values[.rollback] = profile.rollback * own
      values[.restore] = profile.rollback * own * 1.1
      values[.exposedUsersAtDecision] = min(1, profile.exposure * own / size)
      values[.exposedUsers] = values[.exposedUsersAtDecision]
      values[.harmedUsers] = profile.exposure * own * 0.15
      values[.excessFailures] = (9_000_000 * profile.exposure * 0.01 * own).rounded()
      values[.failureCost] = 90 * profile.exposure * own
    } else {
      outcome = .promoted
      values[.releaseDuration] = profile.duration * own
      values[.trafficComplete] = profile.duration * own * 0.8
      values[.exposedUsers] = 1
      values[.harmedUsers] = isMissed ? 0.15 : 0
      values[.excessFailures] = isMissed ? 80_000 : profile.downtime * 1200
      values[.failureCost] = isMissed ? 400 : profile.downtime * 1.4
    }
    values[.totalCost] =
      (values[.extraInfrastructureCost] ?? 0) + (values[.failureCost] ?? 0)
      + (values[.peopleCost] ?? 0)
    return RunResult(
      strategyIndex: index, replication: replication, outcome: outcome, defect: defect,
      stallReason: isStalled ? "waits for quota: 14 replicas pending" : nil, metrics: values)
  }
}
