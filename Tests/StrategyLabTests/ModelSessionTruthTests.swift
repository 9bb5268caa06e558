import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Exposure, harm and version changes of the flow against users played request by request.
struct ModelSessionTruthTests {
  /// The same as the flow has it.
  private static func flow(_ play: SessionPlay) -> TrafficFlow {
    let scenario = plainScenario(
      replicas: 4, rate: play.rate, horizon: Span(seconds: SessionPlay.horizon), strategies: []
    ) {
      $0.service.workers = 10_000
      $0.users.population = play.users
      $0.users.activity = .gamma(shape: play.shape)
      $0.users.requestsPerSession = play.requests
      $0.users.sessionDuration = Span(seconds: play.duration)
      $0.users.stickiness =
        switch play.routing {
        case .anew: .none
        case .stuck, .byReplica: .session
        case .byUser: .user
        }
      var effect = DefectEffect.failing(play.hurt)
      effect.affectedUsers = play.affected
      effect.versionChangeFailureProbability = play.change
      $0.release = certain(effect)
    }
    var flow = TrafficFlow(compiled: CompiledScenario(scenario), defectIndex: 0)
    let replicas = SessionPlay.replicas
    flow.endpoints = PerVersion(replicas, play.routing == .byReplica ? 0 : replicas)
    flow.answering = PerVersion(replicas, Int(Double(flow.endpoints.candidate) * play.answered))
    flow.rate = play.rate
    var now = Instant.zero
    for (index, step) in play.steps.enumerated() {
      // Long pieces and short ones give the same.
      let start = Instant.zero + Span(seconds: step.start)
      if start > now { flow.pass(from: now, to: start) }
      now = start
      if play.routing == .byReplica {
        if flow.route.rule != .replicaShare { flow.follow(.byReplicaShare) }
        serve(&flow, step.replicas)
      }
      let weight = TrafficWeight(Self.share(step.weight))
      if play.routing != .byReplica {
        flow.follow(
          TrafficRoute(
            step.marked > 0
              ? .cohort(TrafficWeight(Self.share(step.marked)), others: weight)
              : .weighted(weight)))
      }
      let next = index + 1 < play.steps.count ? play.steps[index + 1].start : SessionPlay.horizon
      let end = Instant.zero + Span(seconds: next)
      while now < end {
        let until = min(end, now + .seconds(97))
        flow.pass(from: now, to: until)
        now = until
      }
    }
    return flow
  }

  /// Lets so many replicas of each version serve, new ones before others go.
  private static func serve(_ flow: inout TrafficFlow, _ replicas: (stable: Int, candidate: Int)) {
    for (version, count) in [
      (ReleaseVersion.stable, replicas.stable), (.candidate, replicas.candidate),
    ] {
      while flow.endpoints[version] < count {
        flow.endpoints[version] += 1
        flow.answering[version] += 1
      }
    }
    for (version, count) in [
      (ReleaseVersion.stable, replicas.stable), (.candidate, replicas.candidate),
    ] {
      while flow.endpoints[version] > count {
        let before = flow.endpoints[version]
        flow.endpoints[version] -= 1
        flow.answering[version] -= 1
        flow.lostEndpoint(of: version, before: before)
      }
    }
  }

  private static func share(_ part: Double) -> Share {
    Share(millionths: Int64((part * 1e6).rounded()))
  }

