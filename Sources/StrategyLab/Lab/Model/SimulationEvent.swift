import LabUnits

/// Something that will happen to one entity of a simulation.
struct SimulationEvent: BitwiseCopyable {
  /// What happens.
  enum Kind: UInt8, BitwiseCopyable {
    /// The control plane gets round to creating a replica.
    case created
    /// The probe has found a replica ready.
    case ready
    /// A ready replica has been ready for the minimum ready time.
    case available
    /// Routers send requests to a replica from now on.
    case endpointAdded
    /// Routers no longer send requests to a replica.
    case endpointRemoved
    /// The control plane gets round to deleting a replica.
    case deleted
    /// A terminating replica is told to stop.
    case toldToStop
    /// A terminating replica has stopped, or was killed.
    case gone
    /// A ready replica crashes.
    case crashed
    /// A replica's back-off has passed.
    case restarted
    /// The defect of a replica sets in.
    case onset
    /// A node is ready.
    case nodeReady
    /// A node may have been empty for long enough to be given back.
    case nodeExpires
    /// The rate of traffic changes.
    case trafficStep
    /// Every router follows the route that was ordered.
    case routeSettled
    /// Monitors read the counters.
    case reading
    /// An analysis has come to a verdict.
    case verdict
    /// People are called.
    case page
    /// People have looked, and decide.
    case decision
    /// Somebody checks whether the release still gets on.
    case progressCheck
    /// The controller wants to look again.
    case wake
    /// Metrics of the replicas' use are read.
    case usageReading
    /// The autoscaler looks at the metrics and may change the replicas.
    case autoscalerSync
    /// The fleet that stable alone would have had changes.
    case baselineStep
  }

  let kind: Kind
  /// The replica, node, traffic step, baseline step or page that it happens to.
  let entity: Int32
  /// The entity's stamp at planning time; an entity that has changed since ignores the event.
  let stamp: UInt32

  init(_ kind: Kind, _ entity: Int = 0, stamp: UInt32 = 0) {
    self.kind = kind
    self.entity = Int32(entity)
    self.stamp = stamp
  }
}

extension SimulationEvent.Kind {
  /// How many lanes of the calendar they need.
  static let lanes = 6

  /// The lane of events that come a fixed time after they are planned, or at the rate of the control plane; nil for the others.
  @inline(__always)
  var lane: Int? {
    switch self {
    case .created: 0
    case .deleted: 1
    case .available: 2
    case .endpointAdded: 3
    case .endpointRemoved: 4
    case .toldToStop: 5
    default: nil
    }
  }
}
