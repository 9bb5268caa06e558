import BenchmarkSupport

/// Measures one candidate for the kernel's calendar on one hold model and prints one line of JSON.
@main
struct EventQueues {
  typealias Play =
    @Sendable (HoldModel, _ pending: Int, _ holds: Int) -> (seconds: Double, checksum: UInt64)

  // A closure for each, so that the compiler makes a loop of its own for every candidate.
  static let candidates: [(name: String, play: Play)] = [
    ("kernel", { $0.play(KernelCalendar.self, pending: $1, holds: $2) }),
    ("binary-heap", { $0.play(BinaryHeap.self, pending: $1, holds: $2) }),
    ("swift-collections", { $0.play(CollectionsHeap.self, pending: $1, holds: $2) }),
    ("calendar", { $0.play(CalendarQueue.self, pending: $1, holds: $2) }),
    ("ladder", { $0.play(LadderQueue.self, pending: $1, holds: $2) }),
    ("wheel", { $0.play(KernelWheel.self, pending: $1, holds: $2) }),
    ("entity-timers", { $0.play(EntityTimers.self, pending: $1, holds: $2) }),
  ]

  static func main() {
    let names = candidates.map(\.name).joined(separator: "|")
    let increments = HoldModel.Increments.allCases.map(\.rawValue).joined(separator: "|")
    var words = CommandWords(usage: "event-queues \(names) \(increments) PENDING HOLDS")
    let name = words.next()
    guard let candidate = candidates.first(where: { $0.name == name }),
      let increments = HoldModel.Increments(rawValue: words.next())
    else { words.fail() }
    let model = HoldModel(increments)
    let pending = words.nextCount()
    let holds = words.nextCount()
    let (seconds, checksum) = candidate.play(model, pending, holds)
    print(
      """
      {"seconds": \(seconds), "holds": \(holds - holds / 2), "checksum": "\(checksum)"}
      """)
  }
}
