@testable import StrategyLab

/// Queues: Erlang's formulas, waiting, networks, planning, and the backlog as a fluid.
extension AnalyticCases {
  static let queues: Formulas = [
    ("M/M/c/c Erlang B", .plays(loss)),
    ("M/M/c/K", .plays(bounded)),
    ("M/M/1/K", .plays(bounded)),
    ("M/M/c+M", .plays(impatient)),
    ("M/M/c servers", .plays(capacity)),
    ("M/M/c Erlang C", .plays(markovian)),
    ("M/M/1", .plays(markovian)),
    ("M/G/1 Pollaczek", .plays(generalService)),
    ("M/G/1-PS", .plays(shared)),
    ("M/G/inf", .plays(unlimited)),
    ("G/G/c Allen-Cunneen", .plays(allenCunneen)),
    ("pooled M/M/k", .plays(pooled)),
    ("Jackson", .plays(tandem)),
    ("Little", .plays(little)),
    ("utilisation law", .plays(utilisation)),
    ("fluid backlog", .plays(fluid)),
  ]

  private static func loss(_ input: CaseValue) throws -> CaseValue {
    let workers = try integer(input, "servers")
    guard workers >= 0 else { throw NotApplicable("the number of workers is not negative") }
    let system = LossSystem(
      arrivalRate: try rate(input, "offered_load_erlang"), meanService: 1, workers: workers)
    return ["blocking_probability": .number(system.blockingProbability)]
  }

