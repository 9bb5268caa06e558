import LabUnits

/// Stations that serve jobs in the order of their arrival, played with events and lines.
///
/// The same stations as ``WorkerStations`` by the other road: each end of service and each end of patience is
/// an event, and who waits stands in a line. It is slower by what a calendar costs, and is there for what
/// no recursion can do, and to prove the recursion: the tests hold the starts and ends of both roads
/// against each other to the nanosecond.
///
///     var stations = EventStations(workers: 1)
///     let station = stations.add()
///     stations.arrive(job: 7, at: station, arrival: 0, service: 10, patience: .max)   // .starts
///     stations.next(through: 20)   // job 7 leaves at 10; its service began at 0
///
/// Arrivals are no events, because whoever makes them knows them in their order: before an arrival is told,
/// all that happens up to its instant is taken with ``next(through:)``. So jobs that leave at an instant
/// have left when one arrives at it, and a worker that becomes free when a patience ends takes the job.
///
/// Jobs are kept in arrays, one for each of their properties, and a place in them is used again; once as
/// many have been present at a time as ever are, nothing is allocated.
@frozen
public struct EventStations: Sendable {
  /// What becomes of a job that arrives.
  @frozen
  public enum Admission: Sendable {
    /// A worker was free.
    case starts
    /// It stands in line.
    case waits
    /// It has no patience, and no worker was free.
    case leaves
  }

  /// What happens to a job; outdated if the place has had another job since.
  @frozen
  @usableFromInline
  struct Event: BitwiseCopyable, Sendable {
    @usableFromInline let place: UInt32
    /// The use of the place, twice; plus one for the end of patience.
    @usableFromInline let stamp: UInt32

    @inlinable
    init(place: UInt32, stamp: UInt32) {
      self.place = place
      self.stamp = stamp
    }
  }

  /// A station's workers and its line.
  @frozen
  @usableFromInline
  struct Line: BitwiseCopyable, Sendable {
    @usableFromInline var busy = 0
    @usableFromInline var waiting = 0
    /// The places of the first and the last job in line; those who gave up stay until they are the first.
    @usableFromInline var first = -1
    @usableFromInline var last = -1

    @inlinable
    init() {}
  }

  /// How many jobs a station serves at once.
  public let workers: Int
  @usableFromInline var calendar = EventCalendar<Event>()
  @usableFromInline var lines: [Line] = []

  // The jobs, by place.
  @usableFromInline var jobs: [Int] = []
  @usableFromInline var stations: [Int] = []
  @usableFromInline var services: [Int64] = []
  /// When service began; -1 in line, -2 for one that gave up.
  @usableFromInline var starts: [Int64] = []
  /// How often the place was used.
  @usableFromInline var uses: [UInt32] = []
  /// The next in line, or the next place that is not used; -1 for none.
  @usableFromInline var following: [Int] = []
  @usableFromInline var unused = -1

  /// No station yet.
  ///
  /// - Parameter workers: How many jobs a station serves at once, at least 1.
  public init(workers: Int) {
    precondition(workers > 0, "a station has a worker")
    self.workers = workers
  }

  /// How many stations there are.
  @inlinable
  public var count: Int { lines.count }

  /// Adds an idle station and returns its number; the first is 0.
  public mutating func add() -> Int {
    lines.append(Line())
    return lines.count - 1
  }

  /// How many jobs wait or are served at a station, after what was taken with ``next(through:)``.
  @inlinable
  public func present(_ station: Int) -> Int {
    lines[station].busy + lines[station].waiting
  }
}
