import Testing

@testable import StrategyLab

/// Erlang's formulas against the values of scipy 1.17.1.
struct ModelErlangCTests {
  @Test(arguments: [
    (1, 1.0, 0.5), (2, 1.0, 0.2), (10, 5.0, 0.01838457033664814), (20, 15.0, 0.04559321558981184),
    (100, 90.0, 0.026957380464359214),
  ])
  func lossProbabilityIsErlangB(_ workers: Int, _ load: Double, _ expected: Double) {
    let blocking = ErlangC.blockingProbability(workers: workers, offeredLoad: load)
    #expect(abs(blocking - expected) < 1e-12)
  }

  @Test(arguments: [
    (2, 1.0, 1.0 / 3), (2, 1.6, 0.7111111111111112), (5, 4.0, 0.5541125541125543),
    (10, 9.0, 0.6687315241076972), (20, 16.0, 0.2560777938390579), (20, 18.0, 0.5507690048161179),
    (50, 40.0, 0.08695254952676605), (100, 90.0, 0.21694048090636645),
    (200, 190.0, 0.3652638565625462),
  ])
  func waitingProbabilityIsErlangC(_ workers: Int, _ load: Double, _ expected: Double) {
    let waiting = ErlangC.waitingProbability(workers: workers, offeredLoad: load)
    #expect(abs(waiting - expected) < 1e-12)
  }

  @Test func oneWorkerMakesWaitAsManyAsItIsBusy() {
    for load in [0.1, 0.5, 0.9] {
      #expect(abs(ErlangC.waitingProbability(workers: 1, offeredLoad: load) - load) < 1e-15)
    }
  }

  @Test func atFullLoadEverybodyWaitsAndWithoutLoadNobody() {
    #expect(ErlangC.waitingProbability(workers: 8, offeredLoad: 8) == 1)
    #expect(ErlangC.waitingProbability(workers: 8, offeredLoad: 80) == 1)
    #expect(ErlangC.waitingProbability(workers: 8, offeredLoad: 0) == 0)
  }
}
