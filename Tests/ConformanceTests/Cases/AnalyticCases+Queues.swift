import LabKernel
import LabStrategies
import LabUnits

@testable import StrategyLab

/// Queues: Erlang's formulas, waiting, and the backlog as a fluid.
extension AnalyticCases {
  static let queues: Formulas = [
    ("M/M/c/c Erlang B", .plays(erlangB)),
    ("M/M/c/K", .lacks("the model's queues are bounded by the timeout, not by places")),
    ("M/M/c+M", .lacks("callers of the model give up at a fixed timeout, not at random")),
    ("M/M/c servers", .lacks("nothing in the program looks for a number of workers")),
    ("M/M/c Erlang C", .plays(erlangC)),
    ("M/M/1/K", .lacks("the model's queues are bounded by the timeout, not by places")),
    ("M/M/1", .plays(single)),
    ("M/G/1 Pollaczek", .plays(generalService)),
    ("M/G/1-PS", .lacks("the model's workers serve one request after the other")),
    ("M/G/inf", .lacks("the model has no queue without a limit on workers")),
    ("G/G/c Allen-Cunneen", .plays(allenCunneen)),
    ("pooled M/M/k", .plays(pooled)),
    ("Jackson", .lacks("the model has one service and no chain of them")),
    ("Little", .lacks("an identity that the model uses nowhere")),
    ("utilisation law", .plays(utilisation)),
    ("fluid backlog", .plays(fluid)),
  ]

  private static let noPercentiles =
    "the model has tables of latencies on a grid, and no closed form of them"

  private static func erlangB(_ input: CaseValue) throws -> CaseValue {
    [
      "blocking_probability": .number(
        ErlangC.blockingProbability(
          workers: try integer(input, "servers"),
          offeredLoad: try number(input, "offered_load_erlang")))
    ]
  }

  /// What the model says of a queue: who waits, for how long, and by Little's law how many are there.
  private static func answers(
    workers: Int, rate: Double, meanService: Double, variation: Double
  ) -> [String: CaseValue] {
    let load = rate * meanService
    let rho = load / Double(workers)
    let waiting = ErlangC.waitingProbability(workers: workers, offeredLoad: load)
    let wait =
      waiting
      * ErlangC.meanWaitOfWaiting(
        workers: workers, utilisation: rho, meanService: meanService, squaredVariation: variation)
    return [
      "rho": .number(rho), "p_wait_erlang_c": .number(waiting), "mean_wait_s": .number(wait),
      "mean_response_s": .number(wait + meanService), "mean_queue": .number(rate * wait),
      "mean_in_system": .number(rate * (wait + meanService)),
    ]
  }

  private static func erlangC(_ input: CaseValue) throws -> CaseValue {
    let answer = answers(
      workers: try integer(input, "servers"), rate: try number(input, "arrival_rate_per_s"),
      meanService: 1 / (try number(input, "service_rate_per_s")), variation: 1)
    throw PartialAnswer(.object(answer), without: noPercentiles)
  }

  private static func single(_ input: CaseValue) throws -> CaseValue {
    let answer = answers(
      workers: 1, rate: try number(input, "arrival_rate_per_s"),
      meanService: 1 / (try number(input, "service_rate_per_s")), variation: 1)
    throw PartialAnswer(.object(answer), without: noPercentiles)
  }

  private static func generalService(_ input: CaseValue) throws -> CaseValue {
    .object(
      answers(
        workers: 1, rate: try number(input, "arrival_rate_per_s"),
        meanService: try number(input, "mean_service_s"),
        variation: try number(input, "service_scv")))
  }

  private static func allenCunneen(_ input: CaseValue) throws -> CaseValue {
    guard try number(input, "arrival_scv") == 1 else {
      throw NotApplicable("arrivals of the model are a Poisson process")
    }
    return .object(
      answers(
        workers: try integer(input, "servers"), rate: try number(input, "arrival_rate_per_s"),
        meanService: 1 / (try number(input, "service_rate_per_s")),
        variation: try number(input, "service_scv")))
  }

  private static func pooled(_ input: CaseValue) throws -> CaseValue {
    let workers = try integer(input, "servers")
    let rate = try number(input, "arrival_rate_per_s")
    let service = 1 / (try number(input, "service_rate_per_s"))
    func response(_ workers: Int, _ rate: Double) -> Double {
      answers(workers: workers, rate: rate, meanService: service, variation: 1)["mean_response_s"]?
        .number ?? .nan
    }
    let (together, apart) = (response(workers, rate), response(1, rate / Double(workers)))
    return [
      "pooled_mean_response_s": .number(together), "random_split_mean_response_s": .number(apart),
      "ratio_split_over_pooled": .number(apart / together),
    ]
  }

  private static func utilisation(_ input: CaseValue) throws -> CaseValue {
    let work = WorkDone(
      busy: try number(input, "throughput_per_s") * number(input, "mean_service_s"),
      present: try number(input, "servers"))
    return ["utilisation": .number(work.utilization(since: WorkDone()))]
  }

  private static func fluid(_ input: CaseValue) throws -> CaseValue {
    let rate = try number(input, "arrival_rate_per_s")
    let during = try number(input, "capacity_during_per_s")
    let after = try number(input, "capacity_after_per_s")
    let seconds = try number(input, "duration_s")
    var queue = FluidQueue()
    let overload = queue.advance(
      seconds: seconds, arrivals: rate, capacity: during, timeout: 1e9)
    let peak = queue.backlog
    let drain = queue.advance(seconds: 1e9, arrivals: rate, capacity: after, timeout: 1e9)
    throw PartialAnswer(
      [
        "peak_backlog": .number(peak), "drain_time_s": .number(drain.overloadedSeconds),
        "total_overload_s": .number(overload.overloadedSeconds + drain.overloadedSeconds),
        "request_seconds_waited": .number(
          overload.overloadedWait * during * overload.overloadedSeconds
            + drain.overloadedWait * after * drain.overloadedSeconds),
        "delay_of_arrival_at_restore_s": .number(peak / after),
      ], without: "the model does not follow the single request through a backlog")
  }
}
