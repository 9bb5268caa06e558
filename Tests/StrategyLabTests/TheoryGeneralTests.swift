import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// Queues of general services, networks, planning and the laws that hold for all.
struct TheoryGeneralTests {
  /// Pollaczek and Khinchine; the last is lognormal with deviation 1 of the logarithm.
  @Test(
    arguments: [
      (0.8, 1.0, 0.0, 2.0), (9, 0.1, 0, 0.45), (0.8, 1, 4, 10), (0.8, 1, 1, 4),
      (50, 0.015, 1.718281828459045, 0.061161341140328514),
    ] as [(Double, Double, Double, Double)])
  func oneWorkerOfAnyLaw(rate: Double, service: Double, variation: Double, wait: Double) {
    let queue = SingleWorkerQueue(
      arrivalRate: rate, meanService: service, squaredVariation: variation)
    #expect(agree(queue.meanWait, wait, relative: 1e-12))
    #expect(agree(queue.meanPresent, rate * (wait + service), relative: 1e-12))
  }

  @Test func theWaitOfExponentialServicesHasTheVarianceOfMM1() {
    let general = SingleWorkerQueue(arrivalRate: 0.8, service: .exponential(mean: .seconds(1)))
    let exponential = MultiServerQueue(arrivalRate: 0.8, serviceRate: 1)
    #expect(agree(general.waitVariance(thirdMoment: 6), exponential.waitVariance, relative: 1e-12))
  }

  @Test func heavyTailsAndFullLoadWaitForEver() {
    let heavy = SingleWorkerQueue(arrivalRate: 0.5, meanService: 1, squaredVariation: .infinity)
    #expect(heavy.meanWait == .infinity)
    let idle = SingleWorkerQueue(arrivalRate: 0, meanService: 1, squaredVariation: .infinity)
    #expect(idle.meanWait == 0 && idle.meanPresent == 0)
    let full = SingleWorkerQueue(arrivalRate: 1, meanService: 1, squaredVariation: 0)
    #expect(full.meanWait == .infinity && full.meanPresent == .infinity)
  }

  /// Spitzer's sum with 30 digits; M/D/1 is Pollaczek and Khinchine's.
  @Test(
    arguments: [
      (8.0, 10, 0.10982778971260466), (1.8, 2, 2.1469232147158267), (0.8, 1, 2),
      (45, 50, 0.039525887174186351), (0, 4, 0), (4, 4, .infinity),
    ] as [(Double, Int, Double)])
  func fixedServices(rate: Double, workers: Int, wait: Double) {
    let queue = FixedServiceQueue(arrivalRate: rate, service: 1, workers: workers)
    #expect(agree(queue.meanWait, wait, relative: 1e-10) || queue.meanWait == wait)
  }

  @Test func allenAndCunneenIsExactForOneWorkerAndForErlangC() {
    let one = ApproximateQueue(
      arrivalRate: 0.8, meanService: 1, serviceVariation: 0.3, workers: 1)
    let exact = SingleWorkerQueue(arrivalRate: 0.8, meanService: 1, squaredVariation: 0.3)
    #expect(agree(one.meanWait, exact.meanWait, relative: 1e-12))
    let many = ApproximateQueue(arrivalRate: 8, meanService: 1, serviceVariation: 0, workers: 10)
    #expect(agree(many.meanWait, 0.10229503769911089, relative: 1e-11))
    let bursts = ApproximateQueue(
      arrivalRate: 8, arrivalVariation: 4, meanService: 1, serviceVariation: 1, workers: 10)
    #expect(agree(bursts.meanWait, 0.5114751884955544, relative: 1e-11))
  }

  @Test func sharingMakesLargeWorkWaitInProportion() {
    let worker = SharedWorker(arrivalRate: 0.8, meanService: 1)
    #expect(agree(worker.meanResponse, 5, relative: 1e-12))
    #expect(agree(worker.meanResponse(work: 10), 50, relative: 1e-12))
    #expect(agree(worker.meanPresent, 4, relative: 1e-12))
    #expect(SharedWorker(arrivalRate: 2, meanService: 1).meanResponse == .infinity)
    #expect(SharedWorker(arrivalRate: 0, meanService: 1).slowdown == 1)
  }

  /// scipy 1.17.1.
  @Test func unlimitedWorkersHaveAPoissonNumberPresent() {
    let system = UnlimitedWorkers(arrivalRate: 100, meanService: 0.05)
    #expect(agree(system.probability(ofAtMost: 5), 0.615960654833063, relative: 1e-12))
    #expect(agree(system.emptyProbability, 0.006737946999085467, relative: 1e-12))
    #expect(system.probability(ofAtMost: -1) == 0)
  }

