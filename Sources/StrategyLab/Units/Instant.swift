/// A point in simulated time: whole nanoseconds since the start of the release.
///
/// The release is ordered at instant zero; nothing in the model happens before it. Whole nanoseconds
/// make two events planned for the same moment exactly simultaneous, so that their order is a written
/// rule and not the luck of a rounding.
public struct Instant: Sendable, Hashable, Comparable, BitwiseCopyable {
  /// Nanoseconds since the start of the release.
  public var nanoseconds: Int64

  /// The instant that lies the given number of nanoseconds after the start of the release.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The start of the release.
  @inlinable
  public static var zero: Instant { Instant(nanoseconds: 0) }

  /// Later than every event of any plan.
  @inlinable
  public static var distantFuture: Instant { Instant(nanoseconds: .max) }

  /// Seconds since the start of the release, for printing and for formulas.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Orders instants by time.
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant a span later; stays at ``distantFuture`` instead of overflowing.
  @inlinable
  public static func + (instant: Instant, span: Span) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(span.nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }

  /// The span between two instants, negative if the left one is earlier.
  @inlinable
  public static func - (left: Instant, right: Instant) -> Span {
    Span(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}
