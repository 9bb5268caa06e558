import Testing

@testable import StrategyLab

/// Queues that turn callers away or lose their patience, summed over all states or integrated with 40 digits.
struct TheoryBoundedTests {
  @Test(
    arguments: [
      (12.0, 10, 30, 0.16863724455188892, 15.309314295950916),
      (8, 10, 20, 0.0091071787465901048, 1.1499135067561263),
      (1.5, 1, 10, 0.3372320801375222, 7.134506764744516),
      (1, 1, 10, 1.0 / 11, 4.0909090909090909),
      (10, 10, 1_000, 0.0010053684506888108, 493.1784666431427),
      (10.001, 10, 1_000, 0.0010561419581144215, 501.42091403405219),
      (50, 10, 2_000, 0.8, 1_989.75),
      (9.99, 10, 5_000, 6.8098843129701067e-6, 961.36784198403521),
      (3, 5, 3, 0.34615384615384615, 0),
      (1_000, 1_000, 1_100, 0.0071274205283250309, 35.993473668041406),
      (0.99999999, 1, 50, 0.019607838235294493, 24.019605681372539),
    ] as [(Double, Int, Int, Double, Double)])
  func boundedQueue(rate: Double, workers: Int, room: Int, blocking: Double, waiting: Double)
    throws
  {
    let queue = BoundedQueue(arrivalRate: rate, serviceRate: 1, workers: workers, room: room)
    #expect(agree(queue.blockingProbability, blocking, relative: 1e-10, absolute: 0))
    #expect(agree(queue.meanWaiting, waiting, relative: 1e-10))
    #expect(agree(queue.throughput, rate * (1 - blocking), relative: 1e-10))
    let response = try #require(queue.meanResponse)
    #expect(agree(response, 1 + waiting / (rate * (1 - blocking)), relative: 1e-10))
  }

  @Test func withoutRoomNobodyIsLetIn() {
    let queue = BoundedQueue(arrivalRate: 3, serviceRate: 1, workers: 2, room: 0)
    #expect(queue.blockingProbability == 1 && queue.throughput == 0 && queue.meanPresent == 0)
    #expect(queue.meanResponse == nil && queue.utilisation == 0)
  }

  @Test func withoutArrivalsNobodyIsTurnedAway() {
    let queue = BoundedQueue(arrivalRate: 0, serviceRate: 4, workers: 2, room: 9)
    #expect(queue.blockingProbability == 0 && queue.meanPresent == 0)
    #expect(queue.meanResponse == 0.25)
  }

  @Test func endlessRoomIsTheQueueWithoutBound() {
    let bounded = BoundedQueue(arrivalRate: 9, serviceRate: 1, workers: 10, room: .max)
    let free = MultiServerQueue(arrivalRate: 9, serviceRate: 1, workers: 10)
    #expect(agree(bounded.meanWaiting, free.meanWaiting, relative: 1e-11))
    #expect(bounded.blockingProbability == 0)
    let flooded = BoundedQueue(arrivalRate: 20, serviceRate: 1, workers: 10, room: 1 << 40)
    #expect(agree(flooded.blockingProbability, 0.5, relative: 1e-12))
  }

