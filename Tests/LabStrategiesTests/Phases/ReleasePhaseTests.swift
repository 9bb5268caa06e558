import LabStrategies
import LabUnits
import Testing

@Suite struct ReleasePhaseTests {
  @Test(arguments: [
    (
      ReleasePhase.restore(.stable), "bring stable back to 8 replicas if it was scaled down"
    ),
    (
      .recreate(with: .stable),
      "stop all candidate replicas, wait until the last is gone, then start 8 stable replicas"
    ),
    (
      .shiftReplicas(to: .percent(90), maxSurge: .count(1), maxUnavailable: .count(0)),
      "move to 7 candidate and 1 stable replica: at most 1 extra, at most 0 missing"
    ),
    (.shiftTraffic(to: .byReplicaShare), "send every endpoint its share of the traffic"),
    (
      .shiftTraffic(to: TrafficRoute(.weighted(TrafficWeight(Share(millionths: 5000))))),
      "send 0.5% of the traffic to the candidate"
    ),
    (.hold(.seconds(5400), analysed: false), "wait 1h30m"),
  ])
  func saysWhatATextbookSays(phase: ReleasePhase, sentence: String) {
    #expect(phase.sentence(replicas: 8) == sentence)
  }

  @Test func anAnnouncementIsNoSentenceOfItsOwn() {
    #expect(ReleasePhase.announce("step 1 of 2").sentence(replicas: 8) == nil)
  }

  @Test func onlyWaitsTakeTimeByThemselves() {
    #expect(ReleasePhase.hold(.minutes(2), analysed: true).leastDuration == .minutes(2))
    #expect(ReleasePhase.analyse(.health, for: .minutes(3)).leastDuration == .minutes(3))
    #expect(ReleasePhase.provision(.candidate, .count(3)).leastDuration == .zero)
  }

  @Test func aSwitchNeedsNoRouterThatSplits() {
    #expect(!ReleasePhase.shiftTraffic(to: .allCandidate).needsTrafficRouting)
    #expect(ReleasePhase.shiftTraffic(to: TrafficRoute(.cohort(.percent(5)))).needsTrafficRouting)
    #expect(
      ReleasePhase.shiftTraffic(
        to: TrafficRoute(.weighted(.allStable), mirrored: .whole)
      ).needsTrafficRouting)
  }
}
