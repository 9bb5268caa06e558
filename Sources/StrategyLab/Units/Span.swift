/// A length of simulated time: whole nanoseconds.
public struct Span: Sendable, Hashable, Comparable, BitwiseCopyable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A span of whole nanoseconds.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The span nearest to the given number of seconds, ties away from zero.
  ///
  /// - Precondition: `seconds` is finite; its magnitude is held below 9.2e9 s (292 years).
  @inlinable
  public init(seconds: Double) {
    precondition(seconds.isFinite, "a span must be finite")
    let bounded = min(max(seconds, -9.2e9), 9.2e9)
    nanoseconds = Int64((bounded * 1e9).rounded(.toNearestOrAwayFromZero))
  }

  /// No time at all.
  @inlinable
  public static var zero: Span { Span(nanoseconds: 0) }

  /// A span of whole seconds.
  @inlinable
  public static func seconds(_ count: Int) -> Span {
    Span(nanoseconds: Int64(count) * 1_000_000_000)
  }

  /// A span of whole milliseconds.
  @inlinable
  public static func milliseconds(_ count: Int) -> Span {
    Span(nanoseconds: Int64(count) * 1_000_000)
  }

  /// A span of whole minutes.
  @inlinable
  public static func minutes(_ count: Int) -> Span { .seconds(60 * count) }

  /// A span of whole hours.
  @inlinable
  public static func hours(_ count: Int) -> Span { .seconds(3600 * count) }

  /// The length in seconds, for printing and for formulas.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Orders spans by length.
  @inlinable
  public static func < (left: Span, right: Span) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The sum of two spans; stays at the largest span instead of overflowing.
  @inlinable
  public static func + (left: Span, right: Span) -> Span {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return Span(nanoseconds: overflow ? .max : sum)
  }

  /// Lengthens a span.
  @inlinable
  public static func += (left: inout Span, right: Span) { left = left + right }

  /// The difference of two spans.
  @inlinable
  public static func - (left: Span, right: Span) -> Span {
    Span(nanoseconds: left.nanoseconds - right.nanoseconds)
  }

  /// A span repeated a whole number of times.
  @inlinable
  public static func * (span: Span, count: Int) -> Span {
    let (product, overflow) = span.nanoseconds.multipliedReportingOverflow(by: Int64(count))
    return Span(nanoseconds: overflow ? .max : product)
  }
}
