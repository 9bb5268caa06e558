extension Elementary {
  /// The part of the gamma function's integral that lies above a point: Γ(a, x) / Γ(a).
  ///
  /// It is the probability that a gamma quantity of shape a and scale 1 exceeds x. Relative error below
  /// 10⁻¹¹ for shapes up to 10⁴ where the result is above 10⁻³⁰⁰. Below a + 1 by the power series of the
  /// complement, above by the continued fraction (Press and others 2007, Numerical Recipes, section 6.2,
  /// with the fraction evaluated by Lentz's method), both scaled by Loader's form of xᵃ e⁻ˣ / Γ(a + 1).
  ///
  /// - Parameters:
  ///   - shape: The shape a, above 0.
  ///   - x: The point, 0 or more.
  /// - Returns: a probability from 0 to 1.
  public static func upperGammaFraction(shape: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    guard x < .infinity else { return x.isNaN ? .nan : 0 }
    let scale = gammaTerm(shape: shape, x)
    if x < shape + 1 {
      return max(0, 1 - scale * lowerGammaSeries(shape: shape, x))
    }
    return min(1, scale * shape * upperGammaFraction(beyond: shape, x))
  }

  /// The part of the gamma function's integral that lies below a point, exact also where it is tiny.
  ///
  /// It is the probability that a Poisson count of mean x is at least a, for a whole a. Errors and method are
  /// those of ``upperGammaFraction(shape:_:)``, of which it is the complement.
  public static func lowerGammaFraction(shape: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < shape + 1 else { return 1 - upperGammaFraction(shape: shape, x) }
    return min(1, gammaTerm(shape: shape, x) * lowerGammaSeries(shape: shape, x))
  }

  /// xᵃ e⁻ˣ / Γ(a + 1).
  static func gammaTerm(shape: Double, _ x: Double) -> Double {
    guard shape >= 1 else {
      return exponential(shape * logarithm(x) - x - logGamma(shape + 1))
    }
    let exponent = -stirlingError(shape) - deviance(shape, mean: x)
    return exponential(exponent) / (2 * Double.pi * shape).squareRoot()
  }

  /// 1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + ...
  private static func lowerGammaSeries(shape: Double, _ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var divisor = shape
    repeat {
      divisor += 1
      term *= x / divisor
      sum += term
    } while term > sum * 0x1p-54
    return sum
  }

  /// 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))).
  private static func upperGammaFraction(beyond shape: Double, _ x: Double) -> Double {
    let tiny = 0x1p-1000
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    var step = 0.0
    repeat {
      step += 1
      let a = -step * (step - shape)
      b += 2
      d = a * d + b
      if d.magnitude < tiny { d = tiny }
      c = b + a / c
      if c.magnitude < tiny { c = tiny }
      d = 1 / d
      let factor = c * d
      fraction *= factor
      if (factor - 1).magnitude < 0x1p-52 { break }
    } while step < 100_000
    return fraction
  }
}
