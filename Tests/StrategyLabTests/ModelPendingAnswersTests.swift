import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Where answers take long, the flow counts a request when it is known what becomes of it.
@Suite struct ModelPendingAnswersTests {
  /// Seconds of a mean answer.
  private static let mean = 240.0

  private static func scenario(_ adjust: (inout Scenario) -> Void = { _ in }) -> Scenario {
    plainScenario(replicas: 20, rate: 16, horizon: .hours(3), strategies: []) {
      $0.service.workers = 400
      $0.service.serviceTime = .exponential(mean: .seconds(240))
      $0.service.timeout = .hours(4)
      $0.monitoring.scrapeInterval = .seconds(15)
      $0.monitoring.slowThreshold = .minutes(10)
      adjust(&$0)
    }
  }

  private static func flow(_ scenario: Scenario, isDefective: Bool = false) -> TrafficFlow {
    var flow = TrafficFlow(
      compiled: CompiledScenario(scenario), defectIndex: isDefective ? 0 : nil)
    flow.rate = 16
    flow.endpoints = PerVersion(scenario.service.replicas, 0)
    flow.answering = flow.endpoints
    return flow
  }

  private static func second(_ number: Double) -> Instant { .zero + Span(seconds: number) }

  /// Lets time pass in pieces, and takes what is known at its end.
  private static func pass(
    _ flow: inout TrafficFlow, from start: Double, to end: Double, every piece: Double = 15
  ) -> PerVersion<RequestMeans> {
    var time = start
    while time < end {
      let next = min(end, time + piece)
      flow.pass(from: second(time), to: second(next))
      flow.delayAnswers(from: second(time), to: second(next))
      time = next
    }
    return take(&flow)
  }

  private static func take(_ flow: inout TrafficFlow) -> PerVersion<RequestMeans> {
    flow.collectAnswers()
    defer { flow.means = PerVersion(RequestMeans(), RequestMeans()) }
    return flow.means
  }

  private static func count(_ means: RequestMeans) -> Double { means.arrived + means.lost }

  /// Answered by a time t of requests at a rate r from 0 on, whose answers take an exponential time of mean s:
  /// r (t - s (1 - e^(-t/s))).
  private static func answered(by time: Double) -> Double {
    16 * (time - mean * (1 - Elementary.exponential(-time / mean)))
  }

  @Test(arguments: [15.0, 5, 4])
  func exponentialAnswersComeAsTheyShould(_ piece: Double) {
    var flow = Self.flow(Self.scenario())
    var known = 0.0
    for reading in 1...240 {
      let (start, end) = (Double(reading - 1) * 15, Double(reading) * 15)
      known += Self.count(Self.pass(&flow, from: start, to: end, every: piece).stable)
      let expected = Self.answered(by: end)
      #expect(abs(known - expected) < 2e-4 * 16 * Self.mean, "\(known) by \(end) s: \(expected)")
    }
  }

  @Test func slowAnswersComeLaterThanFastOnes() {
    var flow = Self.flow(Self.scenario())
    let early = Self.pass(&flow, from: 0, to: 600).stable
    #expect(early.slow == 0)
    #expect(abs(early.fast - Self.answered(by: 600)) < 1)
    // Who arrived by t - 600 and has answers between 600 and the time that has passed since.
    let late = Self.pass(&flow, from: 600, to: 1200).stable
    let exceeded = Elementary.exponential(-600 / Self.mean)
    #expect(abs(late.slow - exceeded * Self.answered(by: 600)) < 1)
    #expect(abs(early.fast + late.fast + late.slow - Self.answered(by: 1200)) < 1)
  }

  @Test func answersOfOneLengthComeAllAtOnceAfterIt() {
    var flow = Self.flow(Self.scenario { $0.service.serviceTime = .fixed(.seconds(100)) })
    #expect(Self.count(Self.pass(&flow, from: 0, to: 90).stable) < 1e-6)
    #expect(abs(Self.count(Self.pass(&flow, from: 90, to: 120).stable) - 16 * 20) < 1e-4)
    #expect(abs(Self.count(Self.pass(&flow, from: 120, to: 240).stable) - 16 * 120) < 1e-4)
  }

  @Test func whoWaitsInVainFailsAtTheTimeout() {
    var flow = Self.flow(Self.scenario { $0.service.timeout = .minutes(4) })
    let early = Self.pass(&flow, from: 0, to: 240).stable
    #expect(early.failedAnyway == 0)
    let late = Self.pass(&flow, from: 240, to: 480).stable
    // One in e takes longer than the mean.
    #expect(abs(late.failedAnyway - 16 * 240 * Elementary.exponential(-1)) < 1)
  }

  @Test func whatADeletedReplicaHoldsIsLostWhenItIsKilled() {
    let scenario = Self.scenario { $0.service.terminationGrace = .minutes(4) }
    var flow = Self.flow(scenario)
    let before = Self.count(Self.pass(&flow, from: 0, to: 7200).stable)
    // After thirty means hardly anybody is left of those who came before the release.
    let held = 16.0 / 20 * Self.mean * Elementary.exponential(-1)
    flow.cutOffLater(.stable, among: 20, since: .zero, at: Self.second(7200))
    flow.endpoints.stable = 19
    flow.answering.stable = 19
    let waiting = Self.pass(&flow, from: 7200, to: 7425).stable
    #expect(waiting.lost == 0)
    let killed = Self.pass(&flow, from: 7425, to: 7440).stable
    #expect(abs(killed.lost - held) < 1e-3 * held)
    let rest = Self.pass(&flow, from: 7440, to: 9000).stable
    #expect(rest.lost == 0)
    flow.closeQueues()
    let end = Self.take(&flow).stable
    let all = before + [waiting, killed, rest, end].reduce(0) { $0 + Self.count($1) }
    #expect(abs(all - 16 * 9000) < 1e-3)
  }

