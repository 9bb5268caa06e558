/// What is known of the events to come: those of the sorted slot, and those of the lanes.
///
///     while let next = calendar.nextTime() {
///       while let event = calendar.popFirst(at: next) {
///         if calendar.hasNews {
///           for place in calendar.lookAhead(64) { prepare(calendar.coming(place)) }
///           for place in calendar.lookAheadInLane() { prepare(calendar.comingInLane(place)) }
///         }
///         handle(event)
///       }
///     }
///
/// Not every event is shown: what is planned for the present slot is not, nor what waits in a short lane.
extension LaneCalendar {
  /// Whether there are events to come that were not shown.
  @inlinable
  @inline(__always)
  public var hasNews: Bool { head >= shown || queues.news >= 0 }

  /// The places of the next events of the sorted slot, in the order in which they leave.
  ///
  /// - Parameter most: How many at the most.
  /// - Returns: Fewer if the slot has no more, none if those of the last answer have not left.
  @inlinable
  public mutating func lookAhead(_ most: Int) -> Range<Int> {
    guard head >= shown else { return 0..<0 }
    let end = head &+ Swift.min(most, sorted.count &- head)
    shown = end == sorted.count ? .max : end
    return head..<end
  }

  /// An event of the sorted slot.
  ///
  /// - Parameter place: One that ``lookAhead(_:)`` gave.
  /// - Returns: The event, as long as none was taken out since.
  @inlinable
  @inline(__always)
  public func coming(_ place: Int) -> Payload { sorted[place].payload }

  /// The places of events that soon have their turn in one of the lanes, in the order in which they leave.
  ///
  /// - Returns: Places for ``comingInLane(_:)``; none if no lane has got on far enough since the last answer.
  @inlinable
  public mutating func lookAheadInLane() -> Range<Int> { queues.lookAhead() }

  /// An event of a lane.
  ///
  /// - Parameter place: One that ``lookAheadInLane()`` gave.
  /// - Returns: The event, as long as none was taken out since.
  @inlinable
  @inline(__always)
  public func comingInLane(_ place: Int) -> Payload { queues.elements[place].payload }
}
