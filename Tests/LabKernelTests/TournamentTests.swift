import Testing

@testable import LabKernel

/// The row with the earliest event wins, whichever row has changed.
struct TournamentTests {
  /// When the first event of a row is due, and its place in the written order.
  private struct Event {
    var time = Int64.max
    var order = UInt64.max
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13]) func theEarliestRowWins(_ rows: Int) {
    var stream = RandomStream.testing(entity: rows)
    var tournament = Tournament(rows: rows)
    var plain = Array(repeating: Event(), count: rows)
    for number in 0..<500 {
      let row = stream.index(below: rows)
      // Few instants, so that the order decides often; and now and then the row is empty.
      if stream.index(below: 5) == 0 {
        plain[row] = Event()
        tournament.leave(row)
      } else {
        plain[row] = Event(
          time: Int64(stream.index(below: 4)), order: 128 << 56 | UInt64(number))
        tournament.enter(plain[row].time, plain[row].order, row)
      }
      let expected = plain.indices.min {
        (plain[$0].time, plain[$0].order) < (plain[$1].time, plain[$1].order)
      }
      let isEmpty = plain.allSatisfy { $0.time == .max }
      #expect(tournament.isEmpty == isEmpty)
      if !isEmpty { #expect(tournament.first == expected) }
      #expect(tournament.leader.time == expected.map { plain[$0].time })
    }
    tournament.removeAll()
    #expect(tournament.isEmpty && tournament.leader.time == .max)
  }
}
