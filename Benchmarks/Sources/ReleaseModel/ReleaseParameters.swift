import LabKernel
import LabUnits

/// How large a release of the model of `Peers/README.md` is.
struct ReleaseParameters {
  /// Workers of a replica.
  static let workers = 4
  /// The mean service time in nanoseconds: seven tenths of the workers are busy.
  static let meanService = 280e6

  var replicas: Int
  /// Requests a second, for all replicas together.
  var rate: Double
  /// No request arrives from here on, in nanoseconds.
  var horizon: Int64
  var seed: UInt64 = 1
  /// Whether every latency goes into the digest.
  var digests = false

  /// When the rolling update creates its first replica.
  var begin: Int64 { horizon / 10 }
  /// From one creation to the next.
  var pace: Int64 { horizon * 8 / 10 / Int64(replicas) }
  /// From a replica's creation until it is ready.
  var startUp: Int64 { horizon / 60 }
}

extension RandomPurpose {
  /// The gap before a request, and its service time.
  static let spans = RandomPurpose(rawValue: 1)
  /// The choices among the endpoints, four requests a block.
  static let choices = RandomPurpose(rawValue: 2)
}
