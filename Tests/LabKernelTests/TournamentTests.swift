import Testing

@testable import LabKernel

/// The row with the earliest event wins, whichever row has changed.
struct TournamentTests {
  @Test(arguments: [1, 2, 3, 5, 8, 13]) func theEarliestRowWins(_ rows: Int) {
    var stream = RandomStream.testing(entity: rows)
    var tournament = Tournament(rows: rows)
    var plain = Array(repeating: Tournament.Entrant(), count: rows)
    for number in 0..<500 {
      let row = stream.index(below: rows)
      // Few instants, so that the order decides often; and now and then the row is empty.
      let entrant =
        stream.index(below: 5) == 0
        ? Tournament.Entrant()
        : Tournament.Entrant(time: Int64(stream.index(below: 4)), order: UInt64(number))
      tournament.enter(entrant, row)
      plain[row] = entrant
      let expected = plain.min { ($0.time, $0.order) < ($1.time, $1.order) }
      #expect(tournament[tournament.first].order == expected?.order)
    }
    tournament.removeAll()
    #expect(tournament[tournament.first].order == .max)
  }
}