  @Test func replicasThatAreDeletedTogetherLoseWhatTheyHoldOnce() {
    let scenario = Self.scenario { $0.service.terminationGrace = .minutes(4) }
    var flow = Self.flow(scenario)
    // They are killed within a bin of the time grid.
    _ = Self.pass(&flow, from: 0, to: 7207)
    flow.follow(.allCandidate)
    flow.endpoints.candidate = 20
    flow.answering.candidate = 20
    _ = Self.pass(&flow, from: 7207, to: 7230)
    for left in (1...20).reversed() {
      flow.cutOffLater(.stable, among: left, since: .zero, at: Self.second(7230))
      flow.endpoints.stable = left - 1
      flow.answering.stable = left - 1
    }
    flow.closeQueues()
    // What came until 23 s before takes longer than four minutes more.
    let held = 16 * Self.mean * Elementary.exponential(-(240.0 + 23) / Self.mean)
    let lost = Self.take(&flow).stable.lost
    #expect(abs(lost / held - 1) < 2e-3, "\(lost) instead of \(held)")
  }

  @Test func whoStillWaitsAtTheEndFailsAsOthersDo() {
    let scenario = Self.scenario {
      $0.service.workers = 100
      $0.service.baselineFailures = .percent(10)
    }
    var flow = Self.flow(scenario)
    let known = Self.pass(&flow, from: 0, to: 3600).stable
    #expect(flow.waiting.stable > 1000)
    flow.closeQueues()
    let end = Self.take(&flow).stable
    #expect(abs(known.failedAnyway + end.failedAnyway - 0.1 * 16 * 3600) < 1)
    #expect(abs(Self.count(known) + Self.count(end) - 16 * 3600) < 1e-6)
  }

  @Test(arguments: 0..<8) func everyRequestIsCountedOnce(_ number: Int) {
    var stream = RandomStream(seed: 4, replication: number, purpose: RandomPurpose(rawValue: 1))
    let scenario = Self.scenario {
      $0.service.terminationGrace = .minutes(2)
      if number % 4 < 2 {
        $0.service.preStop = .seconds(5)
        $0.service.endpointPropagation = .seconds(5)
      }
      $0.service.baselineFailures = .percent(1)
      $0.service.timeout = number % 2 == 0 ? .minutes(9) : .hours(4)
      $0.release = certain(.failing(0.2))
    }
    var flow = Self.flow(scenario, isDefective: true)
    flow.endpoints.candidate = 12
    flow.answering.candidate = 12
    var arrived = 0.0
    var counted = 0.0
    var others = 0.0
    func note(_ means: PerVersion<RequestMeans>) {
      counted += Self.count(means.stable) + Self.count(means.candidate)
    }
    var time = 0.0
    for _ in 0..<200 {
      let end = time + (1 + 20 * stream.nextUnit()).rounded()
      arrived += flow.rate * (end - time)
      let known = Self.pass(&flow, from: time, to: end, every: 30)
      for means in [known.stable, known.candidate] {
        for part in [means.fast, means.slow, means.failedAnyway, means.failedByDefect] {
          #expect(part >= 0)
        }
      }
      note(known)
      time = end
      switch stream.index(below: 6) {
      case 0: flow.rate = 4 + 20 * stream.nextUnit()
      case 1:
        guard flow.answering.candidate > 1 else { continue }
        flow.loseHeld(of: .candidate, since: .zero, at: Self.second(time))
        flow.answering.candidate -= 1
      case 2:
        for version in ReleaseVersion.allCases where flow.answering[version] > 3 {
          flow.cutOffLater(
            version, among: flow.answering[version], since: .zero, at: Self.second(time))
          // Requests from before the release are lost too, and have been counted nowhere.
          guard version == .stable else { continue }
          others += 16.0 / 20 * Self.mean * Elementary.exponential(-(120 + time) / Self.mean)
        }
        flow.endpoints.stable = max(1, flow.endpoints.stable - 1)
        flow.answering.stable = flow.endpoints.stable
      default: break
      }
    }
    flow.closeQueues()
    note(Self.take(&flow))
    #expect(abs(counted - arrived - others) < 1e-6 * arrived, "\(counted), \(arrived) + \(others)")
  }

  @Test func shortAnswersAreCountedAtOnce() {
    // A hundredth of 15 s.
    for (milliseconds, isDelayed) in [(140, false), (160, true)] {
      let scenario = Self.scenario {
        $0.service.serviceTime = .exponential(mean: .milliseconds(milliseconds))
      }
      #expect((AnswerGrid(scenario) != nil) == isDelayed)
    }
  }

  @Test func whoWaitsForTheCandidateHasNotMetIt() {
    let scenario = Self.scenario {
      $0.users.requestsPerSession = 1
      $0.users.population = 10_000
    }
    var flow = Self.flow(scenario)
    flow.endpoints = PerVersion(0, 20)
    flow.answering = PerVersion(0, 20)
    flow.follow(.allCandidate)
    for minutes in [1.0, 4, 20] {
      _ = Self.pass(&flow, from: minutes == 1 ? 0 : minutes == 4 ? 60 : 240, to: minutes * 60)
      let known = flow.answers.map { flow.users.fractions($0.usersMet) }
      // With a gamma shape of 1 a user has met none of m sessions with probability 1 / (1 + m / N).
      let expected = 1 - 1 / (1 + Self.answered(by: minutes * 60) / 10_000)
      #expect(abs((known?.exposed ?? 0) - expected) < 1e-4)
    }
  }
}
