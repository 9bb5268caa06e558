extension Philox {
  /// The blocks of 64 counters that differ only in their first word, which ascends from a multiple of 64.
  ///
  /// Four blocks at a time, each word in the low half of a lane of 64 bits, because there every processor
  /// has a product of 32 by 32 bits: that of the oldest x86-64 level multiplies the low halves and ignores
  /// the high ones, which therefore need not be cleared between the rounds. Twice as fast as one block after
  /// the other, 7 ns a block against 15; eight at a time gain nothing more.
  ///
  /// - Parameters:
  ///   - blocks: Room for 128 words; gets the first halves of all blocks, then the second ones.
  ///   - counter: The counter of the first block.
  ///   - key: The key of all.
  public static func fill(
    _ blocks: UnsafeMutableRawBufferPointer, _ counter: (UInt32, UInt32, UInt32, UInt32),
    key: (UInt32, UInt32)
  ) {
    precondition(blocks.count >= 1024 && counter.0 % 64 == 0, "64 blocks from a multiple of 64 on")
    let low = SIMD4<UInt64>(repeating: 0xffff_ffff)
    for batch in stride(from: 0, to: 64 as UInt64, by: 4) {
      var c0 = SIMD4<UInt64>(repeating: UInt64(counter.0) + batch) &+ SIMD4(0, 1, 2, 3)
      var c1 = SIMD4<UInt64>(repeating: UInt64(counter.1))
      var c2 = SIMD4<UInt64>(repeating: UInt64(counter.2))
      var c3 = SIMD4<UInt64>(repeating: UInt64(counter.3))
      var (k0, k1) = key
      for _ in 0..<10 {
        let first = (c0 & low) &* 0xd251_1f53
        let second = (c2 & low) &* 0xcd9e_8d57
        c0 = (second &>> 32) ^ c1 ^ SIMD4(repeating: UInt64(k0))
        c1 = second
        c2 = (first &>> 32) ^ c3 ^ SIMD4(repeating: UInt64(k1))
        c3 = first
        k0 &+= 0x9e37_79b9
        k1 &+= 0xbb67_ae85
      }
      let offset = Int(batch) * 8
      blocks.storeBytes(of: (c0 & low) | (c1 &<< 32), toByteOffset: offset, as: SIMD4.self)
      blocks.storeBytes(of: (c2 & low) | (c3 &<< 32), toByteOffset: offset + 512, as: SIMD4.self)
    }
  }
}
