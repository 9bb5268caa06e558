import LabKernel
import Testing

@Test func jobsStartInTheOrderInWhichTheyCame() {
  var stations = EventStations(workers: 1)
  let station = stations.add()
  #expect(stations.arrive(job: 7, at: station, arrival: 0, service: 10, patience: .max) == .starts)
  #expect(stations.arrive(job: 8, at: station, arrival: 2, service: 5, patience: .max) == .waits)
  #expect(stations.arrive(job: 9, at: station, arrival: 3, service: 5, patience: 0) == .leaves)
  #expect(stations.present(station) == 2)
  #expect(stations.next(through: 9) == nil)
  #expect(
    stations.next(through: 10) == JobDeparture(job: 7, station: station, start: 0, instant: 10))
  #expect(
    stations.next(through: 20) == JobDeparture(job: 8, station: station, start: 10, instant: 15))
  #expect(stations.next(through: .max) == nil && stations.present(station) == 0)
}

@Test func patienceThatEndsWhenAWorkerIsFreeIsLongEnough() {
  var stations = EventStations(workers: 1)
  let station = stations.add()
  _ = stations.arrive(job: 0, at: station, arrival: 0, service: 10, patience: .max)
  _ = stations.arrive(job: 1, at: station, arrival: 2, service: 5, patience: 7)
  _ = stations.arrive(job: 2, at: station, arrival: 2, service: 5, patience: 8)
  #expect(
    stations.next(through: .max) == JobDeparture(job: 1, station: station, start: -1, instant: 9))
  #expect(stations.present(station) == 2)
  #expect(
    stations.next(through: .max) == JobDeparture(job: 0, station: station, start: 0, instant: 10))
  #expect(
    stations.next(through: .max) == JobDeparture(job: 2, station: station, start: 10, instant: 15))
}
