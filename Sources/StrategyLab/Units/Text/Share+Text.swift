extension Share {
  /// The share that a text means, exact in millionths: `25%`, `0.1%`, `150%`.
  ///
  /// - Parameter text: A percentage; no sign, space or exponent.
  /// - Throws: what is wrong with the text; a share finer than a millionth is an error, not rounded.
  public init(text: String) throws(QuantityError) {
    var reader = try QuantityReader(text, as: .share)
    let number = try reader.number()
    let unit = reader.unit()
    if unit.isEmpty, reader.isAtEnd { throw reader.fault(.missingUnit) }
    guard unit == "%", reader.isAtEnd else { throw reader.trailing(unit) }
    // The limit keeps a share of the largest fleet within 64 bits.
    self.init(millionths: try reader.whole(number, times: 10_000, limit: 10_000_000_000))
  }

  /// The share as people write it, exact: `25%`, `0.1%`.
  public var text: String {
    (millionths < 0 ? "-" : "") + ExactDecimal.text(millionths.magnitude, of: 10_000) + "%"
  }
}

extension ReplicaQuantity {
  /// The quantity that a text means: `3` or `25%`.
  ///
  /// - Parameter text: A whole number or a percentage; no sign, space or exponent.
  /// - Throws: what is wrong with the text.
  public init(text: String) throws(QuantityError) {
    var reader = try QuantityReader(text, as: .replicas)
    let number = try reader.number()
    let unit = reader.unit()
    guard reader.isAtEnd, unit.isEmpty || unit == "%" else { throw reader.trailing(unit) }
    if unit == "%" {
      self = .share(try Share(text: text))
    } else {
      self = .count(Int(try reader.whole(number, times: 1, limit: 1_000_000)))
    }
  }

  /// The quantity as people write it: `3` or `25%`.
  public var text: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let share): share.text
    }
  }
}
