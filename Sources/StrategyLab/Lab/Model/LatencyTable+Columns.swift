/// Which utilisation and which wait a column stands for.
///
/// A queue is as full as the distance to full load is small, so the columns stand in equal numbers in each octave of it. They are
/// found by the bits of the distance, without a logarithm.
extension LatencyTable {
  /// Columns in an octave of the distance to full load, below it and above it, as powers of two.
  private static let bitsBelow = 5
  private static let bitsAbove = 4
  /// The nearest distance from full load is 2⁻¹⁰; the farthest above it is 2.
  private static let nearest = 10
  private static let octavesAbove = 11

  /// The column of full load; the column before it and after it are the nearest to it.
  static let fullColumn = nearest << bitsBelow + 1
  /// Columns for utilisations from 0 to 3.
  static let steadyColumns = fullColumn + 2 + octavesAbove << bitsAbove

  /// Columns from which the others follow, and those next to full load.
  ///
  /// Up to half load the octave is the widest, and how often a request waits grows with a power of the load as high
  /// as the number of workers: no two of them are farther apart there than four columns.
  static func computedColumns(every step: Int) -> [Int] {
    let half = 1 << bitsBelow
    return Array(stride(from: 0, to: half, by: min(step, 4)))
      + Array(stride(from: half, to: fullColumn, by: step)) + [fullColumn]
      + Array(stride(from: fullColumn + 1, to: steadyColumns, by: step))
  }

  /// The utilisation of a column.
  static func utilisation(column: Int) -> Double {
    if column == fullColumn { return 1 }
    if column < fullColumn { return 1 - distance(fullColumn - 1 - column, bitsBelow) }
    return 1 + distance(column - fullColumn - 1, bitsAbove)
  }

  private static func distance(_ node: Int, _ bits: Int) -> Double {
    let octave = node >> bits
    let rest = node & (1 << bits - 1)
    var base = 0x1p-10
    for _ in 0..<octave { base *= 2 }
    return base * (1 + Double(rest) / Double(1 << bits))
  }

  /// The column and the weight of the next one for a replica in balance.
  static func position(utilisation: Double) -> (column: Int, next: Double) {
    guard utilisation > 0 else { return (0, 0) }
    let place: Double
    let distance = 1 - utilisation
    if distance.magnitude < 0x1p-10 {
      place = Double(fullColumn) - distance * 0x1p10
    } else if distance > 0 {
      place = Double(fullColumn - 1) - nodes(distance, bitsBelow)
    } else {
      place = Double(fullColumn + 1) + nodes(-distance, bitsAbove)
    }
    let column = Int(min(place, Double(steadyColumns - 1)))
    return (column, column == steadyColumns - 1 ? 0 : place - Double(column))
  }

  /// How many columns a distance lies from the nearest one, in proportion between them.
  private static func nodes(_ distance: Double, _ bits: Int) -> Double {
    let pattern = distance.bitPattern
    let fraction = UInt64(52 - bits)
    let node = Int(pattern >> fraction) - (1023 - nearest) << bits
    let rest = pattern & (1 << fraction - 1)
    return Double(node) + Double(rest) / Double(UInt64(1) << fraction)
  }

  /// The column and the weight of the next one for a backlog that takes so many seconds to serve.
  static func position(wait: Double, timeout: Double) -> (column: Int, next: Double) {
    let place = min(max(wait / timeout, 0), 1) * Double(overloadColumns - 1)
    let column = min(Int(place), overloadColumns - 2)
    return (steadyColumns + column, place - Double(column))
  }
}
