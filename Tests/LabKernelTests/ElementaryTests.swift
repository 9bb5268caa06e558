import Foundation
import LabKernel
import Testing

/// The distance of two doubles in units in the last place of the second.
private func ulps(_ value: Double, _ reference: Double) -> Double {
  if value == reference || (value.isNaN && reference.isNaN) { return 0 }
  guard value.isFinite && reference.isFinite else { return .infinity }
  return abs(value - reference) / reference.ulp
}

/// A function, the C library's version of it, arguments, and the ulps that may lie between the two.
struct ElementaryCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let function: @Sendable (Double) -> Double
  let reference: @Sendable (Double) -> Double
  let arguments: @Sendable (inout RandomStream) -> Double
  /// Our stated bound, and one for the C library.
  let bound: Double

  init(
    _ name: String, _ function: @escaping @Sendable (Double) -> Double,
    _ reference: @escaping @Sendable (Double) -> Double, bound: Double,
    _ arguments: @escaping @Sendable (inout RandomStream) -> Double
  ) {
    testDescription = name
    self.function = function
    self.reference = reference
    self.bound = bound + 1
    self.arguments = arguments
  }
}

/// A draw between two numbers.
private func even(_ low: Double, _ high: Double) -> @Sendable (inout RandomStream) -> Double {
  { low + (high - low) * $0.nextUnit() }
}

/// A draw whose logarithm lies evenly between those of two numbers.
private func scaled(_ low: Double, _ high: Double) -> @Sendable (inout RandomStream) -> Double {
  { low * pow(high / low, $0.nextUnit()) }
}

private let elementaryCases: [ElementaryCase] = [
  .init("log, all normal", Elementary.logarithm, { log($0) }, bound: 1, scaled(1e-307, 1e308)),
  .init(
    "log, subnormal", Elementary.logarithm, { log($0) }, bound: 1, even(0, .leastNormalMagnitude)),
  .init("log, near 1", Elementary.logarithm, { log($0) }, bound: 1, even(0.5, 2)),
  .init("exp, all", Elementary.exponential, { exp($0) }, bound: 1, even(-708, 709.7)),
  .init("exp, subnormal", Elementary.exponential, { exp($0) }, bound: 1, even(-745, -708)),
  .init("exp, near 0", Elementary.exponential, { exp($0) }, bound: 1, even(-1, 1)),
  .init(
    "log1p, wide", Elementary.logarithmOnePlus, { log1p($0) }, bound: 1.5, scaled(1e-300, 1e300)),
  .init("log1p, near 0", Elementary.logarithmOnePlus, { log1p($0) }, bound: 1.5, even(-0.99, 1.5)),
  .init("expm1, wide", Elementary.exponentialMinusOne, { expm1($0) }, bound: 2, even(-50, 700)),
  .init("expm1, near 0", Elementary.exponentialMinusOne, { expm1($0) }, bound: 2, even(-1.1, 1.1)),
  .init("expm1, tiny", Elementary.exponentialMinusOne, { expm1($0) }, bound: 2, scaled(1e-300, 1)),
  .init("lgamma, tiny", Elementary.logGamma, { lgamma($0) }, bound: 8, scaled(1e-300, 1)),
  .init("lgamma, small", Elementary.logGamma, { lgamma($0) }, bound: 8, even(0, 20)),
  .init("lgamma, large", Elementary.logGamma, { lgamma($0) }, bound: 8, scaled(20, 1e300)),
  .init("erf", Elementary.errorFunction, { erf($0) }, bound: 2, even(-6.5, 6.5)),
  .init("erf, tiny", Elementary.errorFunction, { erf($0) }, bound: 2, scaled(1e-300, 1)),
  .init("asin", Elementary.arcsine, { asin($0) }, bound: 2, even(-1, 1)),
  .init("asin, tiny", Elementary.arcsine, { asin($0) }, bound: 2, scaled(1e-300, 1)),
  .init("erfc", Elementary.complementaryErrorFunction, { erfc($0) }, bound: 5, even(-6, 26)),
  .init(
    "cos of small turns", Elementary.cosine(turns:), { cos(2 * Double.pi * $0) }, bound: 3,
    even(-0.2, 0.2)),
]

@Test(arguments: elementaryCases)
func elementaryFunctionIsWithinItsBoundOfTheLibrary(_ test: ElementaryCase) {
  var stream = RandomStream.testing()
  var (worst, worstArgument) = (0.0, 0.0)
  for _ in 0..<10_000 {
    let x = test.arguments(&stream)
    let distance = ulps(test.function(x), test.reference(x))
    if distance > worst { (worst, worstArgument) = (distance, x) }
  }
  #expect(worst <= test.bound, "at \(worstArgument)")
}

