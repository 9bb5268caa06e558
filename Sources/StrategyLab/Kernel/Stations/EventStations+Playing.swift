import LabUnits

extension EventStations {
  /// Lets a job arrive.
  ///
  /// - Parameters:
  ///   - job: The caller's number for it.
  ///   - station: The number of the station.
  ///   - arrival: When it comes; not before what was taken with ``next(through:)``, which must have been
  ///     asked for all up to this instant.
  ///   - service: How long a worker is busy with it, in nanoseconds.
  ///   - patience: How long it waits at most; 0 for one that never waits, `.max` for one that always does.
  /// - Returns: what becomes of it now; one that starts or waits departs later.
  /// - Complexity: logarithmic in the number of jobs present at all stations, at worst.
  @inlinable
  public mutating func arrive(
    job: Int, at station: Int, arrival: Int64, service: Int64, patience: Int64
  ) -> Admission {
    var line = lines[station]
    let isFree = line.busy < workers
    guard isFree || patience > 0 else { return .leaves }
    let start = isFree ? arrival : -1
    let place = placed(number: job, at: station, service: service, start: start)
    guard !isFree else {
      lines[station].busy += 1
      scheduleEnd(of: place, at: arrival + service)
      return .starts
    }
    if line.last >= 0 { jobs[line.last].following = place } else { line.first = place }
    line.last = place
    line.waiting += 1
    lines[station] = line
    if patience < .max {
      // After the ends of service of its instant: a worker that becomes free then takes the job.
      calendar.schedule(
        Event(place: UInt32(place), stamp: jobs[place].use << 1 | 1),
        at: Instant(nanoseconds: arrival + patience), priority: 129)
    }
    return .waits
  }

  /// The next job that leaves a station not later than an instant; nil when none does.
  ///
  /// - Complexity: logarithmic in the number of jobs present at all stations, at worst.
  @inlinable
  public mutating func next(through instant: Int64) -> JobDeparture? {
    while let due = calendar.nextTime?.nanoseconds, due <= instant,
      let (_, event) = calendar.popFirst()
    {
      let place = Int(event.place)
      let job = jobs[place]
      guard event.stamp >> 1 == job.use & 0x7fff_ffff else { continue }
      if event.stamp & 1 == 0 {
        endService(of: job, at: place, due)
        return JobDeparture(
          job: job.number, station: job.station, start: job.start, instant: due)
      }
      guard job.start == -1 else { continue }
      // Its place in the line goes when it is the first.
      jobs[place].start = -2
      lines[job.station].waiting -= 1
      return JobDeparture(job: job.number, station: job.station, start: -1, instant: due)
    }
    return nil
  }

  /// A job is done, and its worker takes the first in line that has not given up.
  @inlinable
  mutating func endService(of job: Job, at place: Int, _ instant: Int64) {
    release(place)
    var line = lines[job.station]
    line.busy -= 1
    while line.first >= 0 {
      let first = line.first
      let next = jobs[first]
      line.first = next.following
      if line.first < 0 { line.last = -1 }
      if next.start == -1 {
        line.waiting -= 1
        line.busy += 1
        jobs[first].start = instant
        scheduleEnd(of: first, at: instant + next.service)
        break
      }
      release(first)
    }
    lines[job.station] = line
  }

  /// Enters when a job is done.
  @inlinable
  mutating func scheduleEnd(of place: Int, at instant: Int64) {
    calendar.schedule(
      Event(place: UInt32(place), stamp: jobs[place].use << 1), at: Instant(nanoseconds: instant))
  }

  /// Puts a job in a place, used before or new.
  @inlinable
  mutating func placed(number: Int, at station: Int, service: Int64, start: Int64) -> Int {
    let place = unused
    guard place >= 0 else {
      jobs.append(Job(number: number, station: station, service: service, start: start, use: 0))
      return jobs.count - 1
    }
    unused = jobs[place].following
    jobs[place] = Job(
      number: number, station: station, service: service, start: start, use: jobs[place].use)
    return place
  }

  /// Gives a place back; events that are still to come for it are outdated.
  @inlinable
  mutating func release(_ place: Int) {
    jobs[place].use &+= 1
    jobs[place].following = unused
    unused = place
  }
}
