/// What was read behind a key, in the unit of its ``ParameterKind``.
public indirect enum ParameterValue: Sendable, Hashable {
  /// From `.integer`.
  case integer(Int)
  /// From `.number`, `.rate` (per second), `.dollars` and `.dollarsPerHour`.
  case number(Double)
  /// From `.flag`.
  case flag(Bool)
  /// From `.text`, `.file` and `.choice`.
  case text(String)
  /// From `.span`.
  case span(Span)
  /// From `.share`.
  case share(Share)
  /// From `.replicas`.
  case replicas(ReplicaQuantity)
  /// From `.milliCores` and `.bytes`.
  case whole(Int64)
  /// From `.section`.
  case section(ParameterValues)
  /// From `.list`.
  case list([ParameterValue])
  /// From `.variant`: the name of the form and the values of its keys.
  case variant(String, ParameterValues)
}

/// The values of one section of a scenario, by key, defaults filled in.
///
/// The accessors trap when a key is asked for that the section's own list of parameters does not
/// promise: that is a mistake in the program, never in a file.
public struct ParameterValues: Sendable, Hashable {
  private var values: [String: ParameterValue]

  /// Values by key; a key that is optional and was left out is missing.
  public init(_ values: [String: ParameterValue] = [:]) {
    self.values = values
  }

  /// The value of a key, nil where an optional key was left out.
  public subscript(key: String) -> ParameterValue? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// Whether an optional key was written.
  public func has(_ key: String) -> Bool { values[key] != nil }

  /// The whole number behind a key.
  public func integer(_ key: String) -> Int {
    guard case .integer(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The number behind a key: plain, per second, dollars, or dollars per hour.
  public func number(_ key: String) -> Double {
    guard case .number(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The truth value behind a key.
  public func flag(_ key: String) -> Bool {
    guard case .flag(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The text, file name or chosen word behind a key.
  public func text(_ key: String) -> String {
    guard case .text(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The length of time behind a key.
  public func span(_ key: String) -> Span {
    guard case .span(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The share behind a key.
  public func share(_ key: String) -> Share {
    guard case .share(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The count or share of replicas behind a key.
  public func replicas(_ key: String) -> ReplicaQuantity {
    guard case .replicas(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The thousandths of a core, or the bytes, behind a key.
  public func whole(_ key: String) -> Int64 {
    guard case .whole(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The values of the section behind a key.
  public func section(_ key: String) -> ParameterValues {
    guard case .section(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The items of the list behind a key.
  public func list(_ key: String) -> [ParameterValue] {
    guard case .list(let value)? = values[key] else { return mismatch(key) }
    return value
  }

  /// The form and the values of the variant behind a key.
  public func variant(_ key: String) -> (form: String, values: ParameterValues) {
    guard case .variant(let form, let values)? = values[key] else { return mismatch(key) }
    return (form, values)
  }

  private func mismatch<Value>(_ key: String) -> Value {
    preconditionFailure("no value of the asked kind under the key '\(key)'")
  }
}
