/// A set of users by their number, one bit each.
struct UserSet {
  private var words: [UInt64]
  /// How many users are in it.
  private(set) var count = 0

  /// An empty set.
  ///
  /// - Parameter population: how many users there are.
  init(population: Int) { words = Array(repeating: 0, count: (population + 63) / 64) }

  /// Adds a user; one that is there already stays.
  @inline(__always)
  mutating func insert(_ user: UInt32) {
    let bit: UInt64 = 1 << UInt64(user & 63)
    let word = words[Int(user >> 6)]
    guard word & bit == 0 else { return }
    words[Int(user >> 6)] = word | bit
    count += 1
  }
}
