import LabKernel
import Testing

@Test func oneWorkerServesOneAfterTheOther() {
  var stations = WorkerStations(workers: 1)
  let station = stations.add()
  #expect(stations.admit(station, arrival: 5, service: 10, patience: .max) == 5)
  #expect(stations.admit(station, arrival: 6, service: 10, patience: .max) == 15)
  #expect(stations.admit(station, arrival: 40, service: 10, patience: .max) == 40)
  #expect(stations.remainingWork(station, at: 42) == 8)
  #expect(stations.remainingWork(station, at: 50) == 0)
}

@Test(arguments: [1, 2, 3, 16, 17, 10_000])
func asManyJobsAsWorkersStartAtOnce(workers: Int) {
  var stations = WorkerStations(workers: workers, countsPresent: true)
  let station = stations.add()
  for job in 0..<workers {
    let start = stations.admit(station, arrival: 0, service: Int64(100 + job), patience: .max)
    #expect(start == 0)
  }
  #expect(stations.present(station, at: 0) == workers)
  // The next takes the worker that is free first, the second the next one if there is one.
  #expect(stations.admit(station, arrival: 1, service: 7, patience: .max) == 100)
  let second = stations.admit(station, arrival: 1, service: 7, patience: .max)
  #expect(second == (workers == 1 ? 107 : 101))
  #expect(stations.present(station, at: 1) == workers + 2)
}

@Test(arguments: [1, 2, 16, 17])
func jobThatGivesUpTakesNoWorker(workers: Int) {
  var stations = WorkerStations(workers: workers, countsPresent: true)
  let station = stations.add()
  for _ in 0..<workers {
    _ = stations.admit(station, arrival: 0, service: 100, patience: 0)
  }
  // A wait as long as the patience is borne, one nanosecond more is not.
  #expect(stations.admit(station, arrival: 10, service: 50, patience: 89) == -1)
  #expect(stations.remainingWork(station, at: 10) == 90 * Int64(workers))
  // It is present until its patience ends.
  #expect(stations.present(station, at: 10) == workers + 1)
  #expect(stations.present(station, at: 98) == workers + 1)
  #expect(stations.present(station, at: 99) == workers)
  #expect(stations.admit(station, arrival: 99, service: 50, patience: 1) == 100)
  #expect(stations.present(station, at: 100) == 1)
}

/// Three services of a hundred years are more nanoseconds than there are numbers.
@Test(arguments: [3, 40])
func remainingWorkBeyondAllNumbersIsTheGreatest(workers: Int) {
  var stations = WorkerStations(workers: workers, countsPresent: false)
  let station = stations.add()
  let service = Int64(4e18)
  for _ in 0..<2 { _ = stations.admit(station, arrival: 0, service: service, patience: .max) }
  #expect(stations.remainingWork(station, at: 0) == 2 * service)
  _ = stations.admit(station, arrival: 0, service: service, patience: .max)
  #expect(stations.remainingWork(station, at: 0) == .max)
}

@Test(arguments: [1, 2, 16, 17])
func resetForgetsTheWorkOfOneStation(workers: Int) {
  var stations = WorkerStations(workers: workers, countsPresent: true)
  let (first, second) = (stations.add(), stations.add())
  for _ in 0..<2 * workers {
    _ = stations.admit(first, arrival: 0, service: 100, patience: .max)
    _ = stations.admit(second, arrival: 0, service: 100, patience: .max)
  }
  stations.reset(first, at: 20)
  #expect(stations.remainingWork(first, at: 20) == 0)
  #expect(stations.present(first, at: 20) == 0)
  #expect(stations.remainingWork(second, at: 20) == 180 * Int64(workers))
  #expect(stations.present(second, at: 20) == 2 * workers)
  // Before the instant nobody is served.
  #expect(stations.admit(first, arrival: 15, service: 10, patience: 4) == -1)
  for _ in 0..<workers {
    #expect(stations.admit(first, arrival: 15, service: 10, patience: 5) == 20)
  }
  #expect(stations.admit(first, arrival: 15, service: 10, patience: .max) == 30)
}

