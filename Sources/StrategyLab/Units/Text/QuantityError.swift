/// Why a text is not the quantity that was expected, as a fact that can say itself in English.
///
///     // "90 has no unit", "write 90s, 90m or 90h"
///     do { _ = try Span(text: "90") } catch { print(error.reason, error.hint) }
public struct QuantityError: Error, Hashable {
  /// The text as it was written.
  public let text: String
  /// What was expected.
  public let quantity: Quantity
  /// What is wrong with the text.
  public let fact: Fact

  /// What can be wrong with the text of a quantity.
  public enum Fact: Sendable, Hashable {
    /// There is no text.
    case empty
    /// The text is no number with a unit.
    case malformed
    /// The text means no number, or no end.
    case notFinite
    /// The number is below zero.
    case negative
    /// The number has an exponent.
    case exponent
    /// There is a space inside.
    case spaced
    /// The number stands alone.
    case missingUnit
    /// The unit is not one of the quantity's.
    case unknownUnit(String)
    /// A unit stands twice, or after a shorter one.
    case unordered
    /// The number has more digits than the quantity can hold.
    case tooFine
    /// The number is larger than the quantity can hold.
    case tooLarge
  }

  /// The fact that a text is not a quantity.
  public init(text: String, quantity: Quantity, fact: Fact) {
    self.text = text
    self.quantity = quantity
    self.fact = fact
  }

  /// What is wrong, as the start of a sentence without a full stop.
  public var reason: String {
    switch fact {
    case .empty: "\(quantity.noun) is missing"
    case .malformed: "'\(text)' is not \(quantity.noun)"
    case .notFinite: "'\(text)' is not a finite number"
    case .negative: "'\(text)' is negative"
    case .exponent: "'\(text)' is written with an exponent"
    case .spaced: "'\(text)' has a space in it"
    case .missingUnit: "\(text) has no unit"
    case .unknownUnit(let unit): "'\(text)' has the unknown unit '\(unit)'"
    case .unordered: "the units of '\(text)' do not go from long to short"
    case .tooFine: "'\(text)' is \(quantity.tooFine)"
    case .tooLarge: "'\(text)' is too large"
    }
  }

  /// What to write instead.
  public var hint: String {
    switch fact {
    case .empty, .malformed, .notFinite, .exponent: "write \(quantity.examples)"
    case .negative: "write \(text.filter { $0 != "-" }), or 0 if there is none"
    case .spaced: "write \(text.filter { $0 != " " && $0 != "\t" })"
    case .missingUnit: quantity.withUnit(text)
    case .unknownUnit: "write \(quantity.units)"
    case .unordered: "write each unit once, the longest first: 1h30m"
    case .tooFine: "write \(quantity.finest)"
    case .tooLarge: "write \(quantity.largest)"
    }
  }
}

/// The quantities that people write as text.
public enum Quantity: Sendable, Hashable, CaseIterable {
  /// A length of time: `1h30m`.
  case span
  /// A percentage: `25%`.
  case share
  /// A count or a percentage of replicas.
  case replicas
  /// Processor: `500m`.
  case cores
  /// Memory: `512Mi`.
  case memory
  /// Events per unit of time: `1200/s`.
  case rate
  /// A sum of money: `$0.25`.
  case dollars
  /// A price for an hour: `$0.0316/h`.
  case dollarsPerHour

  /// What the quantity is called in a sentence.
  public var noun: String {
    switch self {
    case .span: "a length of time"
    case .share: "a percentage"
    case .replicas: "a number of replicas"
    case .cores: "an amount of processor"
    case .memory: "an amount of memory"
    case .rate: "a rate"
    case .dollars: "a sum of money"
    case .dollarsPerHour: "a price for an hour"
    }
  }

  /// How the quantity is written, by examples.
  public var examples: String {
    switch self {
    case .span: "90s, 1h30m or 250ms"
    case .share: "25% or 0.1%"
    case .replicas: "3 or 25%"
    case .cores: "500m, 2 or 0.5"
    case .memory: "512Mi, 2Gi or 1G"
    case .rate: "1200/s, 90/min or 5000/h"
    case .dollars: "$0.25"
    case .dollarsPerHour: "$0.0316/h"
    }
  }

  fileprivate func withUnit(_ number: String) -> String {
    switch self {
    case .span: "write \(number)s, \(number)m or \(number)h"
    case .share: "write \(number)%"
    case .replicas, .cores, .memory: "write \(examples)"
    case .rate: "write \(number)/s, \(number)/min or \(number)/h"
    case .dollars: "write $\(number)"
    case .dollarsPerHour: number.hasPrefix("$") ? "write \(number)/h" : "write $\(number)/h"
    }
  }

  fileprivate var units: String {
    switch self {
    case .span: "one of the units d, h, m, s, ms, us, ns"
    case .share: "a percentage, such as 25%"
    case .replicas: "3 or 25%"
    case .cores: "thousandths of a core (500m) or cores (0.5)"
    case .memory: "one of the units Ki, Mi, Gi, Ti, k, M, G, T, or plain bytes"
    case .rate: "one of the units /s, /min, /h, /d"
    case .dollars: "dollars, such as $0.25"
    case .dollarsPerHour: "dollars per hour, such as $0.0316/h"
    }
  }

  fileprivate var tooFine: String {
    switch self {
    case .span: "finer than a nanosecond"
    case .share: "finer than a millionth"
    case .replicas: "not a whole number of replicas"
    case .cores: "finer than a thousandth of a core"
    case .memory: "not a whole number of bytes"
    case .rate, .dollars, .dollarsPerHour: "too fine"
    }
  }

  fileprivate var finest: String {
    switch self {
    case .span: "whole nanoseconds"
    case .share: "at most four decimals, such as 0.0001%"
    case .replicas: "a whole number, or a percentage such as 25%"
    case .cores: "whole thousandths of a core, such as 250m"
    case .memory: "a smaller unit, such as Mi or Ki"
    case .rate, .dollars, .dollarsPerHour: "fewer decimals"
    }
  }

  fileprivate var largest: String {
    switch self {
    case .span: "less than 292 years"
    case .share: "at most 1000000%"
    case .replicas: "at most 1000000"
    case .cores: "at most 1000000 cores"
    case .memory: "at most 1024Ti"
    case .rate: "at most 1000000000000/s"
    case .dollars: "at most $1000000000000"
    case .dollarsPerHour: "at most $1000000000000/h"
    }
  }
}
