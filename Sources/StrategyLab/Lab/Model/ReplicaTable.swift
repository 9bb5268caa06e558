import LabKernel
import LabStrategies

/// The replicas of a replication, and the counts that a controller sees of them.
///
/// A replica keeps its number for ever; what changes is its phase. The counts are kept beside the rows, so that
/// looking at the fleet costs nothing. The memory is not shared between copies: a table has one owner.
struct ReplicaTable {
  private var rows = PlainMemory<Replica>()

  /// Replicas of each version that are neither terminating nor gone.
  private(set) var members = PerVersion(PlainMemory<Int32>(), PlainMemory<Int32>())
  /// What a controller sees of each version.
  var counts = PerVersion(ReplicaCounts(), ReplicaCounts())
  /// Doomed replicas of each version.
  private(set) var doomed = PerVersion(0, 0)
  /// Replicas in back-off of each version.
  private(set) var backingOff = PerVersion(0, 0)

  var count: Int { rows.count }

  subscript(replica: Int) -> Replica {
    @inline(__always) get { rows[replica] }
    @inline(__always) _modify { yield &rows[replica] }
  }

  /// Makes room for so many replicas, so that the rows need not be moved while they become more.
  ///
  /// - Parameters:
  ///   - replicas: How many in all.
  ///   - members: How many of each version at once.
  mutating func reserveCapacity(_ replicas: Int, members: Int) {
    rows.reserveCapacity(replicas)
    self.members.stable.reserveCapacity(members)
    self.members.candidate.reserveCapacity(members)
  }

  /// Forgets all replicas, and keeps the room that they took.
  mutating func removeAll() {
    rows.removeAll()
    members.stable.removeAll()
    members.candidate.removeAll()
    counts = PerVersion(ReplicaCounts(), ReplicaCounts())
    doomed = PerVersion(0, 0)
    backingOff = PerVersion(0, 0)
  }

  /// Adds a pending replica.
  mutating func add(_ version: ReleaseVersion, isCreated: Bool = true) -> Int {
    if version == .stable { counts.stable.pending += 1 } else { counts.candidate.pending += 1 }
    return append(version, isCreated: isCreated)
  }

  /// Adds a replica of stable that has been serving since before the release, an endpoint that answers.
  mutating func addServing(on node: Int) -> Int {
    counts.stable.ready += 1
    counts.stable.available += 1
    let replica = append(.stable, isCreated: true)
    rows[replica].node = Int32(node)
    rows[replica].phase = .ready
    rows[replica].readySince = .min
    rows[replica].isAvailable = true
    rows[replica].isAnswering = true
    rows[replica].isEndpoint = true
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
  ///
  /// Whoever calls it knows the new phase, of which nothing is left to ask once it is inlined.
  @inline(__always)
  mutating func enter(_ newPhase: Replica.Phase, _ replica: Int) {
    let row = rows[replica]
    leavePhase(row, replica)
    rows[replica].phase = newPhase
    rows[replica].stamp &+= 1
    if row.version == .stable {
      Self.enter(newPhase, &counts.stable)
    } else {
      Self.enter(newPhase, &counts.candidate)
    }
    if newPhase == .backingOff { backingOff[row.version] += 1 }
    let isMember = newPhase != .terminating && newPhase != .gone
    if !isMember, row.phase != .terminating { dropMember(replica, row.version) }
  }

  @inline(__always)
  private static func enter(_ phase: Replica.Phase, _ counts: inout ReplicaCounts) {
    switch phase {
    case .pending: counts.pending += 1
    case .starting, .backingOff: counts.starting += 1
    case .ready: counts.ready += 1
    case .terminating: counts.terminating += 1
    case .gone: break
    }
  }

  /// Takes a replica out of the counts of the phase that it is in.
  @inline(__always)
  private mutating func leavePhase(_ row: Replica, _ replica: Int) {
    if row.version == .stable {
      Self.leave(row, &counts.stable)
    } else {
      Self.leave(row, &counts.candidate)
    }
    if row.phase == .backingOff { backingOff[row.version] -= 1 }
    if row.phase == .ready { rows[replica].isAvailable = false }
  }

  @inline(__always)
  private static func leave(_ row: Replica, _ counts: inout ReplicaCounts) {
    switch row.phase {
    case .pending: counts.pending -= 1
    case .starting, .backingOff: counts.starting -= 1
    case .ready:
      counts.ready -= 1
      if row.isAvailable { counts.available -= 1 }
    case .terminating: counts.terminating -= 1
    case .gone: preconditionFailure("a replica that is gone does not come back")
    }
  }

  /// Counts a ready replica as available.
  mutating func becomeAvailable(_ replica: Int) {
    rows[replica].isAvailable = true
    if rows[replica].version == .stable {
      counts.stable.available += 1
    } else {
      counts.candidate.available += 1
    }
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
