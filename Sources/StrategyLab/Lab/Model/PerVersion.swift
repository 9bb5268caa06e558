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

extension PerVersion: Sendable where Value: Sendable {}
