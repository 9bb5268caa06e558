/// The replicas of one version that routers send requests to, in no order that means anything.
struct EndpointList {
  private(set) var replicas: [Int32] = []
  /// Where a replica stands in the list; -1 if it does not.
  private var position: [Int32] = []

  var count: Int { replicas.count }

  /// Whether a replica is in the list.
  func contains(_ replica: Int) -> Bool { replica < position.count && position[replica] >= 0 }

  /// Adds a replica.
  mutating func add(_ replica: Int) {
    while position.count <= replica { position.append(-1) }
    guard position[replica] < 0 else { return }
    position[replica] = Int32(replicas.count)
    replicas.append(Int32(replica))
  }

  /// Takes a replica out.
  mutating func remove(_ replica: Int) {
    guard replica < position.count, position[replica] >= 0 else { return }
    let place = Int(position[replica])
    position[replica] = -1
    let last = replicas.removeLast()
    guard Int(last) != replica else { return }
    replicas[place] = last
    position[Int(last)] = Int32(place)
  }
}
