import LabKernel
import Testing

private func block(_ number: UInt64, page: UInt32 = 0) -> (UInt64, UInt64) {
  let second = UInt32(truncatingIfNeeded: number >> 32) | page << 24
  return Philox.block(
    (UInt32(truncatingIfNeeded: number), second, 0x8000_7e57, 5), key: (0x89ab_cdef, 0x0123_4567))
}

private func draws() -> NumberedDraws {
  NumberedDraws(seed: 0x0123_4567_89ab_cdef, replication: 5, purpose: .testing)
}

/// The layout that is documented, through every way of asking: batch after batch, leaps, and back.
@Test func numbersHaveTheirBlock() {
  var draws = draws()
  let leaps: [UInt64] = [
    1 << 32 - 70, 1 << 32 + 3, 9, 10, 11, 1 << 56 - 1, 1 << 56 - 2, 64, 63, 0, 5_000_000_000,
  ]
  for number in Array(0..<300) + leaps + Array((1 << 32 - 200)..<(1 << 32 + 200)) + [7, 250] {
    #expect(draws.words(number) == block(number), "number \(number)")
  }
}

@Test func furtherWordsAreOnPagesOfTheirOwn() {
  let draws = draws()
  for number in [0, 77, 1 << 40 + 3] as [UInt64] {
    for page in 1...255 as ClosedRange<UInt32> {
      let (first, second) = block(number, page: page)
      #expect(draws.further(number, Int(page) * 2 - 2) == first)
      #expect(draws.further(number, Int(page) * 2 - 1) == second)
      #expect(draws.furtherWords.word(number, Int(page) * 2 - 1) == second)
    }
  }
}

@Test func furtherWordsInTurnAreTheSame() {
  let words = draws().furtherWords
  for (number, begin) in [(0, 0), (77, 256), (1 << 40 + 3, 6)] as [(UInt64, Int)] {
    var sequence = words.sequence(number, from: begin)
    for index in begin..<510 { #expect(sequence.next() == words.word(number, index)) }
  }
}

@Test func noNumberSharesABlockWithAStream() {
  var draws = draws()
  var stream = RandomStream(
    seed: 0x0123_4567_89ab_cdef, replication: 5, purpose: .testing, entity: 0)
  let words = Set((0..<1000 as Range<UInt64>).map { draws.words($0).0 })
  #expect((0..<2000).allSatisfy { _ in !words.contains(stream.next()) })
}

@Test func copyOfDrawsGivesTheSame() {
  var draws = draws()
  _ = draws.words(63)
  var copy = draws
  let next = draws.words(64)
  #expect(copy.words(3) == block(3) && copy.words(64) == next && draws.words(3) == block(3))
}