/// Every job's own patience, so that those who wait do not leave in the order in which they came.
@Test(arguments: [1, 2, 16, 17, 40])
func presentCountsThoseWhoHaveNotLeft(workers: Int) {
  let jobs = JobSequence.ties(jobs: 4000, gap: 2, service: UInt64(2 * workers), seed: 11)
  var stations = WorkerStations(workers: workers, countsPresent: true)
  let others = (stations.add(), stations.add(), stations.add())
  var departures: [Int64] = []
  for job in 0..<jobs.count {
    let arrival = jobs.arrivals[job]
    let patience = Int64(jobs.choices[job] >> 33 % UInt64(6 * workers))
    departures.removeAll { $0 <= arrival }
    #expect(stations.present(others.1, at: arrival) == departures.count)
    let start = stations.admit(
      others.1, arrival: arrival, service: jobs.services[job], patience: patience)
    departures.append(start < 0 ? arrival + patience : start + jobs.services[job])
    // The lines of the others grow and move in the same pool.
    if job % 2 == 0 {
      _ = stations.admit(others.0, arrival: arrival, service: Int64(workers) * 5, patience: .max)
      _ = stations.admit(others.2, arrival: arrival, service: Int64(workers) * 9, patience: .max)
    }
  }
}

/// Moved by a month, which is 2.6 × 10¹⁵ ns, every start is the same to the nanosecond.
@Test(arguments: [1, 3, 20])
func timeIsExactAfterAMonth(workers: Int) {
  let month: Int64 = 30 * 86_400 * 1_000_000_000
  let jobs = JobSequence.poisson(jobs: 2000, gap: 1e6 / (0.9 * Double(workers)), seed: 3) {
    1e6 * Ziggurat.exponential($0, more: $1)
  }
  var stations = WorkerStations(workers: workers)
  let (early, late) = (stations.add(), stations.add())
  for job in 0..<jobs.count {
    let (arrival, service) = (jobs.arrivals[job], jobs.services[job])
    let start = stations.admit(early, arrival: arrival, service: service, patience: 3_000_000)
    let later = stations.admit(
      late, arrival: arrival + month, service: service, patience: 3_000_000)
    #expect(start < 0 ? later == -1 : later - month == start)
  }
}

/// A play with all its state, which can be stopped and gone on with.
private struct LongPlay {
  var stations: WorkerStations
  var now: Int64
  var digest = Digest()

  init(workers: Int, stations count: Int, from instant: Int64) {
    stations = WorkerStations(workers: workers, countsPresent: true)
    for _ in 0..<count {
      let station = stations.add()
      stations.reset(station, at: instant)
    }
    now = instant
  }

  mutating func play(_ numbers: Range<UInt64>, gap: Double) {
    var draws = NumberedDraws(seed: 1, replication: 0, purpose: .testing)
    let list = Array(0..<stations.count)
    for number in numbers {
      let (first, second) = draws.words(number)
      var further = 0
      func more() -> UInt64 {
        further += 1
        return draws.further(number, further - 1)
      }
      now += Int64(gap * Ziggurat.exponential(first, more: more))
      let service = Int64(1e9 * Ziggurat.exponential(second, more: more))
      let place = Balancing.leastOfTwo(
        first &* 0x9e37_79b9_7f4a_7c15, of: list, in: &stations, at: now)
      let start = stations.admit(
        list[place], arrival: now, service: service, patience: 2_000_000_000)
      digest.add(UInt64(bitPattern: start < 0 ? -1 : start - now))
    }
  }
}

/// In ten pieces, from copies, with draws that start anew, and a month later: the same waits to the nanosecond.
@Test(arguments: [1, 8, 33])
func playInPiecesIsThePlayInOne(workers: Int) {
  let gap = 1e9 / (1.05 * Double(workers * 5))
  var whole = LongPlay(workers: workers, stations: 5, from: 0)
  whole.play(0..<50_000, gap: gap)
  let month: Int64 = 30 * 86_400 * 1_000_000_000
  var pieces = LongPlay(workers: workers, stations: 5, from: month)
  for piece in 0..<10 as Range<UInt64> {
    var next = pieces
    next.play(5000 * piece..<5000 * (piece + 1), gap: gap)
    pieces = next
  }
  #expect(pieces.digest.value == whole.digest.value)
  #expect(pieces.now == whole.now + month)
  for station in 0..<5 {
    let left = whole.stations.remainingWork(station, at: whole.now)
    #expect(pieces.stations.remainingWork(station, at: pieces.now) == left)
  }
}
