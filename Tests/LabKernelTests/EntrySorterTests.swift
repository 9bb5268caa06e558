import Testing

@testable import LabKernel

/// The events of a slot are sorted as any sort would, however they are spread over it.
struct EntrySorterTests {
  private typealias Entry = EventCalendar<Int>.Entry

  /// How far into a slot of 2^20 nanoseconds events are due.
  private static let spreads: [@Sendable (inout RandomStream) -> Int64] = [
    { Int64($0.index(below: 1 << 20)) },
    // All at one instant, in a few, in a corner of the slot, and after its end.
    { _ in 77 },
    { Int64($0.index(below: 3)) * 1000 },
    { Int64($0.index(below: 200)) },
    { Int64($0.index(below: 1 << 40)) },
  ]

  @Test(arguments: 0..<5, [0, 1, 2, 8, 9, 100, 1500])
  func sortedAsAnySortWould(_ spread: Int, _ count: Int) {
    var stream = RandomStream.testing(entity: count)
    let begin = Int64(5) << 20
    var sorter = EntrySorter<Int>()
    for _ in 0..<3 {
      var entries = PlainMemory<Entry>()
      for number in 0..<count {
        entries.append(
          Entry(
            time: begin + Self.spreads[spread](&stream), order: UInt64(number), payload: number))
      }
      let expected = entries.elements.sorted { ($0.time, $0.order) < ($1.time, $1.order) }
      sorter.sort(&entries, from: begin, bits: 20)
      #expect(entries.elements.map(\.payload) == expected.map(\.payload))
    }
  }
}
