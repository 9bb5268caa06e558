import LabKernel
import Testing

@testable import StrategyLab

/// How workers fill that had nothing to do, against the closed form of as many servers as one could want.
struct ModelBusyWorkersTests {
  /// N(t) of M/M/∞ that begins empty: λ m (1 - e^(-t/m)).
  @Test(arguments: [10.0, 100, 1000])
  func freeWorkersFillAsWithoutALimit(_ time: Double) {
    var busy = BusyWorkers(busy: 0, workers: 1000)
    // At 2 requests a second of 100 s, 200 are busy in the long run.
    #expect(busy.advance(seconds: time, rate: 2, service: 100) == time)
    let expected = 200 * (1 - Elementary.exponential(-time / 100))
    #expect(abs(busy.busy - expected) < 1e-9)
  }

  @Test func anOverloadHasNoQueueBeforeAllAreBusy() {
    var busy = BusyWorkers(busy: 0, workers: 100)
    // 200 (1 - e^(-t/100)) is 100 after 100 ln 2.
    let free = busy.advance(seconds: 1000, rate: 2, service: 100)
    #expect(abs(free - 69.31471805599453) < 1e-9)
    #expect(busy.advance(seconds: 1000, rate: 2, service: 100) == 0)
  }

  @Test func piecesOfTimeComeToTheSame() {
    var whole = BusyWorkers(busy: 30, workers: 100)
    var pieces = whole
    let free = whole.advance(seconds: 90, rate: 1.5, service: 100)
    var sum = 0.0
    for _ in 0..<9 { sum += pieces.advance(seconds: 10, rate: 1.5, service: 100) }
    #expect(abs(sum - free) < 1e-9)
    let rest = (
      whole.advance(seconds: 1000, rate: 1.5, service: 100),
      pieces.advance(seconds: 1000, rate: 1.5, service: 100)
    )
    #expect(abs(rest.0 - rest.1) < 1e-9)
  }

  @Test func newWorkersAreFreeAndOldOnesTakeTheirWorkAlong() {
    var busy = BusyWorkers(busy: 100, workers: 100)
    #expect(busy.advance(seconds: 1, rate: 2, service: 100) == 0)
    busy.resize(200)
    // 200 - 100 e^(-t/100) never quite comes to 200.
    #expect(busy.advance(seconds: 500, rate: 2, service: 100) == 500)
    busy = BusyWorkers(busy: 100, workers: 200)
    busy.resize(100)
    // 50 of 100 are left: 300 - 250 e^(-t/100) is 100 after 100 ln 1.25.
    let free = busy.advance(seconds: 500, rate: 3, service: 100)
    #expect(abs(free - 22.314355131420976) < 1e-9)
  }

  @Test func whoWaitsHasFoundNobodyFree() {
    var busy = BusyWorkers(busy: 0, workers: 10)
    busy.fill()
    #expect(busy.advance(seconds: 5, rate: 2, service: 10) == 0)
  }
}
