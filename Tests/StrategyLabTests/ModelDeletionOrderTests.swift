import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The order that is kept is the order that ``DeletionRank`` defines.
struct ModelDeletionOrderTests {
  /// A version's replicas, its order of deletions, and the clock.
  private struct Fleet {
    var table = ReplicaTable()
    var order = DeletionOrder()
    var now = Instant.zero + .seconds(1)
    var stream: RandomStream

    init(_ number: Int) {
      stream = RandomStream(
        seed: 5, replication: number, purpose: RandomPurpose(rawValue: 1001), entity: 0)
      for _ in 0..<stream.index(below: 30) {
        _ = table.addServing(on: stream.index(below: 6))
      }
    }

    var members: [Int] { table.members.stable.elements.map { Int($0) } }

    /// The rank of a replica by the definition.
    func rank(_ replica: Int) -> DeletionRank {
      let row = table[replica]
      let isReady = row.phase == .ready
      let since = row.readySince
      return DeletionRank(
        stage: row.phase == .pending ? .pending : isReady ? .ready : .starting,
        readyFor: since == .min
          ? Span(nanoseconds: .max)
          : Span(nanoseconds: now.nanoseconds - min(since, now.nanoseconds)),
        age: .zero, restarts: Int(row.restarts),
        neighbours: isReady
          ? members.count { table[$0].phase == .ready && table[$0].node == row.node } : 0,
        tieBreaker: .max - UInt64(replica))
    }

    /// Whoever goes first by the definition.
    var expected: Int? {
      members.filter { !table[$0].isDoomed }.min { rank($0) < rank($1) }
    }

    /// One thing that can happen to a fleet.
    mutating func happen() {
      let members = members
      if stream.index(below: 3) == 0 { now = now + .milliseconds(1 + stream.index(below: 40_000)) }
      guard !members.isEmpty, stream.index(below: 4) > 0 else {
        let replica = table.add(.stable)
        return order.note(replica, &table)
      }
      let replica = members[stream.index(below: members.count)]
      switch table.phase(of: replica) {
      case .pending:
        table[replica].node = Int32(stream.index(below: 6))
        table.enter(.starting, replica)
        order.note(replica, &table)
      case .starting, .backingOff:
        table.enter(.ready, replica)
        table[replica].readySince = now.nanoseconds
        order.becameReady(replica, &table, at: now)
      case .ready where stream.index(below: 2) == 0:
        order.leavesReady(replica, &table, at: now)
        table.enter(.backingOff, replica)
        table[replica].restarts += 1
        order.note(replica, &table)
      default:
        order.leavesReady(replica, &table, at: now)
        table.enter(.terminating, replica)
      }
    }
  }

  @Test(arguments: 0..<30) func theOrderKeptIsTheOrderDefined(_ number: Int) {
    var fleet = Fleet(number)
    fleet.order.keep(.stable, &fleet.table, at: fleet.now)
    for _ in 0..<120 {
      fleet.happen()
      #expect(fleet.order.first(&fleet.table, at: fleet.now) == fleet.expected)
      if fleet.stream.index(below: 4) == 0, let replica = fleet.expected {
        fleet.table.doom(replica)
      }
    }
  }

  @Test(arguments: 0..<10) func severalAtOnceAreChosenByTheSameRanks(_ number: Int) {
    var fleet = Fleet(number)
    fleet.order.keep(.stable, &fleet.table, at: fleet.now)
    for _ in 0..<40 { fleet.happen() }
    let ranked = fleet.members.filter { !fleet.table[$0].isDoomed }
      .sorted { fleet.rank($0) < fleet.rank($1) }
    for replica in ranked {
      #expect(fleet.order.first(&fleet.table, at: fleet.now) == replica)
      fleet.table.doom(replica)
    }
    #expect(fleet.order.first(&fleet.table, at: fleet.now) == nil)
  }

  @Test(arguments: 0..<10) func theLargestNumberLeavesFirst(_ number: Int) {
    var stream = RandomStream(
      seed: 6, replication: number, purpose: RandomPurpose(rawValue: 1001), entity: 0)
    var queue = DescendingQueue()
    var sorted: [UInt64] = []
    for step in 0..<400 {
      if stream.index(below: 5) < 3 {
        // Mostly descending or ascending, as ranks come.
        let value = [
          UInt64(400 - step), UInt64(400 - step), UInt64(step), stream.next() % 500,
        ][stream.index(below: 4)]
        queue.insert(value)
        sorted.insert(value, at: sorted.firstIndex { $0 > value } ?? sorted.count)
      } else if let last = sorted.popLast() {
        let first = queue.first
        #expect(first == last)
        queue.removeFirst()
      }
      let first = queue.first
      #expect(first == sorted.last)
    }
  }
}
