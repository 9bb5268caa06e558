/// A job that leaves a station: served, or because its patience ended.
@frozen
public struct JobDeparture: Sendable, Hashable, BitwiseCopyable {
  /// The caller's number of the job.
  public let job: Int
  /// The number of the station.
  public let station: Int
  /// When its service began, in nanoseconds; -1 for a job that gave up.
  public let start: Int64
  /// When it leaves, in nanoseconds.
  public let instant: Int64

  /// The departure of a job.
  @inlinable
  public init(job: Int, station: Int, start: Int64, instant: Int64) {
    self.job = job
    self.station = station
    self.start = start
    self.instant = instant
  }
}
