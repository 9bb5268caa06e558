extension WorkerStations {
  /// How many jobs wait or are served at an instant; those that leave at the instant have left.
  ///
  /// A worker that is free later than the instant serves now: work that was put off for it began the moment
  /// it was free. The others that are present wait, and starts of one line ascend.
  ///
  /// - Parameters:
  ///   - station: The number of the station.
  ///   - instant: Not before the station's last arrival, its last such question, or its reset.
  /// - Returns: how many.
  /// - Complexity: linear in the number of workers up to ``fewWorkers``; from there logarithmic for each
  ///   job that left since the last question.
  /// - Precondition: the stations were made to count who is present.
  @inlinable
  public mutating func present(_ station: Int, at instant: Int64) -> Int {
    precondition(countsPresent, "stations count who is present only if they are made to")
    precondition(UInt(bitPattern: station) < UInt(bitPattern: count), "the station exists")
    let waits = waiting.removeThrough(instant, from: station)
    return waits &+ busy(station, at: instant)
  }

  /// How many workers serve at an instant.
  @inlinable
  mutating func busy(_ station: Int, at instant: Int64) -> Int {
    let first = station &* workers
    if workers == 1 { return free[station] > instant ? 1 : 0 }
    guard workers > Self.fewWorkers else {
      return free.withUnsafeBufferPointer { free in
        // Halving the ascending list without a branch that depends on where the instant falls.
        var place = first
        var length = workers
        while length > 1 {
          let half = length >> 1
          let isLater = free[place &+ half &- 1] <= instant ? 1 : 0
          place &+= half & (0 &- isLater)
          length &-= half
        }
        return first &+ workers &- place &- (free[place] <= instant ? 1 : 0)
      }
    }
    var size = used[station]
    free.withUnsafeMutableBufferPointer { free in
      let heap = UnsafeMutableBufferPointer(rebasing: free[first..<first &+ workers])
      while size > 0 && heap[0] <= instant {
        size &-= 1
        Self.sink(heap[size], in: heap, count: size)
      }
    }
    used[station] = size
    return size
  }

  /// Notes when a job that waits ceases to: when it starts, or when its patience ends.
  ///
  /// Where all have the same patience these instants ascend, also those of jobs that give up among those
  /// that start: who comes later has a later end of patience, and starts after all before it.
  @inlinable
  @inline(__always)
  mutating func noteWait(_ station: Int, _ arrival: Int64, _ start: Int64, _ patience: Int64) {
    if start > arrival {
      waiting.insert(start, into: station)
    } else if start < 0 && patience > 0 {
      waiting.insert(arrival + patience, into: station)
    }
  }

  /// The work that a station has still to do at an instant, over all its workers, in nanoseconds.
  ///
  /// - Returns: the sum; the greatest number where it is more than that.
  public func remainingWork(_ station: Int, at instant: Int64) -> Int64 {
    precondition(station >= 0 && station < count, "the station exists")
    let size = workers > Self.fewWorkers ? used[station] : workers
    var work: Int64 = 0
    for worker in station * workers..<station * workers + size where free[worker] > instant {
      let (sum, isTooLarge) = work.addingReportingOverflow(free[worker] - instant)
      guard !isTooLarge else { return .max }
      work = sum
    }
    return work
  }
}
