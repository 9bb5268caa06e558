import Foundation
import LabKernel
import LabUnits
import Testing

/// Jobs of mean length 1 s that come to stations of c workers with a load per worker.
private func jobs(
  _ count: Int, workers: Int = 1, load: Double, seed: UInt64,
  service law: SpanDistribution = .exponential(mean: .seconds(1))
) -> JobSequence {
  let sampler = SpanSampler(law)
  return .poisson(jobs: count, gap: 1e9 / (load * Double(workers)), seed: seed) {
    sampler.nanoseconds($0, more: $1)
  }
}

/// Values of each job of one station, from its wait (-1: it gave up) and its service, in seconds.
private func values(
  of jobs: JobSequence, workers: Int = 1, patience: Int64 = .max,
  _ functions: ((_ wait: Double, _ service: Double) -> Double)...
) -> [[Double]] {
  var stations = WorkerStations(workers: workers)
  let station = stations.add()
  var values = functions.map { _ in [Double](repeating: 0, count: jobs.count) }
  for job in 0..<jobs.count {
    let start = stations.admit(
      station, arrival: jobs.arrivals[job], service: jobs.services[job], patience: patience)
    let wait = start < 0 ? -1 : Double(start - jobs.arrivals[job]) / 1e9
    for (index, function) in functions.enumerated() {
      values[index][job] = function(wait, Double(jobs.services[job]) / 1e9)
    }
  }
  return values
}

// The logarithm's deviation of 0.8 makes a squared variation of exp(0.64) - 1 = 0.896.
private let lognormal = SpanDistribution.lognormal(
  median: Span(seconds: exp(-0.32)),
  percentile95: Span(seconds: exp(-0.32 + 0.8 * 1.6448536269514722)))

private let waitingSystems: [ReferenceSystem] = [
  // The response is exponential of rate μ - λ, and P(wait) = ρ.
  ReferenceSystem("M/M/1", means: [1 / 0.4, exp(-0.4 * 5), 0.6]) {
    values(
      of: jobs($0, load: 0.6, seed: $1), { $0 + $1 }, { $0 + $1 > 5 ? 1 : 0 },
      { wait, _ in wait > 0 ? 1 : 0 })
  },
  // Half of the wait of M/M/1: ρ / (2 μ (1 - ρ)).
  ReferenceSystem("M/D/1", means: [0.7 / (2 * 0.3)]) {
    values(of: jobs($0, load: 0.7, seed: $1, service: .fixed(.seconds(1))), { wait, _ in wait })
  },
  // Pollaczek and Khinchine: ρ / (1 - ρ) · (1 + C²) / 2.
  ReferenceSystem("M/G/1, lognormal", means: [0.6 / 0.4 * exp(0.64) / 2]) {
    values(of: jobs($0, load: 0.6, seed: $1, service: lognormal), { wait, _ in wait })
  },
]

@Test(arguments: waitingSystems)
func oneWorkerFollowsTheory(_ system: ReferenceSystem) {
  system.expectMeans(precision: 0.08)
}

/// Two in order, many in order, and a heap.
@Test(arguments: [2, 16, 20])
func severalWorkersFollowErlang(workers: Int) {
  let load = 0.75
  let share = Erlang.wait(workers: workers, load: load * Double(workers))
  let wait = share / (Double(workers) * (1 - load))
  ReferenceSystem("M/M/c", means: [share, wait], batch: 800) { count, seed in
    values(
      of: jobs(count, workers: workers, load: load, seed: seed), workers: workers,
      { wait, _ in wait > 0 ? 1 : 0 }, { wait, _ in wait })
  }.expectMeans(precision: 0.15)
}

/// Who finds all busy leaves; the law of the service does not matter (Sevastyanov 1957).
@Test(arguments: [(1, 0.8), (5, 4.0), (20, 18.0)])
func lossFollowsErlang(workers: Int, load: Double) {
  for law in [SpanDistribution.exponential(mean: .seconds(1)), lognormal] {
    ReferenceSystem("loss", means: [Erlang.loss(workers: workers, load: load)]) { count, seed in
      let jobs = jobs(
        count, workers: workers, load: load / Double(workers), seed: seed, service: law)
      return values(of: jobs, workers: workers, patience: 0, { wait, _ in wait < 0 ? 1 : 0 })
    }.expectMeans()
  }
}

