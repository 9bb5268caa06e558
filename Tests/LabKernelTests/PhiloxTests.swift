import LabKernel
import Testing

/// The known answers of Random123 for ten rounds of four words, from its file `kat_vectors`.
private let knownAnswers: [(counter: [UInt32], key: [UInt32], answer: [UInt32])] = [
  (
    [0, 0, 0, 0], [0, 0],
    [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
  ),
  (
    [.max, .max, .max, .max], [.max, .max],
    [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
  ),
  (
    // The first digits of π.
    [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
    [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
  ),
]

@Test(arguments: knownAnswers)
func philoxGivesThePublishedAnswer(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
  let (first, second) = Philox.block(
    (counter[0], counter[1], counter[2], counter[3]), key: (key[0], key[1]))
  #expect(first == UInt64(answer[0]) | UInt64(answer[1]) << 32)
  #expect(second == UInt64(answer[2]) | UInt64(answer[3]) << 32)
}
