import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// How often sessions meet the other version, against closed forms.
struct ModelSessionMemoryTests {
  /// Ten requests in five minutes; at 10 requests a second 300 sessions run.
  private static var memory: SessionMemory {
    SessionMemory(
      users: UserModel(
        population: 1000, activity: .fixed, requestsPerSession: 10, sessionDuration: .minutes(5),
        stickiness: .session))
  }

  @Test(arguments: [(0.1, 0.18), (0.3, 0.42), (0.5, 0.5), (0.9, 0.18)])
  func consecutiveRequestsDifferTwoTimesWTimesOneMinusW(_ weight: Double, _ share: Double) {
    var memory = Self.memory
    _ = memory.passUnstuck(seconds: 1e6, rate: 10, share: weight)
    let before = memory.changes
    _ = memory.passUnstuck(seconds: 100, rate: 10, share: weight)
    // Nine of ten requests follow another one of their session.
    #expect(abs(memory.changes - before - 10 * 0.9 * 100 * share) < 1e-6)
  }

  @Test func aSwitchChangesEachRunningSessionOnceThatSendsAnotherRequest() {
    var memory = Self.memory
    _ = memory.passUnstuck(seconds: 1000, rate: 10, share: 0)
    #expect(memory.changes == 0)
    _ = memory.passUnstuck(seconds: 1e5, rate: 10, share: 1)
    #expect(abs(memory.changes - 270) < 1e-9)
    #expect(memory.law.running(rate: 10) == 300)
    #expect(abs(memory.continuing(rate: 10) - 270) < 1e-12)
    _ = memory.passUnstuck(seconds: 1000, rate: 10, share: 1)
    #expect(abs(memory.changes - 270) < 1e-9)
  }

  @Test func piecesOfTimeAddUpToTheWhole() {
    var whole = Self.memory
    var pieces = Self.memory
    _ = whole.passUnstuck(seconds: 120, rate: 10, share: 0.25)
    for _ in 0..<60 { _ = pieces.passUnstuck(seconds: 2, rate: 10, share: 0.25) }
    #expect(abs(whole.changes - pieces.changes) < 1e-9)
    var mean = 0.0
    var stuck = Self.memory
    for _ in 0..<60 { mean += stuck.passStuck(seconds: 2, rate: 10, weight: 0.25).share / 60 }
    var once = Self.memory
    let wholeMean = once.passStuck(seconds: 120, rate: 10, weight: 0.25).share
    #expect(abs(wholeMean - mean) < 1e-12)
    #expect(abs(once.stuck - stuck.stuck) < 1e-12)
  }

  @Test func stickingSessionsFollowTheWeightAsTheyEnd() {
    var memory = Self.memory
    // After 300 s x ln 2 half of the way is gone; the mean of the exponential until then is 1 - 1/(2 ln 2).
    // One request in ten is a session's first, which follows the weight at once.
    let half = 300 * 0.6931471805599453
    let mean = memory.passStuck(seconds: half, rate: 10, weight: 0.5).share
    #expect(abs(memory.stuck - 0.25) < 1e-12)
    let further = 0.5 * (1 - 0.5 / 0.6931471805599453)
    #expect(abs(mean - (0.1 * 0.5 + 0.9 * further)) < 1e-12)
    #expect(abs(memory.stuckShare(weight: 0.5) - (0.1 * 0.5 + 0.9 * 0.25)) < 1e-12)
    #expect(memory.changes == 0)
  }

  @Test func sessionsThatLoseTheirReplicaChooseByTheWeightOfTheirNextRequest() {
    var memory = Self.memory
    // Half of stable's 300 sessions lose their replica; requests and ends come to each at 10 in 300 s.
    memory.loosen(0.5, of: .stable)
    #expect(memory.changes == 0)
    #expect(abs(memory.stuckShare(weight: 0.4) - (0.1 * 0.4 + 0.9 * 0.5 * 0.4)) < 1e-12)
    // After 30 s x ln 2 half of them have chosen, 9 of 10 of those by a request; the others choose by another weight.
    let half = 30 * 0.6931471805599453
    let first = memory.passStuck(seconds: half, rate: 10, weight: 0.4)
    #expect(abs(first.toCandidate - 75 * 0.9 * 0.4) < 1e-9)
    #expect(first.toStable == 0)
    #expect(abs(memory.loose.stable - 0.25) < 1e-12)
    let second = memory.passStuck(seconds: 1e4, rate: 10, weight: 0.8)
    #expect(abs(second.toCandidate - 75 * 0.9 * 0.8) < 1e-9)
    #expect(abs(memory.changes - 75 * 0.9 * 1.2) < 1e-9)
    #expect(!memory.hasLoose)
    #expect(abs(memory.stuck - 0.8) < 1e-9)
  }

  @Test func piecesOfTimeAddUpToTheWholeWhereSessionsAreLoose() {
    var whole = Self.memory
    whole.loosen(0.7, of: .stable)
    _ = whole.passStuck(seconds: 10, rate: 10, weight: 0.5)
    whole.loosen(0.3, of: .candidate)
    var pieces = whole
    let once = whole.passStuck(seconds: 60, rate: 10, weight: 0.25)
    var (share, changes) = (0.0, 0.0)
    for _ in 0..<60 {
      let passed = pieces.passStuck(seconds: 1, rate: 10, weight: 0.25)
      share += passed.share / 60
      changes += passed.toStable + passed.toCandidate
    }
    #expect(abs(once.share - share) < 1e-12)
    #expect(once.toStable > 0)
    #expect(abs(once.toStable + once.toCandidate - changes) < 1e-9)
    #expect(abs(whole.stuck - pieces.stuck) < 1e-12)
    #expect(abs(whole.lastMet - pieces.lastMet) < 1e-12)
  }

  @Test func movedSessionsChangeOnceEach() {
    var memory = Self.memory
    #expect(abs(memory.move(to: 1, rate: 10) - 270) < 1e-12)
    #expect(abs(memory.move(to: 0.75, rate: 10) - 67.5) < 1e-12)
    #expect(abs(memory.changes - 337.5) < 1e-12)
    #expect(memory.stuck == 0.75)
  }
}
