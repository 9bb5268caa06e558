import LabStrategies

/// One value for each of the two versions, without an array behind it.
struct PerVersion<Value> {
  /// Stable's value.
  var stable: Value
  /// The candidate's value.
  var candidate: Value

  init(_ stable: Value, _ candidate: Value) {
    self.stable = stable
    self.candidate = candidate
  }

  subscript(version: ReleaseVersion) -> Value {
    get { version == .stable ? stable : candidate }
    _modify {
      if version == .stable { yield &stable } else { yield &candidate }
    }
  }
}

extension PerVersion where Value: BitwiseCopyable {
  /// Plain bits are read and written; to lend them costs a call that the compiler does not inline.
  subscript(version: ReleaseVersion) -> Value {
    @inline(__always) get { version == .stable ? stable : candidate }
    @inline(__always) set {
      if version == .stable { stable = newValue } else { candidate = newValue }
    }
  }

  /// The value of the version with this raw value: 0 for stable, 1 for the candidate.
  subscript(side: Int) -> Value {
    @inline(__always) get { side == 0 ? stable : candidate }
    @inline(__always) set { if side == 0 { stable = newValue } else { candidate = newValue } }
  }
}

extension PerVersion: Sendable where Value: Sendable {}
