import LabStrategies
import LabUnits
import Testing

/// The order of Kubernetes, controller_utils_test.go, TestSortingActivePodsWithRanks, and
/// replica_set_test.go, TestGetPodsToDelete.
@Suite struct DeletionRankTests {
  static let month = Span.hours(24 * 30)

  /// Each goes before all that follow; they are numbered against that order, so that nothing but the
  /// rules can put them there.
  static let order = [
    DeletionRank(stage: .pending, age: .zero, neighbours: 0, tieBreaker: 9),
    DeletionRank(stage: .starting, age: .zero, restarts: 3, tieBreaker: 8),
    DeletionRank(stage: .starting, age: .zero, tieBreaker: 7),
    DeletionRank(stage: .starting, age: month, tieBreaker: 6),
    DeletionRank(stage: .ready, readyFor: month, age: month, neighbours: 2, tieBreaker: 5),
    DeletionRank(
      stage: .ready, readyFor: .zero, age: .zero, restarts: 9001, neighbours: 1, tieBreaker: 4),
    DeletionRank(stage: .ready, readyFor: .zero, age: .zero, neighbours: 1, tieBreaker: 3),
    DeletionRank(stage: .ready, readyFor: .zero, age: month, neighbours: 1, tieBreaker: 2),
    DeletionRank(stage: .ready, readyFor: month, age: month, neighbours: 1, tieBreaker: 1),
  ]

  @Test func thoseThatServeLeastGoFirst() {
    #expect(Self.order.reversed().sorted() == Self.order)
  }

  @Test func timesCountByTheirPowerOfTwo() {
    // 70 s and 100 s lie between 2^36 and 2^37 ns; 150 s lies above.
    let ranks = [150, 100, 70].enumerated().map { index, seconds in
      DeletionRank(
        stage: .ready, readyFor: .seconds(seconds), age: .hours(1), tieBreaker: UInt64(index))
    }
    #expect(ranks.sorted() == [ranks[1], ranks[2], ranks[0]])
  }

  @Test func anUnscheduledReplicaGoesBeforeAStartingOne() {  // TestGetPodsToDelete[9]
    #expect(DeletionRank.Stage.pending < .starting && .starting < .ready)
  }
}
