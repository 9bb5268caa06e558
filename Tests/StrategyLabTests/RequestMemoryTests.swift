import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What requests are written to: users, sessions, and who comes next.
@Suite struct RequestMemoryTests {
  @Test func aSetOfUsersCountsEachOnce() {
    var set = UserSet(population: 1_000)
    var expected: Set<UInt32> = []
    var stream = RandomStream(
      seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 1), entity: 0)
    for _ in 0..<2_000 {
      let user = UInt32(stream.next() % 1_000)
      set.insert(user)
      expected.insert(user)
      #expect(set.word(of: user) >> UInt64(user % 64) & 1 == 1)
    }
    #expect(set.count == expected.count)
    let last = UInt32(999)
    #expect((set.word(of: last) >> UInt64(last % 64) & 1 == 1) == expected.contains(last))
  }

  /// One by one, in any order, and across the ends of batches.
  @Test(arguments: [UserModel.Activity.gamma(shape: 0.5), .fixed])
  func usersAreThoseOfTheirNumber(_ activity: UserModel.Activity) {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.users.population = 300
      $0.users.activity = activity
    }
    let population = UserPopulation(
      users: scenario.users, events: 1_000,
      world: World(seed: 7, replication: 2, risk: scenario.release))
    var ascending = UserSequence(population)
    let users = (0..<1_000 as Range<UInt64>).map { ascending.user(of: $0) }
    var leaping = UserSequence(population)
    for step in 0..<1_000 as Range<UInt64> {
      let number = step * 397 % 1_000
      #expect(leaping.user(of: number) == users[Int(number)])
    }
    #expect(users.allSatisfy { $0 < 300 })
    guard activity == .fixed else { return }
    // A deck that is dealt: each of 300 has three or four of a thousand.
    var sent = [Int](repeating: 0, count: 300)
    for user in users { sent[Int(user)] += 1 }
    #expect(sent.allSatisfy { $0 == 3 || $0 == 4 })
  }

  @Test func sessionsStayWhileThePoolGrowsAndShrinks() {
    let scenario = plainScenario(strategies: [Recreate()]) { _ in }
    var pool = SessionPool(users: scenario.users)
    for user in 0..<1_000 as Range<UInt32> {
      pool.append(SessionPool.Session(user: user))
      #expect(pool.count == Int(user) + 1)
    }
    pool.change(500) { $0.stick(candidate: true, replica: 17) }
    for place in 0..<1_000 { #expect(pool[place].user == UInt32(place)) }
    #expect(pool[500].replica == 17 && pool[499].replica == nil)
    pool.cut(to: 600)
    #expect(pool.count == 600)
    pool.cut(to: 900)
    #expect(pool.count == 600)
    pool.append(SessionPool.Session(user: 5))
    #expect(pool.count == 601 && pool[600].user == 5 && pool[500].replica == 17)
    #expect(pool.place(drawnBy: 0).place == 0 && pool.place(drawnBy: .max).place == 600)
  }
}
