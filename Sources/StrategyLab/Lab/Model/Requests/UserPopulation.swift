import LabKernel
import LabUnits

/// Who begins the next session, or, where everybody sends the same number of requests, the next request.
///
/// Users whose activity is gamma distributed begin sessions in proportion to it: their activities are drawn once a
/// replication, and a user from them by an alias table. With equal numbers, the users of all requests are a
/// fixed deck that is dealt in an order of its own: a permutation of its places.
struct UserPopulation {
  /// The most users that are played one by one.
  static let largest = 20_000_000

  private enum Choice {
    case byActivity(AliasTable)
    case dealt(IndexPermutation, count: UInt64)
  }

  private let choice: Choice
  private let population: UInt64
  private let world: World

  /// The users of a replication.
  ///
  /// - Parameters:
  ///   - users: the population and how unequal it is.
  ///   - events: requests within the horizon, or sessions where those stick.
  ///   - world: the replication.
  init(users: UserModel, events: Double, world: World) {
    population = UInt64(users.population)
    self.world = world
    switch users.activity {
    case .gamma(let shape):
      var stream = world.stream(WorldPurpose.activity, 0)
      var weights: [Double] = []
      weights.reserveCapacity(users.population)
      // Very small shapes leave most users without any activity; somebody must have some.
      var sum = 0.0
      for _ in 0..<users.population {
        weights.append(stream.gamma(shape: shape, scale: 1))
        sum += weights[weights.count - 1]
      }
      if sum <= 0 { weights[0] = 1 }
      choice = .byActivity(AliasTable(weights: weights))
    case .fixed:
      let count = UInt64(max(1, events.rounded()))
      var stream = world.stream(WorldPurpose.activity, 0)
      choice = .dealt(IndexPermutation(count: count, key: stream.next()), count: count)
    }
  }

  /// Whether each request, and not each session, draws its own user when nothing sticks to sessions.
  var isDealt: Bool { if case .dealt = choice { true } else { false } }

  /// The user of the event of the given number.
  func user(of number: UInt64) -> UInt32 {
    switch choice {
    case .byActivity(let table):
      return UInt32(truncatingIfNeeded: table.index(word(number)))
    case .dealt(let order, let count):
      return UInt32(truncatingIfNeeded: order(number % count) % population)
    }
  }

  private func word(_ number: UInt64) -> UInt64 {
    let counter = (
      UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
      WorldPurpose.users.rawValue, UInt32(world.replication)
    )
    return Philox.block(
      counter,
      key: (
        UInt32(truncatingIfNeeded: world.seed), UInt32(truncatingIfNeeded: world.seed >> 32)
      )
    ).0
  }

  /// Whether a user belongs to the segment that a defect hurts; independent of the number that cohorts go by.
  static func isAffected(_ user: UInt32, share: Double) -> Bool {
    // The finaliser of MurmurHash3 spreads neighbouring numbers over all words.
    var hash = user
    hash ^= hash >> 16
    hash = hash &* 0x85eb_ca6b
    hash ^= hash >> 13
    hash = hash &* 0xc2b2_ae35
    hash ^= hash >> 16
    return Double(hash) < share * 0x1p32
  }
}
