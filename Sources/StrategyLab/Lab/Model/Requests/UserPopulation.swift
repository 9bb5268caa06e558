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

  /// How many users are drawn at a time.
  static let batchCount = 64

  /// The users of the events of a batch.
  ///
  /// Each lies anywhere in the memory of the activities; all of a batch are fetched at the same time.
  ///
  /// - Parameters:
  ///   - first: the number of the first event, a multiple of ``batchCount``.
  ///   - users: gets as many users.
  func draw(from first: UInt64, into users: inout [UInt32]) {
    switch choice {
    case .byActivity(let table):
      let words = words(from: first)
      for place in users.indices {
        users[place] = UInt32(truncatingIfNeeded: table.index(words[place]))
      }
    case .dealt(let order, let count):
      for place in users.indices {
        let number = first + UInt64(place)
        let dealt = order(number < count ? number : number % count)
        users[place] = UInt32(truncatingIfNeeded: dealt % population)
      }
    }
  }

  /// A word for each event of a batch.
  private func words(from first: UInt64) -> [UInt64] {
    let counter = (
      UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: first >> 32),
      WorldPurpose.users.rawValue, UInt32(world.replication)
    )
    let key = (
      UInt32(truncatingIfNeeded: world.seed), UInt32(truncatingIfNeeded: world.seed >> 32)
    )
    var words = [UInt64](repeating: 0, count: 2 * Self.batchCount)
    words.withUnsafeMutableBytes { Philox.fill($0, counter, key: key) }
    return words
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