  static let plays: [SessionPlay] = [
    SessionPlay(name: "a canary of 5%", steps: [.init(start: 0, weight: 0.05)]),
    SessionPlay(
      name: "single requests", steps: [.init(start: 0, weight: 0.3)], requests: 1,
      sessionsPerUser: 3, hurt: 0.3),
    SessionPlay(
      name: "steps, half of them lost, a segment hurt",
      steps: [
        .init(start: 0, weight: 0.1), .init(start: 600, weight: 0.5),
        .init(start: 900, weight: 0),
      ], shape: 0.5, answered: 0.5, hurt: 0.2, affected: 0.3),
    SessionPlay(
      name: "by user", routing: .byUser,
      steps: [
        .init(start: 0, weight: 0.2), .init(start: 900, weight: 0.6),
        .init(start: 1000, weight: 0),
      ], hurt: 0.02),
    SessionPlay(
      name: "sticking sessions", routing: .stuck,
      steps: [.init(start: 0, weight: 0.2), .init(start: 1500, weight: 1)], answered: 0.75,
      hurt: 0.1),
    SessionPlay(
      name: "sticking sessions that go back", routing: .stuck,
      steps: [
        .init(start: 0, weight: 0.5), .init(start: 300, weight: 0), .init(start: 900, weight: 1),
      ], requests: 4, duration: 600, hurt: 0.05, affected: 0.5),
    SessionPlay(
      name: "a cohort beside a canary",
      steps: [.init(start: 0, weight: 0.1), .init(start: 600, marked: 0.3, weight: 0.1)],
      hurt: 0.1),
    SessionPlay(
      name: "a cohort beside sticking sessions", routing: .stuck,
      steps: [.init(start: 0, weight: 0.2), .init(start: 600, marked: 0.3, weight: 0.2)],
      hurt: 0.1),
    SessionPlay(
      name: "incompatible versions", steps: [.init(start: 0, weight: 0.1)], change: 0.3),
    SessionPlay(
      name: "incompatible versions and back",
      steps: [.init(start: 0, weight: 0.3), .init(start: 400, weight: 0)], requests: 3,
      change: 1),
    SessionPlay(
      name: "incompatible versions by user", routing: .byUser,
      steps: [.init(start: 0, weight: 0.3), .init(start: 600, weight: 1)], change: 0.5),
    SessionPlay(
      name: "incompatible versions where sessions stick", routing: .stuck,
      steps: [.init(start: 0, weight: 0.3), .init(start: 600, weight: 1)], change: 0.5),
    SessionPlay(
      name: "replicas one by one", routing: .byReplica,
      steps: [
        .init(start: 60, replicas: (3, 1)), .init(start: 75, replicas: (2, 2)),
        .init(start: 90, replicas: (1, 3)), .init(start: 105, replicas: (0, 4)),
      ], hurt: 0.01, affected: 0.6),
    SessionPlay(
      name: "replicas one by one, incompatible", routing: .byReplica,
      steps: [
        .init(start: 60, replicas: (3, 1)), .init(start: 100, replicas: (2, 2)),
        .init(start: 140, replicas: (1, 3)), .init(start: 180, replicas: (0, 4)),
      ], requests: 4, hurt: 0.02, change: 0.5),
    SessionPlay(
      name: "replicas that go long before their sessions choose again", routing: .byReplica,
      steps: [.init(start: 60, replicas: (1, 1)), .init(start: 70, replicas: (1, 7))],
      requests: 4, hurt: 0.02, change: 0.5),
    SessionPlay(
      name: "all replicas at once, and back", routing: .byReplica,
      steps: [
        .init(start: 60, replicas: (0, 0)), .init(start: 80, replicas: (0, 4)),
        .init(start: 600, replicas: (0, 0)), .init(start: 630, replicas: (4, 0)),
      ], hurt: 0.05, change: 0.8),
  ]

  @Test(arguments: plays)
  func theFlowIsWhatUsersMeet(_ play: SessionPlay) {
    let truth = play.play(seed: 4)
    let flow = Self.flow(play)
    func check(_ name: String, _ found: Double, _ expected: Double) {
      // Users are independent of one another; 3.9 standard deviations are one in ten thousand.
      let deviation = (max(expected * (1 - expected), 1e-4) / Double(play.users)).squareRoot()
      #expect(
        abs(found - expected) < 3.9 * deviation, "\(name): \(found) for \(expected)")
    }
    check("exposed", flow.users.exposedFraction, truth.exposed)
    check("harmed", flow.users.harmedFraction, truth.harmed)
    check("active", flow.users.activeFraction, truth.active)
    let changes = flow.sessions.changes / (play.rate * SessionPlay.horizon / play.requests)
    #expect(
      abs(changes - truth.changes) <= 3.9 * truth.changesError + 1e-9,
      "\(changes) for \(truth.changes) changes of version")
  }
}
