import LabKernel
import LabUnits
import Testing

/// A sampler and the digest of the first thousand draws that it gave when the digest was written.
struct GoldenDraws: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let digest: String
  let draw: @Sendable (inout RandomStream) -> UInt64

  init(_ name: String, _ digest: String, _ draw: @escaping @Sendable (inout RandomStream) -> UInt64)
  {
    testDescription = name
    self.digest = digest
    self.draw = draw
  }

  init(
    number name: String, _ digest: String,
    _ draw: @escaping @Sendable (inout RandomStream) -> Double
  ) {
    self.init(name, digest) { draw(&$0).bitPattern }
  }

  init(
    count name: String, _ digest: String, _ draw: @escaping @Sendable (inout RandomStream) -> Int
  ) {
    self.init(name, digest) { UInt64(draw(&$0)) }
  }

  init(span name: String, _ digest: String, _ law: SpanDistribution) {
    self.init(name, digest) { UInt64(law.sample(from: &$0).nanoseconds) }
  }
}

/// A change here changes the results of every experiment: it belongs in a commit of its own that says so.
private let goldenDraws: [GoldenDraws] = [
  .init("next", "4a9b97ce6ab65fc0") { $0.next() },
  .init(number: "nextUnit", "bdb7e2b02e033d53") { $0.nextUnit() },
  .init(number: "exponential", "6dc616fb97c539fb") { $0.exponential(mean: 3) },
  .init(number: "normal", "0507ad1ce98107f3") { $0.normal(mean: 1, deviation: 2) },
  .init(number: "lognormal", "bb98bed6315a5e61") { $0.lognormal(median: 20, percentile95: 45) },
  .init(number: "gamma, shape 0.3", "d6c6bd0df4779aaa") { $0.gamma(shape: 0.3, scale: 2) },
  .init(number: "gamma, shape 5", "8232d2c1ff4ec2a9") { $0.gamma(shape: 5, scale: 2) },
  .init(number: "Weibull", "1db844d386f2314d") { $0.weibull(scale: 2, shape: 1.7) },
  .init(count: "Poisson, mean 4", "e42cebee67664348") { $0.poisson(mean: 4) },
  .init(count: "Poisson, mean 12", "b584f1a76d7b92b3") { $0.poisson(mean: 12) },
  .init(count: "Poisson, mean 1e9", "8a91be04677b6b18") { $0.poisson(mean: 1e9) },
  .init(count: "binomial, 20 of 0.3", "237f9e6a5ca2df62") {
    $0.binomial(trials: 20, probability: 0.3)
  },
  .init(count: "binomial, 1000 of 0.8", "74823b69c1ec645c") {
    $0.binomial(trials: 1000, probability: 0.8)
  },
  .init(count: "binomial, 1e9 of 0.01", "74d356a15fdb36a4") {
    $0.binomial(trials: 1_000_000_000, probability: 0.01)
  },
  .init(count: "index", "59d5d8ce5377b377") { $0.index(below: 1_000_003) },
  .init(count: "weightedIndex", "7d00b0e39a581a86") { $0.weightedIndex([0.1, 0.5, 2, 0.7]) },
  .init(span: "uniform span", "be289bc634208ef4", .uniform(from: .seconds(1), to: .seconds(9))),
  .init(span: "exponential span", "d7a209d6d241b4ec", .exponential(mean: .milliseconds(7))),
  .init(
    span: "lognormal span", "40fd3b9823ddf601",
    .lognormal(median: .seconds(20), percentile95: .minutes(1))),
  .init(span: "gamma span", "cf94ee8350b142c3", .gamma(mean: .seconds(20), variation: 0.7)),
  .init(span: "Weibull span", "488e8ad13925f4e2", .weibull(scale: .hours(3), shape: 0.8)),
  .init(number: "Pareto", "6ee4bcf247979ca0") { $0.pareto(scale: 2, shape: 1.5) },
  .init(
    span: "empirical span", "2cdd0366b8a2dec5", .empirical([.seconds(3), .seconds(5), .seconds(8)])),
]

@Test(arguments: goldenDraws)
func firstThousandDrawsAreTheGoldenOnes(_ golden: GoldenDraws) {
  var stream = RandomStream.testing()
  var digest = Digest()
  for _ in 0..<1000 { digest.add(golden.draw(&stream)) }
  #expect(digest.hexadecimal == golden.digest)
}

/// An elementary function over a sweep of arguments, with the digest of its results.
private let goldenFunctions: [(String, @Sendable (Double) -> Double, String)] = [
  ("logarithm", { Elementary.logarithm($0) }, "49eca2f794335d70"),
  ("logarithmOnePlus", { Elementary.logarithmOnePlus($0) }, "1c8372399e1062d2"),
  ("exponential", { Elementary.exponential($0 - 20) }, "65a745e4a9e816b3"),
  ("exponentialMinusOne", { Elementary.exponentialMinusOne($0 - 20) }, "cd20ae248dee2adc"),
  ("power", { Elementary.power($0, 1.7) }, "a563a6c1ac3226cd"),
  ("cosine", { Elementary.cosine(turns: $0) }, "e09081b390d3619c"),
  ("logGamma", { Elementary.logGamma($0) }, "ec912746f73ab29a"),
  ("errorFunction", { Elementary.errorFunction($0 / 8 - 2) }, "6af23885e9156f66"),
  (
    "complementaryErrorFunction", { Elementary.complementaryErrorFunction($0 - 5) },
    "66546cc8a67be9ef"
  ),
  ("normalCumulative", { Elementary.normalCumulative($0 - 35) }, "c21a39236af7cd60"),
  ("normalQuantile", { Elementary.normalQuantile($0 / 40) }, "041b4348f64d3d6c"),
  ("upperGammaFraction", { Elementary.upperGammaFraction(shape: 9.5, $0) }, "492c13d16da7881f"),
]

@Test(arguments: goldenFunctions)
func elementaryFunctionsAreTheGoldenOnes(
  _ name: String, _ function: @Sendable (Double) -> Double, _ golden: String
) {
  var digest = Digest()
  for step in 1..<1000 { digest.add(function(Double(step) * 0.04).bitPattern) }
  #expect(digest.hexadecimal == golden, "\(name)")
}
