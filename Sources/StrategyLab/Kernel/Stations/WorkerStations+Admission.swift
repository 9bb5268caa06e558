extension WorkerStations {
  /// Admits a job, unless it would wait longer than its patience, and tells when its service starts.
  ///
  /// Who gives up takes no worker: nobody starts later because of it. If jobs that are present are
  /// counted, it is present until its patience ends.
  ///
  /// - Parameters:
  ///   - station: The number of the station.
  ///   - arrival: When the job comes, in nanoseconds, 0 or later; never before the station's last arrival.
  ///   - service: How long a worker is busy with it, in nanoseconds.
  ///   - patience: How long it waits at most; 0 for one that never waits, `.max` for one that always does.
  /// - Returns: the start in nanoseconds, or -1 for a job that gives up.
  /// - Complexity: linear in the number of workers up to ``fewWorkers``, logarithmic from there.
  @inlinable
  @inline(__always)
  public mutating func admit(
    _ station: Int, arrival: Int64, service: Int64, patience: Int64
  ) -> Int64 {
    precondition(UInt(bitPattern: station) < UInt(bitPattern: count), "the station exists")
    let start =
      if workers == 1 {
        admitToOne(station, arrival, service, patience)
      } else if workers <= Self.fewWorkers {
        admitToFew(station, arrival, service, patience)
      } else {
        admitToMany(station, arrival, service, patience)
      }
    if countsPresent { noteWait(station, arrival, start, patience) }
    return start
  }

  /// Lindley's recursion.
  @inlinable
  @inline(__always)
  mutating func admitToOne(
    _ station: Int, _ arrival: Int64, _ service: Int64, _ patience: Int64
  ) -> Int64 {
    free.withUnsafeMutableBufferPointer { free in
      let start = max(arrival, free[station])
      guard start &- arrival <= patience else { return -1 }
      free[station] = start + service
      return start
    }
  }

  /// The first of an ascending list is taken out and its next time put in its place.
  ///
  /// In the new list, place i has the middle one of the old places i and i + 1 and of the new time. No
  /// branch depends on where that falls, which no processor could predict.
  @inlinable
  @inline(__always)
  mutating func admitToFew(
    _ station: Int, _ arrival: Int64, _ service: Int64, _ patience: Int64
  ) -> Int64 {
    free.withUnsafeMutableBufferPointer { free in
      let first = station &* workers
      let last = first &+ workers &- 1
      let start = max(arrival, free[first])
      guard start &- arrival <= patience else { return -1 }
      let end = start + service
      var current = free[first]
      var place = first
      while place < last {
        let next = free[place &+ 1]
        free[place] = min(next, max(current, end))
        current = next
        place &+= 1
      }
      free[last] = max(current, end)
      return start
    }
  }

  /// The first of a heap is replaced; or one that never worked joins it, if the first is still busy.
  @inlinable
  mutating func admitToMany(
    _ station: Int, _ arrival: Int64, _ service: Int64, _ patience: Int64
  ) -> Int64 {
    let size = used[station]
    let opening = openings[station]
    let workers = workers
    let (start, newSize) = free.withUnsafeMutableBufferPointer { free -> (Int64, Int) in
      let heap = UnsafeMutableBufferPointer(
        rebasing: free[station &* workers..<(station &+ 1) &* workers])
      if size < workers && (size == 0 || heap[0] > max(arrival, opening)) {
        let start = max(arrival, opening)
        guard start &- arrival <= patience else { return (-1, size) }
        Self.rise(start + service, from: size, in: heap)
        return (start, size &+ 1)
      }
      let start = max(arrival, heap[0])
      guard start &- arrival <= patience else { return (-1, size) }
      Self.sink(start + service, in: heap, count: size)
      return (start, size)
    }
    used[station] = newSize
    return start
  }

  /// Puts an instant in a new last place of a heap and up to where its parent is not later.
  @inlinable
  static func rise(_ instant: Int64, from place: Int, in heap: UnsafeMutableBufferPointer<Int64>) {
    var hole = place
    while hole > 0 {
      let parent = (hole &- 1) >> 1
      guard instant < heap[parent] else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = instant
  }

  /// Puts an instant in the place of the first of a heap and down to where its children are not earlier.
  @inlinable
  static func sink(_ instant: Int64, in heap: UnsafeMutableBufferPointer<Int64>, count: Int) {
    var hole = 0
    while true {
      var child = 2 &* hole &+ 1
      guard child < count else { break }
      if child &+ 1 < count { child &+= heap[child &+ 1] < heap[child] ? 1 : 0 }
      guard heap[child] < instant else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = instant
  }
}