  @Test(
    arguments: [
      (12.0, 1.0, 10, 0.75760783832948765, 2.5635882354955685),
      (100, 2, 95, 0.59654516748318607, 3.8294194909687259),
      (500, 0.1, 100, 1, 4_000),
      (5, 0.01, 10, 0.036036300404385861, 0.035822770979420956),
      (10, 0.001, 10, 0.97169776075191514, 77.323965914721343),
    ] as [(Double, Double, Int, Double, Double)])
  func impatientCallers(
    rate: Double, abandonment: Double, workers: Int, waiting: Double, queue: Double
  ) {
    let system = ImpatientQueue(
      arrivalRate: rate, serviceRate: 1, abandonmentRate: abandonment, workers: workers)
    #expect(agree(system.waitingProbability, waiting, relative: 1e-11))
    #expect(agree(system.meanWaiting, queue, relative: 1e-11))
    #expect(agree(system.abandonmentProbability, abandonment * queue / rate, relative: 1e-11))
    #expect(
      agree(
        system.throughput, Double(workers) * system.utilisation, relative: 1e-12))
  }

  @Test func patienceWithoutEndIsErlangC() {
    let free = MultiServerQueue(arrivalRate: 9, serviceRate: 1, workers: 10)
    for rate in [0, 1e-12] {
      let system = ImpatientQueue(
        arrivalRate: 9, serviceRate: 1, abandonmentRate: rate, workers: 10)
      #expect(agree(system.meanWaiting, free.meanWaiting, relative: 1e-9))
      #expect(agree(system.waitingProbability, free.waitingProbability, relative: 1e-9))
    }
    let idle = ImpatientQueue(arrivalRate: 0, serviceRate: 1, abandonmentRate: 2, workers: 1)
    #expect(idle.abandonmentProbability == 0 && idle.meanWait == 0 && idle.utilisation == 0)
    let flood = ImpatientQueue(arrivalRate: 20, serviceRate: 1, abandonmentRate: 0, workers: 10)
    #expect(flood.meanWaiting == .infinity && flood.utilisation == 1)
  }

  /// Abandonment, waiting, mean wait of all and of the served, and who waits a third of the patience.
  @Test(
    arguments: [
      (
        12.0, 10, 1.0,
        [
          0.17742357295439581, 0.94448309023319999, 0.68101167908697276, 0.61220828797791173,
          0.83069970740114686,
        ]
      ),
      (
        8, 10, 0.5,
        [
          0.034227587733283166, 0.3282907979037241, 0.078576429618654133, 0.063640910603106405,
          0.1964208379233727,
        ]
      ),
      (
        10, 10, 2,
        [
          0.040551145739208717, 0.85157406052338306, 0.89212520626259178, 0.84530083201676038,
          0.58123308892865828,
        ]
      ),
      (200, 100, 5, [0.5, 1, 4.995, 4.99, 1]),
      (
        0.5, 1, 3,
        [
          0.059078064537484505, 0.47046096773125775, 0.64553161277509297, 0.49770060779000249,
          0.26210359404806521,
        ]
      ),
    ] as [(Double, Int, Double, [Double])])
  func callersOfOnePatience(rate: Double, workers: Int, patience: Double, expected: [Double]) {
    let queue = DeadlineQueue(
      arrivalRate: rate, serviceRate: 1, workers: workers, patience: patience)
    let found = [
      queue.abandonmentProbability, queue.waitingProbability, queue.meanWait,
      queue.meanWaitOfServed, queue.waitSurvival(patience / 3),
    ]
    for (value, reference) in zip(found, expected) {
      #expect(agree(value, reference, relative: 1e-11))
    }
    #expect(queue.waitSurvival(-1) == 1 && queue.waitSurvival(patience) == 0)
    #expect(agree(queue.waitSurvival(0), queue.waitingProbability, relative: 1e-12))
  }

  @Test func nobodyWhoWaitsIsErlangBAndEndlessPatienceErlangC() {
    let none = DeadlineQueue(arrivalRate: 15, serviceRate: 1, workers: 20, patience: 0)
    #expect(agree(none.abandonmentProbability, 0.04559321558981184, relative: 1e-11))
    let free = MultiServerQueue(arrivalRate: 9, serviceRate: 1, workers: 10)
    let endless = DeadlineQueue(arrivalRate: 9, serviceRate: 1, workers: 10, patience: 1e6)
    #expect(endless.abandonmentProbability == 0)
    #expect(agree(endless.meanWait, free.meanWait, relative: 1e-11))
    let idle = DeadlineQueue(arrivalRate: 0, serviceRate: 1, workers: 3, patience: 1)
    #expect(idle.abandonmentProbability == 0 && idle.meanWait == 0)
    let crowd = DeadlineQueue(arrivalRate: 1e4, serviceRate: 1, workers: 10, patience: 1e4)
    #expect(agree(crowd.abandonmentProbability, 0.999, relative: 1e-12))
  }
}
