import Glibc

/// Elementary functions whose results are the same bits on every processor.
public enum Elementary {
  /// The cosine of an angle given in full turns.
  public static func cosine(turns: Double) -> Double { cos(2 * Double.pi * turns) }
  /// The natural logarithm.
  public static func logarithm(_ x: Double) -> Double { log(x) }
  /// The exponential function.
  public static func exponential(_ x: Double) -> Double { exp(x) }
  /// A positive number raised to a power.
  public static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
