/// A set of users by their number, one bit each.
struct UserSet {
  private let words: PlainRow<UInt64>
  /// How many users are in it.
  private(set) var count = 0

  /// An empty set.
  ///
  /// - Parameter population: how many users there are.
  init(population: Int) {
    words = PlainRow(repeating: 0, count: (population + 63) / 64)
  }

  /// Adds a user; one that is there already stays.
  @inline(__always)
  mutating func insert(_ user: UInt32) {
    // Without a branch: the word comes from far memory, and what follows need not wait for it.
    let place = UInt64(user & 63)
    let word = words[Int(user >> 6)]
    words[Int(user >> 6)] = word | 1 &<< place
    count += 1 - Int(truncatingIfNeeded: word &>> place & 1)
  }

  /// The bits of a user and some neighbours, for who fetches them before they are needed.
  @inline(__always)
  func word(of user: UInt32) -> UInt64 { words[Int(user >> 6)] }
}
