extension ComputeResources {
  /// The thousandths of a core that a text means: `500m`, `2`, `0.5`.
  ///
  /// - Parameter text: Thousandths of a core with the unit `m`, or cores without a unit.
  /// - Returns: thousandths of a core, 0 or more.
  /// - Throws: what is wrong with the text; a part of a thousandth is an error, not rounded.
  public static func milliCores(text: String) throws(QuantityError) -> Int64 {
    var reader = try QuantityReader(text, as: .cores)
    let number = try reader.number()
    let unit = reader.unit()
    guard reader.isAtEnd, unit.isEmpty || unit == "m" else { throw reader.trailing(unit) }
    return try reader.whole(number, times: unit == "m" ? 1 : 1000, limit: 1_000_000_000)
  }

  /// Units of memory, in bytes: the binary ones of Kubernetes and the decimal ones.
  private static let memoryUnits: [(name: String, bytes: UInt64)] = [
    ("", 1), ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40),
    ("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
  ]

  /// The bytes that a text means: `512Mi`, `2Gi`, `1G`, `128974848`.
  ///
  /// - Parameter text: A number with a unit, or plain bytes; no sign, space or exponent.
  /// - Returns: bytes, 0 or more.
  /// - Throws: what is wrong with the text; a part of a byte is an error, not rounded.
  public static func memoryBytes(text: String) throws(QuantityError) -> Int64 {
    var reader = try QuantityReader(text, as: .memory)
    let number = try reader.number()
    let name = reader.unit()
    guard reader.isAtEnd, let unit = memoryUnits.first(where: { $0.name == name }) else {
      throw reader.trailing(name)
    }
    return try reader.whole(number, times: unit.bytes, limit: 1 << 50)
  }

  /// Thousandths of a core as people write them: `500m`, `2`.
  public static func text(milliCores: Int64) -> String {
    milliCores.isMultiple(of: 1000) ? "\(milliCores / 1000)" : "\(milliCores)m"
  }

  /// Bytes as people write them, exact: in the largest binary unit that leaves none over.
  public static func text(memoryBytes: Int64) -> String {
    let unit = memoryUnits[1...4].last {
      memoryBytes > 0 && UInt64(memoryBytes).isMultiple(of: $0.bytes)
    }
    guard let unit else { return "\(memoryBytes)" }
    return "\(UInt64(memoryBytes) / unit.bytes)\(unit.name)"
  }
}
