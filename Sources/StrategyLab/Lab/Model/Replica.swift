import LabStrategies

/// One replica of a replication: what the model remembers of it, in 32 bytes.
///
/// What happens to a replica reads or changes most of this, and replicas that stand side by side seldom have their
/// turn together. So a replica is one row, half a cache line, and not one element in each of a dozen arrays.
struct Replica: BitwiseCopyable {
  /// Where a replica stands in its life.
  enum Phase: UInt8, BitwiseCopyable {
    case pending, starting, backingOff, ready, terminating, gone
  }

  /// Since when it has been ready; `Int64.min` for those that were there before the release.
  var readySince = Int64.max
  /// Events of an earlier life of the replica carry an older stamp and are ignored.
  var stamp: UInt32 = 0
  /// The node it is on; -1 before it has one.
  var node: Int32 = -1
  /// Its place among the members of its version.
  var place: Int32
  var restarts: Int32 = 0
  /// The next of its version's ready replicas on its node, in no particular order; -1 for the last.
  var nextOnNode: Int32 = -1
  private let isCandidate: Bool
  var phase = Phase.pending
  private var marks: Marks

  /// A pending replica.
  init(_ version: ReleaseVersion, isCreated: Bool, place: Int32) {
    isCandidate = version == .candidate
    marks = isCreated ? .created : []
    self.place = place
  }

  var version: ReleaseVersion { isCandidate ? .candidate : .stable }

  /// Routers send requests to it.
  var isEndpoint: Bool {
    get { marks.contains(.endpoint) }
    set { mark(.endpoint, newValue) }
  }

  /// It answers requests that reach it.
  var isAnswering: Bool {
    get { marks.contains(.answering) }
    set { mark(.answering, newValue) }
  }

  /// The defect has set in.
  var isHurting: Bool {
    get { marks.contains(.hurting) }
    set { mark(.hurting, newValue) }
  }

  /// The control plane has created it.
  var isCreated: Bool {
    get { marks.contains(.created) }
    set { mark(.created, newValue) }
  }

  /// Ready for the minimum ready time.
  var isAvailable: Bool {
    get { marks.contains(.available) }
    set { mark(.available, newValue) }
  }

  /// Chosen for deletion, and waiting for the control plane to do it.
  var isDoomed: Bool {
    get { marks.contains(.doomed) }
    set { mark(.doomed, newValue) }
  }

  private mutating func mark(_ mark: Marks, _ isSet: Bool) {
    if isSet { marks.formUnion(mark) } else { marks.subtract(mark) }
  }

  private struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    static let endpoint = Marks(rawValue: 1)
    static let answering = Marks(rawValue: 2)
    static let hurting = Marks(rawValue: 4)
    static let created = Marks(rawValue: 8)
    static let available = Marks(rawValue: 16)
    static let doomed = Marks(rawValue: 32)
  }
}