  private static func queue(_ input: CaseValue) throws -> MultiServerQueue {
    MultiServerQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      serviceRate: try positive(input, "service_rate_per_s"),
      workers: try count(input, "servers", isOptional: true))
  }

  private static func markovian(_ input: CaseValue) throws -> CaseValue {
    let queue = try queue(input)
    var answer: [String: CaseValue] = [
      "rho": .number(queue.utilisation), "p_wait_erlang_c": .number(queue.waitingProbability),
      "mean_wait_s": figure(queue.meanWait), "mean_response_s": figure(queue.meanResponse),
      "mean_queue": figure(queue.meanWaiting), "mean_in_system": figure(queue.meanPresent),
      "var_in_system": figure(queue.presentVariance), "p0": .number(queue.emptyProbability),
    ]
    for percent in [50, 90, 95, 99] {
      let part = Double(percent) / 100
      answer["wait_p\(percent)_s"] = figure(queue.waitQuantile(part))
      answer["response_p\(percent)_s"] = figure(queue.responseQuantile(part))
    }
    return .object(answer)
  }

  private static func bounded(_ input: CaseValue) throws -> CaseValue {
    let room = try integer(input, "capacity_in_system")
    guard room >= 0 else { throw NotApplicable("room is not negative") }
    let queue = BoundedQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      serviceRate: try positive(input, "service_rate_per_s"),
      workers: try count(input, "servers", isOptional: true), room: room)
    return [
      "p_block": .number(queue.blockingProbability), "throughput_per_s": .number(queue.throughput),
      "mean_in_system": .number(queue.meanPresent), "mean_response_s": figure(queue.meanResponse),
      "mean_queue": .number(queue.meanWaiting), "mean_wait_s": figure(queue.meanWait),
      "utilisation": .number(queue.utilisation),
    ]
  }

  private static func impatient(_ input: CaseValue) throws -> CaseValue {
    let queue = ImpatientQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      serviceRate: try positive(input, "service_rate_per_s"),
      abandonmentRate: try rate(input, "abandon_rate_per_s"),
      workers: try count(input, "servers"))
    return [
      "p_abandon": .number(queue.abandonmentProbability), "mean_queue": figure(queue.meanWaiting),
      "mean_wait_s": figure(queue.meanWait), "p_wait": .number(queue.waitingProbability),
      "utilisation": .number(queue.utilisation),
    ]
  }

  private static func capacity(_ input: CaseValue) throws -> CaseValue {
    let arrivals = try rate(input, "arrival_rate_per_s")
    let service = try positive(input, "service_rate_per_s")
    let response = try rate(input, "target_response_s")
    let workers = MultiServerQueue.workers(
      arrivalRate: arrivals, serviceRate: service, response: response,
      probability: try number(input, "percentile"))
    /// The part that is answered too late; nobody answers where nobody works.
    func late(_ workers: Int) -> CaseValue {
      guard workers > 0 else { return 1 }
      return .number(
        MultiServerQueue(arrivalRate: arrivals, serviceRate: service, workers: workers)
          .responseSurvival(response))
    }
    return [
      "servers": .integer(workers), "achieved_sf": workers.map(late) ?? .null,
      "sf_with_one_less": workers.map { late($0 - 1) } ?? .null,
    ]
  }

  private static func generalService(_ input: CaseValue) throws -> CaseValue {
    let queue = SingleWorkerQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      meanService: try rate(input, "mean_service_s"),
      squaredVariation: try rate(input, "service_scv"))
    return [
      "rho": .number(queue.utilisation), "mean_wait_s": figure(queue.meanWait),
      "mean_response_s": figure(queue.meanResponse), "mean_queue": figure(queue.meanWaiting),
      "mean_in_system": figure(queue.meanPresent),
    ]
  }

  private static func shared(_ input: CaseValue) throws -> CaseValue {
    let worker = SharedWorker(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      meanService: try rate(input, "mean_service_s"))
    var answer: [String: CaseValue] = [
      "rho": .number(worker.utilisation), "mean_response_s": figure(worker.meanResponse),
      "mean_in_system": figure(worker.meanPresent), "slowdown": figure(worker.slowdown),
    ]
    if input.has("job_sizes_s") {
      answer["mean_response_given_size_s"] = .list(
        try numbers(input, "job_sizes_s").map { figure(worker.meanResponse(work: $0)) })
    }
    return .object(answer)
  }

  private static func unlimited(_ input: CaseValue) throws -> CaseValue {
    let system = UnlimitedWorkers(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      meanService: try rate(input, "mean_service_s"))
    return [
      "mean_in_system": .number(system.meanPresent),
      "var_in_system": .number(system.presentVariance),
      "p_empty": .number(system.emptyProbability),
      "p_le_mean": .number(system.probability(ofAtMost: Int(min(system.meanPresent, 9e18)))),
    ]
  }

  private static func allenCunneen(_ input: CaseValue) throws -> CaseValue {
    let queue = ApproximateQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      arrivalVariation: try rate(input, "arrival_scv"),
      meanService: 1 / (try positive(input, "service_rate_per_s")),
      serviceVariation: try rate(input, "service_scv"), workers: try count(input, "servers"))
    return [
      "rho": .number(queue.utilisation), "mean_wait_s": figure(queue.meanWait),
      "mean_response_s": figure(queue.meanResponse),
    ]
  }

  private static func pooled(_ input: CaseValue) throws -> CaseValue {
    let both = PooledAgainstSplit(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      serviceRate: try positive(input, "service_rate_per_s"),
      workers: try count(input, "servers"))
    return [
      "pooled_mean_response_s": figure(both.pooled.meanResponse),
      "random_split_mean_response_s": figure(both.split.meanResponse),
      "ratio_split_over_pooled": figure(both.responseRatio),
    ]
  }

  private static func tandem(_ input: CaseValue) throws -> CaseValue {
    let rates = try numbers(input, "service_rates_per_s")
    guard rates.allSatisfy({ $0 > 0 }) else { throw NotApplicable("a station does not work") }
    let row = TandemQueue(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      serviceRates: rates)
    return [
      "mean_response_s": figure(row.meanResponse), "mean_in_system": figure(row.meanPresent),
    ]
  }

  private static func little(_ input: CaseValue) throws -> CaseValue {
    [
      "mean_in_system": .number(
        OperationalLaws.meanPresent(
          throughput: try rate(input, "throughput_per_s"),
          meanResponse: try rate(input, "mean_response_s")))
    ]
  }

  private static func utilisation(_ input: CaseValue) throws -> CaseValue {
    [
      "utilisation": .number(
        OperationalLaws.utilisation(
          throughput: try rate(input, "throughput_per_s"),
          meanService: try rate(input, "mean_service_s"),
          workers: try count(input, "servers")))
    ]
  }

  private static func fluid(_ input: CaseValue) throws -> CaseValue {
    let overload = FluidOverload(
      arrivalRate: try rate(input, "arrival_rate_per_s"),
      capacityDuring: try rate(input, "capacity_during_per_s"),
      capacityAfter: try rate(input, "capacity_after_per_s"),
      duration: try rate(input, "duration_s"))
    return [
      "peak_backlog": .number(overload.peakBacklog), "drain_time_s": figure(overload.drainTime),
      "total_overload_s": figure(overload.overloadTime),
      "request_seconds_waited": figure(overload.totalWait),
      "peak_delay_s": figure(overload.longestWait),
      "peak_delay_arrival_time_s": figure(overload.longestWaitArrival),
      "delay_of_arrival_at_restore_s": figure(overload.waitAtReturn),
    ]
  }
}
