extension ReferenceCheck {
  /// What samples of some systems say.
  ///
  /// - Parameters:
  ///   - systems: The systems.
  ///   - samples: For each system, by seed, then by replication, one mean a measure.
  ///   - seed: The first seed.
  ///   - effort: How much was played.
  public init(
    systems: [ReferenceSystem], samples: [[[Double]]], seed: UInt64, effort: Effort
  ) {
    var rows: [Row] = []
    for (system, sample) in zip(systems, samples) {
      for (index, measure) in system.measures.enumerated() {
        rows.append(Self.row(system, measure, sample.map { $0[index] }, effort))
      }
    }
    let adjusted = MultipleComparisons.holm(rows.map(\.probability))
    for (index, value) in adjusted.enumerated() {
      rows[index].adjusted = value
      rows[index].verdict = value <= Self.familyLevel ? .differ : .agree
    }
    self.init(seed: seed, effort: effort, rows: rows)
  }

  private static func row(
    _ system: ReferenceSystem, _ measure: ReferenceMeasure, _ values: [Double], _ effort: Effort
  ) -> Row {
    var factors = StudentFactors(confidence: confidence)
    var misses = 0
    for seed in 0..<effort.seeds {
      let mine = values[seed * effort.replications..<(seed + 1) * effort.replications]
      guard let interval = StudentInterval(mine, factors: &factors) else { continue }
      if (interval.mean - measure.expected).magnitude > interval.halfWidth { misses += 1 }
    }
    let pooled = StudentInterval(values, confidence: confidence)
    let byMisses = BinomialDistribution.atLeast(
      misses, trials: effort.seeds, probability: 1 - confidence)
    // Many seeds see a bias together that each of them alone is too short for.
    let byMean = pooled.map { probability($0, measure.expected) } ?? 1
    return Row(
      system: system.name, setting: system.setting, measure: measure.name, unit: measure.unit,
      expected: measure.expected, mean: pooled?.mean ?? .nan, halfWidth: pooled?.halfWidth ?? 0,
      misses: misses, probability: min(1, 2 * min(byMisses, byMean)))
  }

  private static func probability(_ interval: StudentInterval, _ expected: Double) -> Double {
    let distance = (interval.mean - expected).magnitude
    guard distance > 0 else { return 1 }
    guard interval.standardDeviation > 0 else { return 0 }
    let error = interval.standardDeviation / Double(interval.count).squareRoot()
    return 2
      * StudentDistribution.upperTail(
        distance / error, degreesOfFreedom: Double(interval.count - 1))
  }
}
