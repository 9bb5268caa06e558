import Testing

@testable import StrategyLab

/// Queues of exponential services; what is not cited was summed over all states with 40 digits.
struct TheoryMarkovianTests {
  @Test func oneWorkerHasTheFiguresOfTheTextbook() {
    let queue = MultiServerQueue(arrivalRate: 90, serviceRate: 100)
    #expect(agree(queue.meanPresent, 9, relative: 1e-13))
    #expect(agree(queue.meanWaiting, 8.1, relative: 1e-13))
    #expect(agree(queue.meanResponse, 0.1, relative: 1e-13))
    #expect(agree(queue.presentVariance, 90, relative: 1e-12))
    #expect(agree(queue.emptyProbability, 0.1, relative: 1e-13))
    // The response is exponential, so that its deviation is its mean.
    #expect(agree(queue.responseVariance, 0.01, relative: 1e-12))
    #expect(agree(queue.responseQuantile(0.99), 0.4605170185988091, relative: 1e-13))
    #expect(agree(queue.responseSurvival(0.3), 0.049787068367863944, relative: 1e-12))
  }

  /// Of the states: nobody there, and the variance of the number present.
  @Test(
    arguments: [
      (0.5, 1.0, 1, 0.5, 2.0), (1.6, 1, 2, 1.0 / 9, 20.246913580246914),
      (9, 1, 10, 6.9596874242813583e-5, 93.14832438121779),
      (16, 1, 20, 1.0306871915087162e-7, 28.266831895671344),
      (3, 1, 200, 0.049787068367863943, 3),
    ] as [(Double, Double, Int, Double, Double)])
  func statesHaveTheirProbabilities(
    rate: Double, service: Double, workers: Int, empty: Double, variance: Double
  ) {
    let queue = MultiServerQueue(arrivalRate: rate, serviceRate: service, workers: workers)
    #expect(agree(queue.emptyProbability, empty, relative: 1e-11, absolute: 0))
    #expect(agree(queue.presentVariance, variance, relative: 1e-11))
  }

  /// scipy 1.17.1.
  @Test(
    arguments: [
      (2, 1.0, 3.506557897319981, 0.974411605189929, 5.66596068379299),
      (10, 9, 4.2027975773320145, 1.329091868577832, 6.2498766988540275),
      (100, 90, 0.3077037941386871, 0.7169286366156595, 4.6289887561082494),
    ] as [(Int, Double, Double, Double, Double)])
  func percentilesOfWaitAndResponse(
    workers: Int, rate: Double, wait99: Double, response50: Double, response99: Double
  ) {
    let queue = MultiServerQueue(arrivalRate: rate, serviceRate: 1, workers: workers)
    #expect(agree(queue.waitQuantile(0.99), wait99, relative: 1e-11))
    #expect(agree(queue.responseQuantile(0.5), response50, relative: 1e-11))
    #expect(agree(queue.responseQuantile(0.99), response99, relative: 1e-11))
    #expect(queue.waitQuantile(0.01) == 0)
    #expect(queue.responseQuantile(0) == 0)
  }

  /// Where the queue drains as fast as a worker serves, the two exponential laws are one of Erlang.
  @Test(arguments: [1 - 1e-9, 1, 1 + 1e-9])
  func equalRatesLeaveNoGap(nearly: Double) {
    let queue = MultiServerQueue(arrivalRate: nearly, serviceRate: 1, workers: 2)
    let atOnce = 0.1353352832366127  // exp(-2), then 2 exp(-2) of Erlang's law.
    #expect(agree(queue.responseSurvival(2), atOnce * (1 + 2 / 3.0), relative: 1e-8))
  }

  @Test func fullLoadHasNoSteadyStateAndNoLoadNoWait() {
    for rate in [10.0, 12, 1e300] {
      let queue = MultiServerQueue(arrivalRate: rate, serviceRate: 1, workers: 10)
      #expect(!queue.isStable && queue.waitingProbability == 1)
      #expect(queue.meanWait == .infinity && queue.meanPresent == .infinity)
      #expect(queue.responseQuantile(0.5) == .infinity && queue.responseSurvival(1e9) == 1)
      #expect(queue.presentVariance == .infinity && queue.emptyProbability == 0)
    }
    let idle = MultiServerQueue(arrivalRate: 0, serviceRate: 2, workers: 3)
    #expect(idle.meanWait == 0 && idle.meanResponse == 0.5 && idle.meanPresent == 0)
    #expect(idle.emptyProbability == 1 && idle.presentVariance == 0)
    #expect(agree(idle.responseQuantile(0.5), 0.34657359027997264, relative: 1e-14))
  }

  /// Erlang's loss formula with 40 digits.
  @Test(
    arguments: [
      (1_000, 900.0, 5.9298626701462239e-5), (1_001, 950, 0.0034514121366568037),
      (5_000, 5_000, 0.011199358278505486), (100_000, 99_500, 0.00038144239405902955),
      (20_000, 30_000, 0.33339996005190025), (1, 1, 0.5), (10, 5, 0.01838457033664814),
      (0, 3, 1), (7, 0, 0),
    ] as [(Int, Double, Double)])
  func lossOfManyWorkers(workers: Int, load: Double, expected: Double) {
    let system = LossSystem(arrivalRate: load, meanService: 1, workers: workers)
    #expect(agree(system.blockingProbability, expected, relative: 1e-11, absolute: 0))
    let summed = ErlangLoss.probability(workers: workers, offeredLoad: load)
    #expect(agree(summed, expected, relative: 1e-11, absolute: 0))
  }

  @Test func aThousandMillionWorkersAreNoBurden() {
    let queue = MultiServerQueue(arrivalRate: 9.999e8, serviceRate: 1, workers: 1_000_000_000)
    #expect(queue.waitingProbability > 0 && queue.waitingProbability < 0.01)
    let idle = MultiServerQueue(arrivalRate: 5e8, serviceRate: 1, workers: 1_000_000_000)
    #expect(idle.waitingProbability == 0 && idle.meanWait == 0)
    #expect(idle.responseQuantile(0.5) > 0.69 && idle.responseQuantile(0.5) < 0.7)
  }

  @Test func threeLoadsOfTheAnalyticLossAgreeWithTheirThroughput() {
    let system = LossSystem(arrivalRate: 15, meanService: 1, workers: 20)
    #expect(agree(system.throughput, 15 * (1 - 0.04559321558981184), relative: 1e-11))
    #expect(agree(system.utilisation, system.throughput / 20, relative: 1e-14))
    #expect(LossSystem(arrivalRate: 3, meanService: 1, workers: 0).throughput == 0)
  }
}
