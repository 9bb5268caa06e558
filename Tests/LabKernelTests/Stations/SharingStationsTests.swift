import Foundation
import LabKernel
import LabUnits
import Testing

@Test func twoThatShareAreHalfAsFast() {
  var stations = SharingStations(workers: 1)
  let station = stations.add()
  stations.arrive(job: 0, at: station, arrival: 0, service: 100)
  // Alone until 40; then both get half: the second, of 20, leaves at 80, the first has 40 left.
  stations.arrive(job: 1, at: station, arrival: 40, service: 20)
  #expect(stations.present(station) == 2)
  #expect(stations.next(through: 79) == nil)
  #expect(
    stations.next(through: 80) == JobDeparture(job: 1, station: station, start: 40, instant: 80))
  #expect(
    stations.next(through: .max) == JobDeparture(job: 0, station: station, start: 0, instant: 120))
  #expect(stations.next(through: .max) == nil && stations.present(station) == 0)
}

@Test func asManyAsWorkersDoNotShare() {
  var stations = SharingStations(workers: 3)
  let station = stations.add()
  for job in 0..<3 { stations.arrive(job: job, at: station, arrival: 0, service: 60) }
  stations.arrive(job: 3, at: station, arrival: 0, service: 60)
  // Four share three workers: each is slower by a third.
  for _ in 0..<4 { #expect(stations.next(through: .max)?.instant == 80) }
}

@Test func endsAreRoundedUpToWholeNanoseconds() {
  var stations = SharingStations(workers: 2)
  let station = stations.add()
  for job in 0..<3 { stations.arrive(job: job, at: station, arrival: 0, service: 5) }
  // 5 · 3 / 2 = 7.5.
  #expect(stations.next(through: .max)?.instant == 8)
}

/// What each job of one station makes of its response and its service, in seconds.
private func values(
  of jobs: JobSequence, _ functions: ((_ response: Double, _ service: Double) -> Double)...
) -> [[Double]] {
  var stations = SharingStations(workers: 1)
  let station = stations.add()
  var values = functions.map { _ in [Double](repeating: 0, count: jobs.count) }
  func note(_ departure: JobDeparture) {
    for (index, function) in functions.enumerated() {
      values[index][departure.job] = function(
        Double(departure.instant - departure.start) / 1e9,
        Double(jobs.services[departure.job]) / 1e9)
    }
  }
  for job in 0..<jobs.count {
    while let departure = stations.next(through: jobs.arrivals[job]) { note(departure) }
    stations.arrive(
      job: job, at: station, arrival: jobs.arrivals[job], service: jobs.services[job])
  }
  while let departure = stations.next(through: .max) { note(departure) }
  return values
}

private func jobs(_ count: Int, _ seed: UInt64, _ law: SpanDistribution) -> JobSequence {
  let sampler = SpanSampler(law)
  return .poisson(jobs: count, gap: 1e9 / 0.6, seed: seed) { sampler.nanoseconds($0, more: $1) }
}

private let laws: [SpanDistribution] = [
  .exponential(mean: .seconds(1)), .fixed(.seconds(1)), .gamma(mean: .seconds(1), variation: 2),
]

/// A job that takes x alone takes x / (1 - ρ), whatever the law of x (Kleinrock 1967, doi:10.1145/321386.321388).
@Test(arguments: laws)
func sharingSlowsAllAlike(law: SpanDistribution) {
  // The second: of those that take between 0.5 and 1.5 alone, how often as long it took.
  ReferenceSystem("M/G/1-PS", means: [1 / 0.4, 1 / 0.4]) { count, seed in
    values(
      of: jobs(count, seed, law), { response, _ in response },
      { response, service in abs(service - 1) < 0.5 ? response / service : 1 / 0.4 })
  }.expectMeans(precision: 0.1)
}