  @Test func aRowOfQueuesTakesTheSumOfThem() {
    let row = TandemQueue(arrivalRate: 20, serviceRates: [30, 25, 40])
    #expect(agree(row.meanResponse, 0.35, relative: 1e-12))
    #expect(agree(row.meanPresent, 7, relative: 1e-12))
    #expect(TandemQueue(arrivalRate: 20, serviceRates: [30, 20]).meanResponse == .infinity)
    #expect(TandemQueue(arrivalRate: 20, serviceRates: []).meanResponse == 0)
  }

  /// Searched one by one in scipy 1.17.1.
  @Test(
    arguments: [
      (1_000.0, 20.0, 0.25, 0.99, 53), (100, 10, 0.5, 0.99, 12), (0, 1, 5, 0.99, 1),
    ] as [(Double, Double, Double, Double, Int)])
  func planningFindsTheLeastNumber(
    rate: Double, service: Double, response: Double, probability: Double, expected: Int
  ) throws {
    let workers = try #require(
      MultiServerQueue.workers(
        arrivalRate: rate, serviceRate: service, response: response, probability: probability))
    #expect(workers == expected)
  }

  @Test func noNumberOfWorkersShortensTheService() {
    let workers = MultiServerQueue.workers(
      arrivalRate: 10, serviceRate: 1, response: 4, probability: 0.99)
    #expect(workers == nil)
  }

  @Test func aSplitQueueTakesLonger() throws {
    let both = PooledAgainstSplit(arrivalRate: 8, serviceRate: 1, workers: 10)
    #expect(agree(try #require(both.responseRatio), 4.150789635509048, relative: 1e-11))
    #expect(PooledAgainstSplit(arrivalRate: 10, serviceRate: 1, workers: 10).responseRatio == nil)
  }

  @Test func theFluidOfTheModelIsTheClosedForm() {
    for (during, after) in [(80.0, 150.0), (20, 101), (99.9, 1_000)] {
      let theory = FluidOverload(
        arrivalRate: 100, capacityDuring: during, capacityAfter: after, duration: 60)
      var model = FluidQueue()
      _ = model.advance(seconds: 60, arrivals: 100, capacity: during, timeout: 1e12)
      #expect(agree(model.backlog, theory.peakBacklog, relative: 1e-9))
      let drain = model.advance(seconds: 1e9, arrivals: 100, capacity: after, timeout: 1e12)
      #expect(agree(drain.overloadedSeconds, theory.drainTime, relative: 1e-9))
    }
    let ample = FluidOverload(
      arrivalRate: 50, capacityDuring: 80, capacityAfter: 60, duration: 60)
    #expect(ample.peakBacklog == 0 && ample.overloadTime == 0 && ample.longestWaitArrival == nil)
    let lasting = FluidOverload(
      arrivalRate: 50, capacityDuring: 20, capacityAfter: 40, duration: 60)
    #expect(lasting.drainTime == .infinity && lasting.longestWait == .infinity)
  }

  @Test func billsRoundUpAndHaveALeastTime() {
    let seconds = BillingIncrement(least: .seconds(60), step: .seconds(1))
    #expect(seconds.billed(.milliseconds(61_200)) == .seconds(62))
    #expect(seconds.billed(.seconds(3)) == .seconds(60))
    let hours = BillingIncrement(least: .hours(1), step: .hours(1))
    #expect(hours.billed(.seconds(3_601)) == .hours(2))
    #expect(agree(hours.cost(.seconds(1), perHour: 0.1), 0.1, relative: 1e-15))
    let instants = BillingIncrement(least: .zero, step: .zero)
    #expect(instants.billed(.milliseconds(7)) == .milliseconds(7))
  }

  @Test func alertsWaitForReadingJudgementAndHolding() {
    let alert = AlertPipeline(
      scrape: .seconds(15), evaluation: .seconds(15), holds: .seconds(100))
    #expect(alert.shortest == .seconds(105) && alert.longest == .seconds(135))
    #expect(alert.mean == 120)
  }

  @Test func answersGoStaleEvenly() {
    let answers = CachedAnswers(lifetime: 60)
    #expect([0, 15, 60, 90].map { answers.staleShare(after: $0) } == [1, 0.75, 0, 0])
    #expect(CachedAnswers(lifetime: 0).staleShare(after: 1) == 0)
  }

  /// scipy 1.17.1.
  @Test func arrivalsArePoisson() {
    let arrivals = PoissonArrivals(rate: 5, duration: 60)
    let many = (arrivals.mean + 3 * arrivals.variance.squareRoot())
    #expect(agree(arrivals.probability(ofMoreThan: many), 0.001846761051276518, relative: 1e-10))
    #expect(agree(arrivals.noneProbability, 5.148200222412013e-131, relative: 1e-10, absolute: 0))
    #expect(PoissonArrivals(rate: 0, duration: 9).noneProbability == 1)
  }
}
