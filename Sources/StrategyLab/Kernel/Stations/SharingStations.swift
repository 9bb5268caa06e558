import LabUnits

/// Stations whose workers are shared evenly by all jobs that are present: processor sharing.
///
/// With n jobs at a station of c workers each is served at the speed min(1, c / n); nobody waits, and
/// everybody is slower when many are there. It is how a processor or a connection is shared by the
/// requests that a service lets in. With exponential arrivals a job that takes x alone takes x / (1 - ρ)
/// at one worker, whatever the law of x (Kleinrock 1967, "Time-shared Systems: A theoretical
/// treatment", doi:10.1145/321386.321388).
///
/// **How it is kept.** A station has a clock that runs at its speed: the service that a job gets if it is
/// present all the time. A job leaves when that clock has advanced by what it takes alone, so that the order
/// of leaving never changes, and only the first to leave is an event. The clock starts anew whenever the
/// station is empty, so that it never loses digits. Jobs leave at whole nanoseconds, rounded up.
///
/// Arrivals are no events, as in ``EventStations``.
@frozen
public struct SharingStations: Sendable {
  /// A job, by when the station's clock lets it go.
  @frozen
  @usableFromInline
  struct Share: BitwiseCopyable, Sendable {
    @usableFromInline var end: Double
    @usableFromInline var job: Int
    @usableFromInline var arrival: Int64

    @inlinable
    init(end: Double, job: Int, arrival: Int64) {
      self.end = end
      self.job = job
      self.arrival = arrival
    }
  }

  /// A station's clock and who is present.
  @frozen
  @usableFromInline
  struct Room: Sendable {
    /// The service that a job has got that is present since the room was last empty, in nanoseconds.
    @usableFromInline var clock = 0.0
    /// When the clock was read.
    @usableFromInline var instant: Int64 = 0
    /// How often the first to leave has changed; an event of an earlier count is outdated.
    @usableFromInline var version: UInt32 = 0
    /// A heap, the first to leave first.
    @usableFromInline var shares: [Share] = []

    @inlinable
    init() {}
  }

  /// The first of a station leaves.
  @frozen
  @usableFromInline
  struct Event: BitwiseCopyable, Sendable {
    @usableFromInline let station: UInt32
    @usableFromInline let version: UInt32

    @inlinable
    init(station: UInt32, version: UInt32) {
      self.station = station
      self.version = version
    }
  }

  /// How many jobs a station serves at full speed.
  public let workers: Int
  @usableFromInline var calendar = EventCalendar<Event>()
  @usableFromInline var rooms: [Room] = []

  /// No station yet.
  ///
  /// - Parameter workers: How many jobs a station serves at full speed, at least 1.
  public init(workers: Int) {
    precondition(workers > 0, "a station has a worker")
    self.workers = workers
  }

  /// How many stations there are.
  @inlinable
  public var count: Int { rooms.count }

  /// Adds an idle station and returns its number; the first is 0.
  public mutating func add() -> Int {
    rooms.append(Room())
    return rooms.count - 1
  }

  /// How many jobs are at a station, after what was taken with ``next(through:)``.
  @inlinable
  public func present(_ station: Int) -> Int { rooms[station].shares.count }
}
