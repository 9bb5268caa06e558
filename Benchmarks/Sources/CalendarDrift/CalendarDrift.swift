import BenchmarkSupport
import LabUnits

/// Plays a month of a thousand million events at once and in ten pieces, and prints one line of JSON.
///
/// It fails if the two differ, or if a clock is off by a nanosecond.
@main
struct CalendarDrift {
  static func main() {
    let words = CommandWords(usage: "calendar-drift [--events N]")
    let events = words.number("--events", default: 1_000_000_000)
    guard events > 0 else { words.fail() }
    let before = ProcessorClock.seconds
    var whole = MonthOfEvents(events: events)
    whole.play(through: MonthOfEvents.month)
    let seconds = ProcessorClock.seconds - before
    var pieces = MonthOfEvents(events: events)
    for piece in 1...10 {
      let end = MonthOfEvents.month.nanoseconds / 10 * Int64(piece)
      pieces.play(through: Instant(nanoseconds: end))
      pieces.move()
    }
    precondition(whole.faults.isEmpty, whole.faults.joined(separator: "; "))
    precondition(pieces.faults.isEmpty, pieces.faults.joined(separator: "; "))
    let played = whole.counts.reduce(0, +)
    print(
      """
      {"events": \(played), "seconds": \(seconds), "same": \(whole.digest == pieces.digest), \
      "drift_of_doubles_ns": \(whole.driftOfDoubles)}
      """)
    precondition(whole.digest == pieces.digest, "ten pieces give another result than one")
  }
}
