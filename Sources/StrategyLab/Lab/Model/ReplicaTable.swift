import LabStrategies

/// The replicas of a replication, and the counts that a controller sees of them.
///
/// A replica keeps its number for ever; what changes is its phase. The counts are kept beside the rows, so that
/// looking at the fleet costs nothing.
struct ReplicaTable {
  private var rows: [Replica] = []

  /// Replicas of each version that are neither terminating nor gone.
  private(set) var members = PerVersion<[Int32]>([], [])
  /// What a controller sees of each version.
  var counts = PerVersion(ReplicaCounts(), ReplicaCounts())
  /// Doomed replicas of each version.
  private(set) var doomed = PerVersion(0, 0)
  /// Replicas in back-off of each version.
  private(set) var backingOff = PerVersion(0, 0)

  var count: Int { rows.count }

  subscript(replica: Int) -> Replica {
    get { rows[replica] }
    _modify { yield &rows[replica] }
  }

  /// Makes room for so many replicas, so that the rows need not be moved while they become more.
  mutating func reserveCapacity(_ replicas: Int) { rows.reserveCapacity(replicas) }

  /// Forgets all replicas, and keeps the room that they took.
  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    members.stable.removeAll(keepingCapacity: true)
    members.candidate.removeAll(keepingCapacity: true)
    counts = PerVersion(ReplicaCounts(), ReplicaCounts())
    doomed = PerVersion(0, 0)
    backingOff = PerVersion(0, 0)
  }

  /// Adds a pending replica.
  mutating func add(_ version: ReleaseVersion, isCreated: Bool = true) -> Int {
    counts[version].pending += 1
    return append(version, isCreated: isCreated)
  }

  /// Adds a replica of stable that has been serving since before the release.
  mutating func addServing(on node: Int) -> Int {
    counts.stable.ready += 1
    counts.stable.available += 1
    let replica = append(.stable, isCreated: true)
    rows[replica].node = Int32(node)
    rows[replica].phase = .ready
    rows[replica].readySince = .min
    rows[replica].isAvailable = true
    rows[replica].isAnswering = true
    return replica
  }

  private mutating func append(_ version: ReleaseVersion, isCreated: Bool) -> Int {
    let replica = rows.count
    if version == .stable {
      rows.append(
        Replica(version, isCreated: isCreated, place: Int32(members.stable.count)))
      members.stable.append(Int32(replica))
    } else {
      rows.append(
        Replica(version, isCreated: isCreated, place: Int32(members.candidate.count)))
      members.candidate.append(Int32(replica))
    }
    return replica
  }

  func version(of replica: Int) -> ReleaseVersion { rows[replica].version }

  func phase(of replica: Int) -> Replica.Phase { rows[replica].phase }

  /// Moves a replica to another phase and keeps the counts right.
  mutating func enter(_ newPhase: Replica.Phase, _ replica: Int) {
    var row = rows[replica]
    let oldPhase = row.phase
    var counts = counts[row.version]
    switch oldPhase {
    case .pending: counts.pending -= 1
    case .starting: counts.starting -= 1
    case .backingOff:
      counts.starting -= 1
      backingOff[row.version] -= 1
    case .ready:
      counts.ready -= 1
      if row.isAvailable {
        counts.available -= 1
        row.isAvailable = false
      }
    case .terminating: counts.terminating -= 1
    case .gone: preconditionFailure("a replica that is gone does not come back")
    }
    row.phase = newPhase
    row.stamp &+= 1
    switch newPhase {
    case .pending: counts.pending += 1
    case .starting: counts.starting += 1
    case .backingOff:
      counts.starting += 1
      backingOff[row.version] += 1
    case .ready: counts.ready += 1
    case .terminating: counts.terminating += 1
    case .gone: break
    }
    self.counts[row.version] = counts
    rows[replica] = row
    let isMember = newPhase != .terminating && newPhase != .gone
    if oldPhase != .terminating && !isMember { dropMember(replica, row.version) }
  }

  /// Counts a ready replica as available.
  mutating func becomeAvailable(_ replica: Int) {
    rows[replica].isAvailable = true
    counts[rows[replica].version].available += 1
  }

  /// Chooses a replica for deletion.
  mutating func doom(_ replica: Int) {
    rows[replica].isDoomed = true
    doomed[rows[replica].version] += 1
  }

  /// All replicas that are not gone.
  var notGone: Int { counts.stable.notGone + counts.candidate.notGone }

  /// All replicas that are on a node.
  var placed: Int { notGone - counts.stable.pending - counts.candidate.pending }

  private mutating func dropMember(_ replica: Int, _ version: ReleaseVersion) {
    let place = rows[replica].place
    let last = version == .stable ? members.stable.removeLast() : members.candidate.removeLast()
    if Int(last) != replica {
      if version == .stable {
        members.stable[Int(place)] = last
      } else {
        members.candidate[Int(place)] = last
      }
      rows[Int(last)].place = place
    }
    if rows[replica].isDoomed {
      rows[replica].isDoomed = false
      doomed[version] -= 1
    }
  }
}
