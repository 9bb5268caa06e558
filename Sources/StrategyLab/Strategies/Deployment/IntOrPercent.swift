/// A quantity as a manifest of Kubernetes writes it: a whole number, or a text that must end in a percent sign.
///
///     try IntOrPercent.integer(3).scaled(to: 10, roundingUp: true)     // 3
///     try IntOrPercent.text("25%").scaled(to: 10, roundingUp: true)    // 3
///     try IntOrPercent.text("25").scaled(to: 10, roundingUp: true)     // an error
///
/// Source: Kubernetes, apimachinery, pkg/util/intstr/intstr.go, `GetScaledValueFromIntOrPercent`.
public enum IntOrPercent: Sendable, Hashable {
  /// A whole number.
  case integer(Int)
  /// A text between quotes, or one that is no number.
  case text(String)

  /// Why a text is no percentage.
  public enum Fault: Error, Sendable, Hashable {
    /// It does not end in a percent sign; a number in quotes is no number.
    case noPercentSign(String)
    /// What stands before the percent sign is no whole number.
    case noNumber(String)
    /// The number of replicas that it comes to is too large to be held.
    case tooLarge(String)
  }

  /// What a quantity says before it is held against a whole.
  public struct Parsed: Sendable, Hashable {
    /// The number, without its percent sign.
    public let value: Int
    /// Whether it is a percentage.
    public let isPercent: Bool
  }

  /// The number and whether it is a percentage.
  public func parsed() throws(Fault) -> Parsed {
    switch self {
    case .integer(let value): return Parsed(value: value, isPercent: false)
    case .text(let text):
      guard text.hasSuffix("%") else { throw .noPercentSign(text) }
      guard let value = Int(text.dropLast()) else { throw .noNumber(text) }
      return Parsed(value: value, isPercent: true)
    }
  }

  /// The quantity in replicas of a whole.
  ///
  /// - Parameters:
  ///   - total: What a percentage is of.
  ///   - roundingUp: Whether a part of a replica counts as one; otherwise it counts as none.
  /// - Returns: a number that stands as it is, or the rounded part of the whole.
  /// - Throws: why the text is no percentage.
  public func scaled(to total: Int, roundingUp: Bool) throws(Fault) -> Int {
    let parsed = try parsed()
    guard parsed.isPercent else { return parsed.value }
    let (product, isTooLarge) = parsed.value.multipliedReportingOverflow(by: total)
    if isTooLarge { throw .tooLarge("\(parsed.value)%") }
    let (whole, rest) = product.quotientAndRemainder(dividingBy: 100)
    if rest > 0, roundingUp { return whole + 1 }
    if rest < 0, !roundingUp { return whole - 1 }
    return whole
  }

  /// Whether it is written as nothing: 0 or `0%`.
  public var isWrittenAsNothing: Bool { (try? parsed())?.value == 0 }
}
