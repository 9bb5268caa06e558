import LabStrategies

/// A request whose fate is planned, and certain only if its replica lives until then.
struct OpenRequest: BitwiseCopyable {
  /// Who sent it, and what counts it.
  enum Origin: UInt8, BitwiseCopyable {
    case user, mirror, check
  }

  /// When its fate is known, in nanoseconds.
  var decided: Int64
  /// From its first arrival until its answer, in nanoseconds.
  var latency: Int64
  /// When it first arrived.
  var began: Int64
  var number: UInt64
  var user: UInt32
  var replica: Int32
  var fate: RequestFate
  var isCandidate: Bool
  var origin: Origin
  /// Stable alone would have turned it away as well.
  var isBaselineShortfall: Bool
  /// How often it was sent before.
  var tries: UInt8
}
