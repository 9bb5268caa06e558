import LabUnits

extension SharingStations {
  /// Lets a job arrive.
  ///
  /// - Parameters:
  ///   - job: The caller's number for it.
  ///   - station: The number of the station.
  ///   - arrival: When it comes; all up to this instant must have been taken with ``next(through:)``.
  ///   - service: How long it takes alone, in nanoseconds.
  /// - Complexity: logarithmic in the number of jobs at the station and in the number of stations, at worst.
  @inlinable
  public mutating func arrive(job: Int, at station: Int, arrival: Int64, service: Int64) {
    rooms[station].read(at: arrival, workers: workers)
    let share = Share(end: rooms[station].clock + Double(service), job: job, arrival: arrival)
    rooms[station].insert(share)
    scheduleFirst(of: station)
  }

  /// The next job that leaves a station not later than an instant; nil when none does.
  ///
  /// Its start is its arrival, since nobody waits.
  ///
  /// - Complexity: logarithmic in the number of jobs at the station and in the number of stations, at worst.
  @inlinable
  public mutating func next(through instant: Int64) -> JobDeparture? {
    while let due = calendar.nextTime?.nanoseconds, due <= instant,
      let (_, event) = calendar.popFirst()
    {
      let station = Int(event.station)
      guard event.version == rooms[station].version else { continue }
      rooms[station].read(at: due, workers: workers)
      let share = rooms[station].removeFirst()
      if !rooms[station].shares.isEmpty { scheduleFirst(of: station) }
      return JobDeparture(
        job: share.job, station: station, start: share.arrival, instant: due)
    }
    return nil
  }

  /// Enters when the first of a station leaves if nobody else comes.
  @inlinable
  mutating func scheduleFirst(of station: Int) {
    rooms[station].version &+= 1
    calendar.schedule(
      Event(station: UInt32(station), version: rooms[station].version),
      at: Instant(nanoseconds: rooms[station].firstEnd(workers: workers)))
  }
}

extension SharingStations.Room {
  /// Advances the clock to an instant.
  @inlinable
  mutating func read(at now: Int64, workers: Int) {
    if shares.isEmpty {
      clock = 0
    } else {
      clock += Double(now - instant) * min(1, Double(workers) / Double(shares.count))
    }
    instant = now
  }

  /// When the first share ends if nobody else comes.
  @inlinable
  func firstEnd(workers: Int) -> Int64 {
    let slowness = max(1, Double(shares.count) / Double(workers))
    let span = max(0, shares[0].end - clock) * slowness
    let whole = Int64(span)
    return instant + whole + (Double(whole) < span ? 1 : 0)
  }

  /// Puts a share into the heap.
  @inlinable
  mutating func insert(_ share: SharingStations.Share) {
    shares.append(share)
    var hole = shares.count - 1
    while hole > 0, share.end < shares[(hole - 1) / 2].end {
      shares[hole] = shares[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    shares[hole] = share
  }

  /// Takes the share that ends first out of the heap.
  @inlinable
  mutating func removeFirst() -> SharingStations.Share {
    let first = shares[0]
    let last = shares.removeLast()
    guard !shares.isEmpty else { return first }
    var hole = 0
    while 2 * hole + 1 < shares.count {
      var child = 2 * hole + 1
      if child + 1 < shares.count, shares[child + 1].end < shares[child].end { child += 1 }
      guard shares[child].end < last.end else { break }
      shares[hole] = shares[child]
      hole = child
    }
    shares[hole] = last
    return first
  }
}
