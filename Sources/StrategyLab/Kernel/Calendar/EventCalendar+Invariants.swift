extension EventCalendar {
  /// Stops the program if the calendar is not in order; compiled to nothing in release builds.
  ///
  /// No entry is before its parent, and every running number has been given out once.
  ///
  /// - Complexity: linear in the number of events, and a sort of their running numbers.
  public func checkInvariants() {
    #if DEBUG
      for index in entries.indices.dropFirst() {
        let parent = (index - 1) / 4
        precondition(
          entries[parent].isBefore(entries[index]),
          "event \(index) of the calendar is before its parent, event \(parent)")
      }
      let numbers = entries.map { $0.order & (1 << 56 - 1) }.sorted()
      for (number, next) in zip(numbers, numbers.dropFirst()) {
        precondition(number != next, "two events of the calendar have the same running number")
      }
      precondition((numbers.last ?? 0) < max(scheduled, 1), "an event was never scheduled")
    #endif
  }
}
