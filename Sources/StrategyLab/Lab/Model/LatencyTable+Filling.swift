import LabKernel

/// Columns that are read off from those that were computed.
extension LatencyTable {
  /// Fills the columns between computed ones by cubics in the utilisation through the two before and the two behind.
  static func fillBetween(
    _ computed: [Int], _ survival: inout [Double], _ conditions: inout [LatencyColumns.Condition]
  ) {
    for place in 0..<computed.count - 1 where computed[place + 1] > computed[place] + 1 {
      let first = min(max(place - 1, 0), computed.count - 4)
      let nodes = Array(computed[first..<first + 4])
      let inner = place - first
      let logarithms = nodes.map { node in
        (0..<rows).map { Cubic.logarithm(survival[node * rows + $0]) }
      }
      for column in computed[place] + 1..<computed[place + 1] {
        let cubic = Cubic(
          nodes.map { utilisation(column: $0) }, at: utilisation(column: column), inner: inner)
        fill(column, from: nodes, logarithms, cubic, &survival)
        conditions[column] = condition(column, from: nodes.map { conditions[$0] }, cubic)
      }
    }
  }

  private static func fill(
    _ column: Int, from nodes: [Int], _ logarithms: [[Double]], _ cubic: Cubic,
    _ survival: inout [Double]
  ) {
    for row in 0..<rows {
      let found = cubic.ratio(
        logarithms[0][row], logarithms[1][row], logarithms[2][row], logarithms[3][row])
      let value =
        found
        ?? cubic.value(
          survival[nodes[0] * rows + row], survival[nodes[1] * rows + row],
          survival[nodes[2] * rows + row], survival[nodes[3] * rows + row])
      survival[column * rows + row] = value
      // Columns are zero where nothing was written.
      if value < 1e-13 { break }
    }
  }

  private static func condition(
    _ column: Int, from four: [LatencyColumns.Condition], _ cubic: Cubic
  ) -> LatencyColumns.Condition {
    func value(_ part: (LatencyColumns.Condition) -> Double) -> Double {
      cubic.value(part(four[0]), part(four[1]), part(four[2]), part(four[3]))
    }
    func read(_ part: @escaping (LatencyColumns.Condition) -> Double) -> Double {
      let found = four.map { Cubic.logarithm(part($0)) }
      return cubic.ratio(found[0], found[1], found[2], found[3]) ?? value(part)
    }
    let busy = value { $0.busy }
    return LatencyColumns.Condition(
      slow: read { $0.slow }, late: read { $0.late },
      lost: column < fullColumn
        ? read { $0.lost } : 1 - busy / utilisation(column: column),
      busy: busy, wait: read { $0.wait })
  }
}

/// The polynomial of Lagrange through four points, at one place between two of them.
private struct Cubic {
  private let weights: (Double, Double, Double, Double)
  /// The number of the point before the place.
  private let inner: Int

  init(_ points: [Double], at place: Double, inner: Int) {
    let all = points.indices.map { index in
      points.indices.reduce(1.0) {
        $1 == index ? $0 : $0 * (place - points[$1]) / (points[index] - points[$1])
      }
    }
    weights = (all[0], all[1], all[2], all[3])
    self.inner = inner
  }

  /// The value at the place, which is none beyond those of the points on either side.
  func value(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let (left, right) = inner == 0 ? (a, b) : inner == 1 ? (b, c) : (c, d)
    let sum = weights.0 * a + weights.1 * b + weights.2 * c + weights.3 * d
    return min(max(sum, min(left, right)), max(left, right))
  }

  /// The same for what falls by ratios, as a tail does, from its logarithms; nil where there is none of it.
  func ratio(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double? {
    guard min(min(a, b), min(c, d)) > -.infinity else { return nil }
    if a == 0, b == 0, c == 0, d == 0 { return 1 }
    return Elementary.exponential(value(a, b, c, d))
  }

  /// The logarithm of a probability, or of a mean.
  static func logarithm(_ value: Double) -> Double {
    value > 0 ? Elementary.logarithm(value) : -.infinity
  }
}
