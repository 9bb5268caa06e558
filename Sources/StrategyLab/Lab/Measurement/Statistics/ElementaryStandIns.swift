import LabKernel

// Stand-ins for what the kernel will offer under the same names; this file goes when it does.

extension Elementary {
  /// The logarithm of one plus a number, exact to the last bits also near zero.
  static func logarithmOnePlus(_ x: Double) -> Double {
    let sum = 1 + x
    return sum == 1 ? x : logarithm(sum) * x / (sum - 1)
  }

  /// The logarithm of the gamma function of a positive number (Stirling's series above 15).
  static func logGamma(_ x: Double) -> Double {
    var argument = x
    var product = 1.0
    while argument < 15 {
      product *= argument
      argument += 1
    }
    let inverse = 1 / argument
    let square = inverse * inverse
    let coefficients = [
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    ]
    let series = coefficients.reversed().reduce(0) { $0 * square + $1 } * inverse
    let halfLogTwoPi = 0.918_938_533_204_672_8
    return (argument - 0.5) * logarithm(argument) - argument + halfLogTwoPi + series
      - logarithm(product)
  }

  /// The probability that a standard normal variable is at most a number.
  static func normalCumulative(_ x: Double) -> Double {
    if x > 0 { return 1 - normalCumulative(-x) }
    let density = exponential(-x * x / 2) / 2.506_628_274_631_000_5
    guard x < -3 else {
      var term = -x
      var sum = term
      var k = 1.0
      while term > 1e-18 * sum {
        term *= x * x / (2 * k + 1)
        sum += term
        k += 1
      }
      return 0.5 - density * sum
    }
    var fraction = -x
    for k in stride(from: 200.0, to: 0, by: -1) { fraction = -x + k / fraction }
    return density / fraction
  }

  /// The number that a standard normal variable stays below with a probability (Wichura, 1988, AS 241).
  static func normalQuantile(_ probability: Double) -> Double {
    let centred = probability - 0.5
    guard centred.magnitude > 0.425 else {
      let r = 0.180625 - centred * centred
      return centred * ratio(r, centralTop, centralBottom)
    }
    let tail = min(probability, 1 - probability)
    guard tail > 0 else { return centred < 0 ? -.infinity : .infinity }
    let r = (-logarithm(tail)).squareRoot()
    let size = r <= 5 ? ratio(r - 1.6, middleTop, middleBottom) : ratio(r - 5, farTop, farBottom)
    return centred < 0 ? -size : size
  }

  private static func ratio(_ x: Double, _ top: [Double], _ bottom: [Double]) -> Double {
    top.reversed().reduce(0) { $0 * x + $1 } / bottom.reversed().reduce(0) { $0 * x + $1 }
  }

  private static let centralTop = [
    3.387_132_872_796_366_608_0, 1.331_416_678_917_843_774_5e2, 1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4, 4.592_195_393_154_987_145_7e4, 6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4, 2.509_080_928_730_122_672_7e3,
  ]
  private static let centralBottom = [
    1.0, 4.231_333_070_160_091_125_2e1, 6.871_870_074_920_579_082_8e2,
    5.394_196_021_424_751_107_7e3, 2.121_379_430_158_659_586_7e4, 3.930_789_580_009_271_061_0e4,
    2.872_908_573_572_194_267_4e4, 5.226_495_278_852_854_561_0e3,
  ]
  private static let middleTop = [
    1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_90, 5.769_497_221_460_691_405_50,
    3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 2.417_807_251_774_506_117_70e-1,
    2.272_384_498_926_918_458_33e-2, 7.745_450_142_783_414_076_40e-4,
  ]
  private static let middleBottom = [
    1.0, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_40,
    6.897_673_349_851_000_045_50e-1, 1.481_039_764_274_800_745_90e-1,
    1.519_866_656_361_645_719_66e-2, 5.475_938_084_995_344_946_00e-4,
    1.050_750_071_644_416_843_24e-9,
  ]
  private static let farTop = [
    6.657_904_643_501_103_777_20, 5.463_784_911_164_114_369_90, 1.784_826_539_917_291_335_80,
    2.965_605_718_285_048_912_30e-1, 2.653_218_952_657_612_309_30e-2,
    1.242_660_947_388_078_438_60e-3, 2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
  ]
  private static let farBottom = [
    1.0, 5.998_322_065_558_879_376_90e-1, 1.369_298_809_227_358_053_10e-1,
    1.487_536_129_085_061_485_25e-2, 7.868_691_311_456_132_591_00e-4,
    1.846_318_317_510_054_681_80e-5, 1.421_511_758_316_445_888_70e-7,
    2.044_263_103_389_939_785_64e-15,
  ]
}

/// What a stream of random numbers is for.
struct RandomPurpose: Hashable, Sendable {
  var rawValue: UInt32
}

/// A stream of random numbers that is fixed by its key (SplitMix64).
struct RandomStream {
  private var state: UInt64

  init(seed: UInt64, replication: Int, purpose: RandomPurpose, entity: Int) {
    state = seed
    for key in [UInt64(replication), UInt64(purpose.rawValue), UInt64(entity)] {
      state = Self.mix(state &+ 0x9E37_79B9_7F4A_7C15) ^ key
    }
    state = Self.mix(state)
  }

  mutating func nextUnit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    return (Double(Self.mix(state) >> 12) + 0.5) * 0x1p-52
  }

  mutating func exponential(mean: Double) -> Double { -mean * Elementary.logarithm(nextUnit()) }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
