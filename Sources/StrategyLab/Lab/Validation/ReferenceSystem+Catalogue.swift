import LabKernel
import LabUnits

extension ReferenceSystem {
  /// Every reference system; a new one comes last, because the place of each is part of its draws.
  public static let all: [ReferenceSystem] =
    [
      exponential(load: "0.8", arrivalRate: 8, workers: 1),
      exponential(load: "0.8", arrivalRate: 32, workers: 4),
      exponential(load: "0.9", arrivalRate: 360, workers: 40),
      fixedService, fixedServices,
      anyService(
        "lognormal", .lognormal(median: .milliseconds(60), percentile95: .milliseconds(250))),
      anyService("gamma", .gamma(mean: .milliseconds(100), variation: 1.5)),
      loss("M/M/10/10", .exponential(mean: meanService)),
      loss("M/G/10/10", .lognormal(median: .milliseconds(60), percentile95: .milliseconds(250))),
      deadline(load: "0.9", arrivalRate: 36), deadline(load: "1.2", arrivalRate: 48),
      split, tandem, overload,
      sharing("M/M/1-PS", load: 0.8, variation: 1), sharing("M/G/1-PS", load: 0.7, variation: 2),
    ].enumerated().map { number, system in
      var system = system
      system.number = number
      return system
    }

  /// The mean service time of a tenth of a second, in which whole nanoseconds are no matter.
  static let meanService = Span.milliseconds(100)
  private static let serviceRate = 10.0

  /// M/M/1 and M/M/c.
  private static func exponential(load: String, arrivalRate: Double, workers: Int)
    -> ReferenceSystem
  {
    let theory = MultiServerQueue(
      arrivalRate: arrivalRate, serviceRate: serviceRate, workers: workers)
    let (median, late) = (theory.responseQuantile(0.5), theory.responseQuantile(0.99))
    return ReferenceSystem(
      "M/M/\(workers)", "load \(load)",
      ReferenceQueue(
        arrivalRate: arrivalRate, service: .exponential(mean: meanService), workers: workers),
      [
        (.seconds("mean wait", theory.meanWait), .wait),
        (.share("waiting", theory.waitingProbability), .waits),
        (.seconds("mean response", theory.meanResponse), .response),
        (.share("response > p50", theory.responseSurvival(median)), .responseBeyond(median)),
        (.share("response > p99", theory.responseSurvival(late)), .responseBeyond(late)),
      ])
  }

  /// M/D/1; within one service time the law of its wait is closed.
  private static var fixedService: ReferenceSystem {
    let rate = 7.0
    let theory = FixedServiceQueue(arrivalRate: rate, service: meanService.seconds)
    let half = meanService.seconds / 2
    // (1 - ρ) exp(λt) for t below the service time: Erlang (1909), "The Theory of Probabilities and Telephone
    // Conversations"; Gross and others (2008), section 5.1.
    let below = (1 - theory.utilisation) * Elementary.exponential(rate * half)
    return ReferenceSystem(
      "M/D/1", "load 0.7", ReferenceQueue(arrivalRate: rate, service: .fixed(meanService)),
      [
        (.seconds("mean wait", theory.meanWait), .wait),
        (.share("waiting", theory.utilisation), .waits),
        (.share("wait > service/2", 1 - below), .waitsBeyond(half)),
      ])
  }

  /// M/D/c.
  private static var fixedServices: ReferenceSystem {
    let theory = FixedServiceQueue(arrivalRate: 32, service: meanService.seconds, workers: 4)
    return ReferenceSystem(
      "M/D/4", "load 0.8",
      ReferenceQueue(arrivalRate: 32, service: .fixed(meanService), workers: 4),
      [(.seconds("mean wait", theory.meanWait), .wait)])
  }

  /// M/G/1.
  private static func anyService(_ law: String, _ service: SpanDistribution) -> ReferenceSystem {
    let rate = 0.7 / service.mean
    let theory = SingleWorkerQueue(arrivalRate: rate, service: service)
    return ReferenceSystem(
      "M/G/1", "\(law), load 0.7", ReferenceQueue(arrivalRate: rate, service: service),
      [
        (.seconds("mean wait", theory.meanWait), .wait),
        (.share("waiting", theory.utilisation), .waits),
        (.seconds("mean response", theory.meanResponse), .response),
      ])
  }

  /// Erlang's loss system: a patience of nothing.
  private static func loss(_ name: String, _ service: SpanDistribution) -> ReferenceSystem {
    let rate = 9 / service.mean
    let theory = LossSystem(arrivalRate: rate, meanService: service.mean, workers: 10)
    return ReferenceSystem(
      name, "9 erlang",
      ReferenceQueue(arrivalRate: rate, service: service, workers: 10, patience: 0),
      [(.share("turned away", theory.blockingProbability), .lost)])
  }

  /// M/M/c+D.
  private static func deadline(load: String, arrivalRate: Double) -> ReferenceSystem {
    let patience = Span.milliseconds(200)
    let theory = DeadlineQueue(
      arrivalRate: arrivalRate, serviceRate: serviceRate, workers: 4, patience: patience.seconds)
    let half = patience.seconds / 2
    return ReferenceSystem(
      "M/M/4+D", "load \(load)",
      ReferenceQueue(
        arrivalRate: arrivalRate, service: .exponential(mean: meanService), workers: 4,
        patience: patience.nanoseconds),
      [
        (.share("gives up", theory.abandonmentProbability), .lost),
        (.share("waiting", theory.waitingProbability), .waits),
        (.seconds("mean wait", theory.meanWait), .wait),
        (.share("wait > patience/2", theory.waitSurvival(half)), .waitsBeyond(half)),
      ])
  }

  /// Poisson arrivals that choose among stations at random are Poisson at each.
  private static var split: ReferenceSystem {
    let theory = MultiServerQueue(arrivalRate: 8, serviceRate: serviceRate)
    let late = theory.responseQuantile(0.99)
    return ReferenceSystem(
      "4 x M/M/1", "random, load 0.8",
      ReferenceQueue(arrivalRate: 32, service: .exponential(mean: meanService), stations: 4),
      [
        (.seconds("mean wait", theory.meanWait), .wait),
        (.share("waiting", theory.waitingProbability), .waits),
        (.share("response > p99", theory.responseSurvival(late)), .responseBeyond(late)),
      ])
  }
}

extension ReferenceMeasure {
  /// A time in seconds.
  static func seconds(_ name: String, _ expected: Double) -> ReferenceMeasure {
    ReferenceMeasure(name, unit: "seconds", expected: expected)
  }

  /// A share of the requests.
  static func share(_ name: String, _ expected: Double) -> ReferenceMeasure {
    ReferenceMeasure(name, unit: "fraction", expected: expected)
  }
}
