import LabStrategies
import LabUnits

/// The replicas of a replication, one array a property.
///
/// A replica keeps its place in the arrays for ever; what changes is its phase. The counts that a controller
/// sees are kept beside the arrays, so that looking at the fleet costs nothing.
struct ReplicaTable {
  /// Where a replica stands in its life.
  enum Phase: UInt8 {
    case pending, starting, backingOff, ready, terminating, gone
  }

  private(set) var version: [UInt8] = []
  private(set) var phase: [UInt8] = []
  /// Routers send requests to it.
  var isEndpoint: [Bool] = []
  /// It answers requests that reach it.
  var isAnswering: [Bool] = []
  /// The defect has set in.
  var isHurting: [Bool] = []
  /// Ready for the minimum ready time.
  private(set) var isAvailable: [Bool] = []
  /// Chosen for deletion, and waiting for the control plane to do it.
  var isDoomed: [Bool] = []
  var node: [Int32] = []
  var readySince: [Int64] = []
  var notBefore: [Int64] = []
  var restarts: [Int32] = []
  /// Events of an earlier life of the replica carry an older stamp and are ignored.
  var stamp: [UInt32] = []

  /// Replicas of each version that are neither terminating nor gone.
  private(set) var members: [[Int32]] = [[], []]
  private var position: [Int32] = []
  /// What a controller sees of each version.
  var counts = [ReplicaCounts(), ReplicaCounts()]
  /// Doomed replicas of each version.
  var doomed = [0, 0]
  /// Replicas in back-off of each version.
  private(set) var backingOff = [0, 0]

  var count: Int { version.count }

  mutating func reset() {
    version.removeAll(keepingCapacity: true)
    phase.removeAll(keepingCapacity: true)
    isEndpoint.removeAll(keepingCapacity: true)
    isAnswering.removeAll(keepingCapacity: true)
    isHurting.removeAll(keepingCapacity: true)
    isAvailable.removeAll(keepingCapacity: true)
    isDoomed.removeAll(keepingCapacity: true)
    node.removeAll(keepingCapacity: true)
    readySince.removeAll(keepingCapacity: true)
    notBefore.removeAll(keepingCapacity: true)
    restarts.removeAll(keepingCapacity: true)
    stamp.removeAll(keepingCapacity: true)
    position.removeAll(keepingCapacity: true)
    members[0].removeAll(keepingCapacity: true)
    members[1].removeAll(keepingCapacity: true)
    counts = [ReplicaCounts(), ReplicaCounts()]
    doomed = [0, 0]
    backingOff = [0, 0]
  }

  /// Adds a pending replica.
  mutating func add(_ newVersion: ReleaseVersion, notBefore instant: Instant) -> Int {
    let replica = version.count
    version.append(UInt8(newVersion.rawValue))
    phase.append(Phase.pending.rawValue)
    isEndpoint.append(false)
    isAnswering.append(false)
    isHurting.append(false)
    isAvailable.append(false)
    isDoomed.append(false)
    node.append(-1)
    readySince.append(.max)
    notBefore.append(instant.nanoseconds)
    restarts.append(0)
    stamp.append(0)
    position.append(Int32(members[newVersion.rawValue].count))
    members[newVersion.rawValue].append(Int32(replica))
    counts[newVersion.rawValue].pending += 1
    return replica
  }

  func version(of replica: Int) -> ReleaseVersion { version[replica] == 0 ? .stable : .candidate }

  func phase(of replica: Int) -> Phase { Phase(rawValue: phase[replica]) ?? .gone }

  /// Moves a replica to another phase and keeps the counts right.
  mutating func enter(_ newPhase: Phase, _ replica: Int) {
    let side = Int(version[replica])
    let oldPhase = phase(of: replica)
    switch oldPhase {
    case .pending: counts[side].pending -= 1
    case .starting: counts[side].starting -= 1
    case .backingOff:
      counts[side].starting -= 1
      backingOff[side] -= 1
    case .ready:
      counts[side].ready -= 1
      if isAvailable[replica] {
        counts[side].available -= 1
        isAvailable[replica] = false
      }
    case .terminating: counts[side].terminating -= 1
    case .gone: preconditionFailure("a replica that is gone does not come back")
    }
    phase[replica] = newPhase.rawValue
    stamp[replica] &+= 1
    switch newPhase {
    case .pending: counts[side].pending += 1
    case .starting: counts[side].starting += 1
    case .backingOff:
      counts[side].starting += 1
      backingOff[side] += 1
    case .ready: counts[side].ready += 1
    case .terminating: counts[side].terminating += 1
    case .gone: break
    }
    let wasMember = oldPhase != .terminating
    let isMember = newPhase != .terminating && newPhase != .gone
    if wasMember && !isMember { dropMember(replica, side) }
  }

  /// Counts a ready replica as available.
  mutating func becomeAvailable(_ replica: Int) {
    isAvailable[replica] = true
    counts[Int(version[replica])].available += 1
  }

  /// All replicas that are not gone.
  var notGone: Int { counts[0].notGone + counts[1].notGone }

  /// All replicas that are on a node.
  var placed: Int { notGone - counts[0].pending - counts[1].pending }

  private mutating func dropMember(_ replica: Int, _ side: Int) {
    let place = Int(position[replica])
    let last = members[side].removeLast()
    if Int(last) != replica {
      members[side][place] = last
      position[Int(last)] = Int32(place)
    }
    if isDoomed[replica] {
      isDoomed[replica] = false
      doomed[side] -= 1
    }
  }
}