@Test func elementaryFunctionsMeetTheirEdgesAsTheLibraryDoes() {
  let edges: [Double] = [
    0, -0.0, 1, -1, 2, 10, 0.5, -0.5, .leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-1023,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan,
    709.782712893384,
    709.7827128933841, -745.1332191019411, -745.1332191019412, 1e-17, -1e-17,
  ]
  for x in edges {
    #expect(ulps(Elementary.logarithm(x), log(x)) <= 1, "log \(x)")
    #expect(ulps(Elementary.exponential(x), exp(x)) <= 1, "exp \(x)")
    #expect(ulps(Elementary.logarithmOnePlus(x), log1p(x)) <= 1, "log1p \(x)")
    #expect(ulps(Elementary.exponentialMinusOne(x), expm1(x)) <= 1, "expm1 \(x)")
    #expect(ulps(Elementary.errorFunction(x), erf(x)) <= 1, "erf \(x)")
    #expect(ulps(Elementary.arcsine(x), asin(x)) <= 1, "asin \(x)")
    #expect(ulps(Elementary.complementaryErrorFunction(x), erfc(x)) <= 2, "erfc \(x)")
    if x >= 0 || x.isNaN { #expect(ulps(Elementary.logGamma(x), lgamma(x)) <= 2, "lgamma \(x)") }
  }
}

@Test func powerIsWithinItsBoundOfTheLibrary() {
  var stream = RandomStream.testing()
  for _ in 0..<20_000 {
    let base = scaled(1e-300, 1e300)(&stream)
    let exponent = even(-700, 700)(&stream) / log(base)
    #expect(ulps(Elementary.power(base, exponent), pow(base, exponent)) <= 2.5)
    let nearOne = 1 + even(-1e-6, 1e-6)(&stream)
    #expect(ulps(Elementary.power(nearOne, 1e8), pow(nearOne, 1e8)) <= 2.5)
  }
}

@Test func powerMeetsItsEdgesAsTheLibraryDoes() {
  let bases: [Double] = [0, .leastNonzeroMagnitude, 0x1p-1030, 0.5, 1, 2, 1e308, .infinity, .nan]
  let exponents: [Double] = [
    0, 1, -1, 0.5, -2, 1e-300, 1e300, -1e300, 1e19, -1e25, .infinity, -.infinity, .nan,
  ]
  for base in bases {
    for exponent in exponents {
      let (value, reference) = (Elementary.power(base, exponent), pow(base, exponent))
      #expect(ulps(value, reference) <= 2, "\(base) to the \(exponent)")
    }
  }
  #expect(Elementary.power(-2, 2).isNaN)
}

@Test func cosineOfQuarterTurnsIsExact() {
  for turns in stride(from: -8.0, through: 8, by: 1) {
    #expect(Elementary.cosine(turns: turns).bitPattern == (1.0).bitPattern)
    #expect(Elementary.cosine(turns: turns + 0.25).bitPattern == (0.0).bitPattern)
    #expect(Elementary.cosine(turns: turns + 0.5).bitPattern == (-1.0).bitPattern)
    #expect(Elementary.cosine(turns: turns + 0.75).bitPattern == (0.0).bitPattern)
  }
  #expect(Elementary.cosine(turns: 0x1p51 + 0.5) == -1)
  #expect(Elementary.cosine(turns: 1e300) == 1)
  #expect(Elementary.cosine(turns: .infinity).isNaN)
}

@Test(
  arguments: [
    // Computed with 50 digits.
    (0.95, 1.6448536269514722), (0.975, 1.9599639845400538), (0.5, 0.0),
    (0.05, -1.6448536269514726),
    (1e-300, -37.0470962993612), (1e-10, -6.361340902404057),
  ] as [(Double, Double)])
func normalQuantileHasItsPublishedValues(_ p: Double, _ quantile: Double) {
  #expect(abs(Elementary.normalQuantile(p) - quantile) <= 1.6e-15 * max(1, abs(quantile)))
}

@Test func normalQuantileInvertsTheCumulative() {
  var stream = RandomStream.testing()
  for _ in 0..<10_000 {
    let x = even(-37, 5)(&stream)
    let back = Elementary.normalQuantile(Elementary.normalCumulative(x))
    // Near one the probability itself has few digits left for the distance from one.
    let bound = x < 1 ? 1e-14 * max(1, abs(x)) : 1e-15 * exp(x * x / 2)
    #expect(abs(back - x) < bound, "at \(x)")
  }
  #expect(Elementary.normalQuantile(0) == -.infinity)
  #expect(Elementary.normalQuantile(1) == .infinity)
  #expect(Elementary.normalQuantile(-0.1).isNaN && Elementary.normalQuantile(.nan).isNaN)
}

/// Computed with 40 digits.
@Test(
  arguments: [
    (10, 1e-5, 2.7557068704050254e-57), (301, 300, 0.48465124273707615),
    (0.5, 1e-30, 1.1283791670955126e-15), (1e4, 9000, 2.073299202433928e-25), (3, 50, 1), (3, 0, 0),
  ] as [(Double, Double, Double)])
func lowerGammaFractionKeepsItsDigitsWhereItIsTiny(shape: Double, x: Double, expected: Double) {
  let value = Elementary.lowerGammaFraction(shape: shape, x)
  #expect(abs(value - expected) <= 1e-11 * expected)
  #expect(abs(value + Elementary.upperGammaFraction(shape: shape, x) - 1) < 1e-11)
}

@Test(
  arguments: [
    (0, 0, 1), (1, 0, 0), (0, 5, 0.0067379469990854671), (5, 5, 0.17546736976785071),
    (1e6, 1e6, 0.00039894224715624403), (300, 1, 0),
  ] as [(Double, Double, Double)])
func poissonProbabilitiesHaveTheirKnownValues(count: Double, mean: Double, expected: Double) {
  #expect(
    abs(Elementary.poissonProbability(count, mean: mean) - expected) <= 1e-13 * expected)
}

@Test func upperGammaFractionOfWholeShapesIsThePoissonSum() {
  for shape in [1, 2, 5, 40, 150] {
    for x in [0.01, 0.5, 3, 30, 80, 150, 400] as [Double] {
      // Q(a, x) is the probability of fewer than a events of a Poisson count of mean x.
      let sum = (0..<shape).reduce(0.0) {
        $0 + exp(Double($1) * log(x) - x - lgamma(Double($1) + 1))
      }
      let value = Elementary.upperGammaFraction(shape: Double(shape), x)
      #expect(abs(value - sum) < 1e-12 * sum + 1e-15, "shape \(shape) at \(x)")
    }
  }
  #expect(abs(Elementary.upperGammaFraction(shape: 0.5, 2) - erfc(sqrt(2))) < 1e-16)
}
