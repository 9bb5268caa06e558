/// How a ReplicaSet creates many replicas: in batches that double, so that what fails fails few times.
///
///     SlowStart.batches(of: 10, first: 1)   // [1, 2, 4, 3]
///
/// Source: Kubernetes, pkg/controller/replicaset/replica_set.go, `slowStartBatch`.
public enum SlowStart {
  /// The most replicas that one sync of a ReplicaSet creates or deletes.
  public static let mostAtOnce = 500

  /// The sizes of the batches while nothing fails.
  ///
  /// - Parameters:
  ///   - count: What has to be created in all.
  ///   - first: The size of the first batch.
  /// - Returns: sizes that add up to `count`; none if either is not above 0.
  public static func batches(of count: Int, first: Int = 1) -> [Int] {
    var batches: [Int] = []
    var left = count
    var size = min(left, first)
    while size > 0 {
      batches.append(size)
      left -= size
      size = min(left, size > left / 2 ? left : 2 * size)
    }
    return batches
  }

  /// Creates in batches until one of a batch fails; the others of that batch are tried all the same.
  ///
  /// - Parameters:
  ///   - count: What has to be created in all.
  ///   - first: The size of the first batch.
  ///   - create: Creates one, and says whether it succeeded.
  /// - Returns: how many succeeded, and whether any failed.
  public static func attempt(_ count: Int, first: Int = 1, _ create: () -> Bool) -> (
    successes: Int, hasFailed: Bool
  ) {
    var successes = 0
    for batch in batches(of: count, first: first) {
      var made = 0
      for _ in 0..<batch where create() { made += 1 }
      successes += made
      if made < batch { return (successes, true) }
    }
    return (successes, false)
  }
}
