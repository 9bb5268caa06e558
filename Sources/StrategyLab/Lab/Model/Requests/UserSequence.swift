/// The users of numbered events, which are asked for in the order of their numbers.
struct UserSequence {
  private let population: UserPopulation
  /// The number of the event that the first user of the batch belongs to.
  private var first: UInt64 = .max
  private var users: [UInt32]

  /// The users of all events of a population.
  init(_ population: UserPopulation) {
    self.population = population
    users = Array(repeating: 0, count: UserPopulation.batchCount)
  }

  /// The users of the batch that is known.
  var known: [UInt32] { users }

  /// Whether the user of an event is not known yet, so that a batch will have to be drawn.
  @inline(__always)
  func isUnknown(_ number: UInt64) -> Bool {
    number & ~UInt64(UserPopulation.batchCount - 1) != first
  }

  /// The user of the event of the given number.
  @inline(__always)
  mutating func user(of number: UInt64) -> UInt32 {
    let place = number & UInt64(UserPopulation.batchCount - 1)
    if number &- place != first { draw(from: number &- place) }
    return users[Int(truncatingIfNeeded: place)]
  }

  @inline(never)
  private mutating func draw(from number: UInt64) {
    population.draw(from: number, into: &users)
    first = number
  }
}
