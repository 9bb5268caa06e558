import LabStrategies
import LabUnits
import Testing

@Suite struct PhaseControllerTests {
  private let whole = FleetObservation(
    now: .zero, desiredReplicas: 4,
    stable: ReplicaCounts(desired: 4, ready: 4, available: 4), candidate: ReplicaCounts(),
    route: .allStable)

  private func orders(
    _ controller: inout PhaseController, _ fleet: FleetObservation
  ) -> [ReleaseOrder] {
    var orders: [ReleaseOrder] = []
    controller.reconcile(fleet, into: &orders)
    // Which step begins says the suite of steps.
    return orders.filter { if case .begin = $0 { false } else { true } }
  }

  private func controller(_ phases: ReleasePhase...) -> PhaseController {
    PhaseController(.sideBySide(phases, abortDelay: .seconds(30)))
  }

  @Test func aGoalThatIsReachedIsPassedOverWithoutAWord() {
    var controller = controller(
      .provision(.stable, .share(.whole)), .shiftTraffic(to: .allStable),
      .hold(.zero, analysed: true), .retire(.candidate))
    #expect(orders(&controller, whole) == [.finish(.promoted)])
    #expect(orders(&controller, whole) == [])
  }

  @Test func setsTheRouteOfThePlanFirst() {
    var controller = controller(.retire(.candidate))
    var fleet = whole
    fleet.route = .byReplicaShare
    #expect(
      orders(&controller, fleet) == [
        .announce("sends all traffic to stable"), .route(.allStable),
      ])
    #expect(orders(&controller, whole) == [.finish(.promoted)])
  }

  @Test func provisionsInPartsRoundedUp() {
    var controller = controller(.provision(.candidate, .share(.percent(30))))
    #expect(
      orders(&controller, whole) == [
        .announce("scales the candidate from 0 to 2 replicas"), .scale(.candidate, to: 2),
      ])
    var fleet = whole
    fleet.candidate = ReplicaCounts(desired: 2, starting: 1, ready: 1, available: 1)
    #expect(orders(&controller, fleet) == [])
    fleet.candidate = ReplicaCounts(desired: 2, ready: 2, available: 1)
    #expect(orders(&controller, fleet) == [])
    fleet.candidate.available = 2
    #expect(orders(&controller, fleet) == [.finish(.promoted)])
  }

  @Test func waitsForEveryRouter() {
    var controller = controller(.shiftTraffic(to: .allCandidate))
    #expect(
      orders(&controller, whole) == [
        .announce("sends all traffic to the candidate"), .route(.allCandidate),
      ])
    var fleet = whole
    fleet.route = .allCandidate
    fleet.isRouteSettled = false
    #expect(orders(&controller, fleet) == [])
    fleet.isRouteSettled = true
    #expect(orders(&controller, fleet) == [.finish(.promoted)])
  }

  @Test func anAnalysisStartsOnceAndStopsAtItsEnd() {
    var controller = controller(.analyse(.health, for: .minutes(1)))
    #expect(
      orders(&controller, whole) == [
        .announce("watches the candidate for 1m"), .startAnalysis(.health),
        .wake(at: .zero + .minutes(1)),
      ])
    var fleet = whole
    fleet.verdict = .healthy
    #expect(orders(&controller, fleet) == [])
    fleet.now = .zero + .minutes(1)
    #expect(orders(&controller, fleet) == [.concludeAnalysis])
    #expect(orders(&controller, fleet) == [])
    fleet.verdict = .passed
    #expect(orders(&controller, fleet) == [.stopAnalysis, .finish(.promoted)])
  }

  @Test func anAnalysisGoesOnOverWatchedHolds() {
    var controller = controller(
      .hold(.minutes(1), analysed: true), .hold(.minutes(1), analysed: true),
      .hold(.minutes(1), analysed: false))
    var fleet = whole
    var given = orders(&controller, fleet)
    fleet.verdict = .healthy
    for minute in 1...3 {
      fleet.now = .zero + .minutes(minute)
      given += orders(&controller, fleet)
    }
    #expect(given.filter { $0 == .startAnalysis(.health) }.count == 2)
    #expect(given.filter { $0 == .stopAnalysis }.count == 1)
    #expect(given.firstIndex(of: .stopAnalysis).map { given[$0 + 1] } == .announce("waits 1m"))
    #expect(given.last == .finish(.promoted))
  }

  @Test func aVerdictAtTheVeryEndStillCounts() {
    var controller = controller(
      .provision(.candidate, .count(1)), .analyse(.health, for: .minutes(1)))
    var fleet = whole
    _ = orders(&controller, fleet)
    fleet.candidate = ReplicaCounts(desired: 1, ready: 1, available: 1)
    _ = orders(&controller, fleet)
    fleet.now = .zero + .minutes(1)
    fleet.verdict = .failed
    #expect(
      orders(&controller, fleet) == [
        .announce("rolls back: the analysis found the candidate worse than allowed"),
        .stopAnalysis, .announce("waits 30s"), .wake(at: .zero + .seconds(90)),
      ])
  }

  @Test func anUnwatchedHoldIgnoresVerdicts() {
    var controller = controller(.hold(.minutes(1), analysed: false))
    _ = orders(&controller, whole)
    var fleet = whole
    fleet.verdict = .failed
    #expect(orders(&controller, fleet) == [])
  }

  @Test func anOrderedRollbackStopsTheAnalysis() {
    var controller = controller(
      .provision(.candidate, .count(1)), .analyse(.health, for: .minutes(1)))
    var fleet = whole
    _ = orders(&controller, fleet)
    fleet.candidate = ReplicaCounts(desired: 1, ready: 1, available: 1)
    _ = orders(&controller, fleet)
    fleet.verdict = .healthy
    fleet.isRollbackOrdered = true
    #expect(
      orders(&controller, fleet).prefix(2) == [
        .announce("rolls back: it was ordered"), .stopAnalysis,
      ])
  }

  @Test func aLineIsWrittenOnce() {
    var controller = controller(
      .announce("step 1 of 1"), .provision(.candidate, .count(1)))
    #expect(
      orders(&controller, whole) == [
        .announce("step 1 of 1"), .announce("scales the candidate from 0 to 1 replicas"),
        .scale(.candidate, to: 1),
      ])
  }

  @Test func retiringDoesNotWaitForTheDrain() {
    var controller = controller(.retire(.stable))
    #expect(
      orders(&controller, whole) == [
        .announce("removes the stable replicas"), .scale(.stable, to: 0),
      ])
    var fleet = whole
    fleet.stable = ReplicaCounts(desired: 0, terminating: 4)
    #expect(orders(&controller, fleet) == [.finish(.promoted)])
  }
}
