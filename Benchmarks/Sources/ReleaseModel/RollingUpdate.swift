import LabKernel
import LabUnits

/// What happens to the replicas, and which of them receive requests.
///
/// Replica k of the old version is k, its successor the number of replicas plus k. Simultaneous changes
/// happen in the order in which `ReplicaChange` lists them, and before an arrival.
struct RollingUpdate {
  /// The replicas among which a request chooses.
  private(set) var endpoints: [Int]
  /// When the next change is due; never where none is left.
  private(set) var nextChange: Int64
  private var changes = EventCalendar<ReplicaChange>(minimumCapacity: 1024)
  private let parameters: ReleaseParameters

  init(_ parameters: ReleaseParameters) {
    self.parameters = parameters
    endpoints = Array(0..<parameters.replicas)
    nextChange = parameters.begin
    changes.schedule(.creation(0), at: parameters.begin)
  }

  /// Makes the next change.
  ///
  /// - Parameters:
  ///   - outcome: Where the number of replicas is kept.
  ///   - retire: Gets a replica that left the endpoints at an instant; returns when it has finished what
  ///     it holds, or nil where that is told later.
  mutating func advance(
    _ outcome: inout ReleaseOutcome, retire: (_ replica: Int, _ instant: Int64) -> Int64?
  ) {
    guard let (instant, change) = changes.popFirst() else { return }
    let now = instant.nanoseconds
    switch change {
    case .gone:
      outcome.change(by: -1)
    case .ready(let place):
      let old = endpoints[place]
      endpoints[place] = parameters.replicas + place
      if let end = retire(old, now) { changes.schedule(.gone, at: end) }
    case .creation(let place):
      outcome.change(by: 1)
      changes.schedule(.ready(place), at: now + parameters.startUp)
      if place + 1 < parameters.replicas {
        let next = parameters.begin + Int64(place + 1) * parameters.pace
        changes.schedule(.creation(place + 1), at: next)
      }
    }
    nextChange = changes.nextTime?.nanoseconds ?? .max
  }
}

/// A change of the replicas, in the order of simultaneous ones.
enum ReplicaChange: BitwiseCopyable {
  /// A replica that left the endpoints has finished what it held.
  case gone
  /// A new replica takes the place of an old one among the endpoints.
  case ready(Int)
  /// A new replica is created.
  case creation(Int)
}

extension EventCalendar<ReplicaChange> {
  fileprivate mutating func schedule(_ change: ReplicaChange, at nanoseconds: Int64) {
    let priority: UInt8 =
      switch change {
      case .gone: 0
      case .ready: 1
      case .creation: 2
      }
    schedule(change, at: Instant(nanoseconds: nanoseconds), priority: priority)
  }
}
