import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// The fluid backlog against its own arithmetic; the figures are those of scipy 1.17.1.
struct ModelFluidQueueTests {
  struct Overload: CustomTestStringConvertible {
    var arrivals: Double
    var capacityDuring: Double
    var capacityAfter: Double
    var duration: Double
    var peak: Double
    var drain: Double
    var requestSeconds: Double

    var testDescription: String { "\(arrivals)/s on \(capacityDuring)/s for \(duration) s" }
  }

  static let overloads = [
    Overload(
      arrivals: 100, capacityDuring: 80, capacityAfter: 150, duration: 60, peak: 1200, drain: 24,
      requestSeconds: 50_400),
    Overload(
      arrivals: 900, capacityDuring: 750, capacityAfter: 1000, duration: 120, peak: 18_000,
      drain: 180, requestSeconds: 2_700_000),
  ]

  @Test(arguments: overloads) func backlogGrowsAndDrainsAsAFluid(_ overload: Overload) {
    var queue = FluidQueue()
    let during = queue.advance(
      seconds: overload.duration, arrivals: overload.arrivals, capacity: overload.capacityDuring,
      timeout: 1000)
    #expect(abs(queue.backlog - overload.peak) < 1e-9 * overload.peak)
    #expect(during.lost == 0)
    #expect(during.overloadedSeconds == overload.duration)
    let after = queue.advance(
      seconds: 1000, arrivals: overload.arrivals, capacity: overload.capacityAfter, timeout: 1000)
    #expect(queue.backlog == 0)
    #expect(abs(after.overloadedSeconds - overload.drain) < 1e-9 * overload.drain)
    #expect(abs(after.steadySeconds - (1000 - overload.drain)) < 1e-9)
    // The integral of the backlog is mean wait times capacity times time, by Little's law.
    let waited =
      during.overloadedWait * overload.capacityDuring * during.overloadedSeconds
      + after.overloadedWait * overload.capacityAfter * after.overloadedSeconds
    #expect(abs(waited - overload.requestSeconds) < 1e-9 * overload.requestSeconds)
  }

  @Test(arguments: overloads) func piecesOfAnOverloadAddUpToTheWhole(_ overload: Overload) {
    var whole = FluidQueue()
    var pieces = FluidQueue()
    let timeout = overload.peak / overload.capacityDuring / 2
    let once = whole.advance(
      seconds: overload.duration, arrivals: overload.arrivals, capacity: overload.capacityDuring,
      timeout: timeout)
    var lost = 0.0
    for _ in 0..<12 {
      lost +=
        pieces.advance(
          seconds: overload.duration / 12, arrivals: overload.arrivals,
          capacity: overload.capacityDuring, timeout: timeout
        ).lost
    }
    #expect(abs(whole.backlog - pieces.backlog) < 1e-6)
    #expect(once.lost > 0)
    #expect(abs(once.lost - lost) < 1e-6)
  }

  @Test func nobodyWaitsBeyondTheTimeout() {
    var queue = FluidQueue()
    // 20 a second too many fill 80/s x 10 s in 40 s; the other 20 s lose 400.
    let outcome = queue.advance(seconds: 60, arrivals: 100, capacity: 80, timeout: 10)
    #expect(queue.backlog == 800)
    #expect(outcome.lost == 400)
    #expect(abs(outcome.overloadedWait - (5.0 * 40 + 10 * 20) / 60) < 1e-12)
  }

  @Test func aLossOfCapacityLosesWhoWouldWaitTooLong() {
    var queue = FluidQueue()
    _ = queue.advance(seconds: 40, arrivals: 100, capacity: 80, timeout: 10)
    let outcome = queue.advance(seconds: 1, arrivals: 0, capacity: 20, timeout: 10)
    #expect(outcome.lost == 600)
    #expect(queue.backlog == 180)
  }

  @Test func withoutServersEverythingIsLost() {
    var queue = FluidQueue()
    _ = queue.advance(seconds: 10, arrivals: 100, capacity: 80, timeout: 10)
    let outcome = queue.advance(seconds: 2, arrivals: 100, capacity: 0, timeout: 10)
    #expect(outcome.lost == 400)
    #expect(queue.backlog == 0)
    #expect(queue.drop() == 0)
  }

  @Test func aQueueInBalanceHasNoBacklog() {
    var queue = FluidQueue()
    let outcome = queue.advance(seconds: 5, arrivals: 79, capacity: 80, timeout: 10)
    #expect(outcome.steadySeconds == 5)
    #expect(outcome.overloadedSeconds == 0)
    #expect(outcome.lost == 0)
    #expect(queue.backlog == 0)
    let full = queue.advance(seconds: 5, arrivals: 80, capacity: 80, timeout: 10)
    #expect(full.overloadedSeconds == 5)
    #expect(queue.backlog == 0)
  }

  @Test func anOverloadThatHasSettledIsInBalance() {
    var queue = FluidQueue()
    // 10 a second more than can be served; 50 wait in balance, and the wait grows to 0.5 s in 5 s.
    let outcome = queue.advance(
      seconds: 20, arrivals: 110, capacity: 100, timeout: 10, settled: 50)
    #expect(queue.backlog == 50)
    #expect(outcome.overloadedSeconds == 5)
    #expect(outcome.steadySeconds == 15)
    #expect(outcome.waits == (0, 0.5))
    #expect(outcome.lost == 0)
    // It drains as it grew.
    let drained = queue.advance(seconds: 20, arrivals: 90, capacity: 100, timeout: 10)
    #expect(drained.overloadedSeconds == 5)
    #expect(drained.waits == (0.5, 0))
  }
}
