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
    let isFree = lines[station].busy < workers
    guard isFree || patience > 0 else { return .leaves }
    let place = takenPlace()
    jobs[place] = job
    stations[place] = station
    services[place] = service
    guard !isFree else {
      start(place, at: arrival)
      return .starts
    }
    starts[place] = -1
    following[place] = -1
    if lines[station].last >= 0 {
      following[lines[station].last] = place
    } else {
      lines[station].first = place
    }
    lines[station].last = place
    lines[station].waiting += 1
    if patience < .max {
      // After the ends of service of its instant: a worker that becomes free then takes the job.
      calendar.schedule(
        Event(place: UInt32(place), stamp: uses[place] << 1 | 1),
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
      guard event.stamp >> 1 == uses[place] & 0x7fff_ffff else { continue }
      if event.stamp & 1 == 0 { return serviceEnd(place, at: due) }
      if starts[place] == -1 { return patienceEnd(place, at: due) }
    }
    return nil
  }

  /// A worker begins with a job.
  @inlinable
  mutating func start(_ place: Int, at instant: Int64) {
    lines[stations[place]].busy += 1
    starts[place] = instant
    calendar.schedule(
      Event(place: UInt32(place), stamp: uses[place] << 1),
      at: Instant(nanoseconds: instant + services[place]))
  }

  /// A job is done, and its worker takes the first in line that has not given up.
  @inlinable
  mutating func serviceEnd(_ place: Int, at instant: Int64) -> JobDeparture {
    let station = stations[place]
    let departure = JobDeparture(
      job: jobs[place], station: station, start: starts[place], instant: instant)
    release(place)
    lines[station].busy -= 1
    while lines[station].first >= 0 {
      let first = lines[station].first
      lines[station].first = following[first]
      if following[first] < 0 { lines[station].last = -1 }
      if starts[first] == -1 {
        lines[station].waiting -= 1
        start(first, at: instant)
        break
      }
      release(first)
    }
    return departure
  }

  /// A job gives up; its place in the line goes when it is the first.
  @inlinable
  mutating func patienceEnd(_ place: Int, at instant: Int64) -> JobDeparture {
    starts[place] = -2
    lines[stations[place]].waiting -= 1
    return JobDeparture(job: jobs[place], station: stations[place], start: -1, instant: instant)
  }

  /// A place for a job, used before or new.
  @inlinable
  mutating func takenPlace() -> Int {
    if unused >= 0 {
      let place = unused
      unused = following[place]
      return place
    }
    jobs.append(0)
    stations.append(0)
    services.append(0)
    starts.append(0)
    uses.append(0)
    following.append(-1)
    return jobs.count - 1
  }

  /// Gives a place back; events that are still to come for it are outdated.
  @inlinable
  mutating func release(_ place: Int) {
    uses[place] &+= 1
    following[place] = unused
    unused = place
  }
}
