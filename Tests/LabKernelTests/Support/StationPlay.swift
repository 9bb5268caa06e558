import LabKernel

/// Jobs that arrive one after the other, with what is drawn for each.
struct JobSequence: Sendable {
  var arrivals: [Int64] = []
  var services: [Int64] = []
  var choices: [UInt64] = []

  var count: Int { arrivals.count }

  /// Exponential gaps of a mean, and services of a law, in nanoseconds.
  static func poisson(
    jobs: Int, gap: Double, seed: UInt64, service: (UInt64, () -> UInt64) -> Double
  ) -> JobSequence {
    var sequence = JobSequence()
    var draws = NumberedDraws(seed: seed, replication: 0, purpose: .testing)
    var choices = NumberedDraws(seed: seed, replication: 1, purpose: .testing)
    var now = 0.0
    for number in 0..<UInt64(jobs) {
      let words = draws.words(number)
      var further = 0
      func more() -> UInt64 {
        further += 1
        return draws.further(number, further - 1)
      }
      now += gap * Ziggurat.exponential(words.0, more: more)
      sequence.arrivals.append(Int64(now))
      sequence.services.append(Int64(service(words.1, more)))
      sequence.choices.append(choices.words(number).0)
    }
    return sequence
  }

  /// Gaps and services of few whole nanoseconds, so that most instants coincide with others.
  static func ties(jobs: Int, gap: UInt64, service: UInt64, seed: UInt64) -> JobSequence {
    var sequence = JobSequence()
    var draws = NumberedDraws(seed: seed, replication: 2, purpose: .testing)
    var now: Int64 = 0
    for number in 0..<UInt64(jobs) {
      let words = draws.words(number)
      now += Int64(words.0 % (gap + 1))
      sequence.arrivals.append(now)
      sequence.services.append(Int64(words.1 % (service + 1)))
      sequence.choices.append(words.0 &* 0x9e37_79b9_7f4a_7c15)
    }
    return sequence
  }
}

/// Where a job was sent, when its service started (-1: it gave up), and when it left.
struct JobFate: Equatable {
  var station: Int
  var start: Int64
  var departure: Int64
}

enum BalancingRule: CaseIterable, Sendable {
  case random, roundRobin, leastOfTwo
}

/// The fates of all jobs by the recursion.
func recursionFates(
  of jobs: JobSequence, workers: Int, stations count: Int, patience: Int64, rule: BalancingRule
) -> [JobFate] {
  var stations = WorkerStations(workers: workers, countsPresent: rule == .leastOfTwo)
  let list = (0..<count).map { _ in stations.add() }
  var pointer = 0
  return (0..<jobs.count).map { job in
    let arrival = jobs.arrivals[job]
    let place =
      switch rule {
      case .random: Balancing.random(jobs.choices[job], count: count)
      case .roundRobin: Balancing.roundRobin(&pointer, count: count)
      case .leastOfTwo:
        Balancing.leastOfTwo(jobs.choices[job], of: list, in: &stations, at: arrival)
      }
    let start = stations.admit(
      list[place], arrival: arrival, service: jobs.services[job], patience: patience)
    let departure = start < 0 ? arrival + patience : start + jobs.services[job]
    return JobFate(station: place, start: start, departure: departure)
  }
}

/// The fates of all jobs by events and lines.
func eventFates(
  of jobs: JobSequence, workers: Int, stations count: Int, patience: Int64, rule: BalancingRule
) -> [JobFate] {
  var stations = EventStations(workers: workers)
  let list = (0..<count).map { _ in stations.add() }
  var fates = [JobFate](
    repeating: JobFate(station: -1, start: -2, departure: -2), count: jobs.count)
  var pointer = 0
  func note(_ departure: JobDeparture) {
    fates[departure.job].start = departure.start
    fates[departure.job].departure = departure.instant
  }
  for job in 0..<jobs.count {
    let arrival = jobs.arrivals[job]
    while let departure = stations.next(through: arrival) { note(departure) }
    let choices = Balancing.twoChoices(jobs.choices[job], count: count)
    let place =
      switch rule {
      case .random: Balancing.random(jobs.choices[job], count: count)
      case .roundRobin: Balancing.roundRobin(&pointer, count: count)
      case .leastOfTwo:
        stations.present(list[choices.second]) < stations.present(list[choices.first])
          ? choices.second : choices.first
      }
    fates[job].station = place
    let admission = stations.arrive(
      job: job, at: list[place], arrival: arrival, service: jobs.services[job], patience: patience)
    if admission == .leaves {
      fates[job].start = -1
      fates[job].departure = arrival
    }
  }
  while let departure = stations.next(through: .max) { note(departure) }
  return fates
}