/// M/M/1 with a patience of τ: whoever would wait longer leaves at once, and nobody else notices.
///
/// The work that an arrival finds has the density λ P₀ exp(-(μ - λ) x) up to τ and falls with exp(-μ x) beyond,
/// where none of those who come adds to it (Barrer 1957, "Queuing with Impatient Customers and Ordered
/// Service", doi:10.1287/opre.5.5.650).
@Test(arguments: [(0.7, 2.0), (1.3, 2.0), (0.9, 0.5)])
func patienceFollowsBarrer(load: Double, patience: Double) {
  let atPatience = load * exp(-(1 - load) * patience)
  let idle = 1 / (1 + load * (1 - exp(-(1 - load) * patience)) / (1 - load) + atPatience)
  ReferenceSystem("M/M/1+D", means: [idle * atPatience]) { count, seed in
    values(
      of: jobs(count, load: load, seed: seed), patience: Int64(patience * 1e9),
      { wait, _ in wait < 0 ? 1 : 0 })
  }.expectMeans(precision: 0.1)
}

/// What leaves M/M/1 is again a Poisson stream, so that the next station is M/M/1 too (Burke 1956, doi:10.1287/opre.4.6.699).
@Test func secondOfTwoStationsFollowsBurke() {
  ReferenceSystem("tandem, response", means: [1 / 0.4 + 1 / (1.25 - 0.6)]) { count, seed in
    let jobs = jobs(count, load: 0.6, seed: seed)
    var draws = NumberedDraws(seed: seed, replication: 3, purpose: .testing)
    var (first, second) = (WorkerStations(workers: 1), WorkerStations(workers: 1))
    let (one, two) = (first.add(), second.add())
    let values = (0..<count).map { job -> Double in
      let start = first.admit(
        one, arrival: jobs.arrivals[job], service: jobs.services[job], patience: .max)
      let between = start + jobs.services[job]
      var further = 0
      let service = Int64(
        0.8e9
          * Ziggurat.exponential(draws.words(UInt64(job)).0) {
            further += 1
            return draws.further(UInt64(job), further - 1)
          })
      let last = second.admit(two, arrival: between, service: service, patience: .max)
      return Double(last + service - jobs.arrivals[job]) / 1e9
    }
    return [values]
  }.expectMeans()
}

/// Little's law: the jobs that an arrival finds, who see what time sees, are the rate times the mean response.
@Test(arguments: [1, 3, 20])
func presentFollowsLittlesLaw(workers: Int) {
  let load = 0.7
  let response =
    1 + Erlang.wait(workers: workers, load: load * Double(workers))
    / (Double(workers) * (1 - load))
  ReferenceSystem(
    "M/M/c, present", means: [load * Double(workers) * response], batch: 600
  ) { count, seed in
    let jobs = jobs(count, workers: workers, load: load, seed: seed)
    var stations = WorkerStations(workers: workers, countsPresent: true)
    let station = stations.add()
    let values = (0..<count).map { job -> Double in
      let arrival = jobs.arrivals[job]
      let present = stations.present(station, at: arrival)
      _ = stations.admit(
        station, arrival: arrival, service: jobs.services[job], patience: .max)
      return Double(present)
    }
    return [values]
  }.expectMeans(precision: 0.08)
}

/// Twice the work that can be done: what is left grows like a fluid, within what the variance of its coming allows.
@Test(arguments: [1, 4, 30])
func overloadGrowsLikeAFluid(workers: Int) {
  var misses = 0
  var all = Accumulation()
  for seed in 0..<30 as Range<UInt64> {
    let jobs = jobs(3000, workers: workers, load: 2, seed: seed)
    var stations = WorkerStations(workers: workers)
    let station = stations.add()
    for job in 0..<jobs.count {
      _ = stations.admit(
        station, arrival: jobs.arrivals[job], service: jobs.services[job], patience: .max)
    }
    // At the last arrival n jobs of mean and variance 1 have come, in a time of mean n / λ and variance n / λ²;
    // the workers have been busy but for a moment at the beginning.
    let n = Double(jobs.count)
    let now = jobs.arrivals[jobs.count - 1]
    let left = Double(stations.remainingWork(station, at: now)) / 1e9
    let deviation = (n + n / 4).squareRoot()
    let score = (left - n / 2) / deviation
    if abs(score) > 3.2905 { misses += 1 }
    all.add(score)
  }
  #expect(misses <= 1)
  // The moment at the beginning is worth about one service of each worker.
  #expect(abs(all.mean) < 3.2905 / 30.0.squareRoot() + Double(workers) / 61)
}
