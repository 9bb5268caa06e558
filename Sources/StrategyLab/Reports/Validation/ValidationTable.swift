import StrategyLab

/// The tables of a validation.
enum ValidationTable {
  /// One row a part: a scenario or the reference systems.
  static func summary(_ validation: ModelValidation) -> Table {
    var rows = validation.scenarios.map { scenario in
      let widest = widest(scenario)
      return Table.Row(
        cells: [
          scenario.scenarioName, count(scenario.replications), count(scenario.compared.count),
          count(scenario.count(.differ)), count(scenario.count(.tooFew)),
          widest.map { NumberText.fixed($0.ratio, decimals: 2) } ?? NumberText.absent,
          widest?.name ?? "",
        ], isMarked: scenario.count(.differ) > 0)
    }
    if let check = validation.reference {
      let widest = check.rows.filter { $0.halfWidth > 0 }
        .max { $0.difference.magnitude / $0.halfWidth < $1.difference.magnitude / $1.halfWidth }
      rows.append(
        Table.Row(
          cells: [
            "reference systems", count(check.effort.seeds * check.effort.replications),
            count(check.rows.count), count(check.count(.differ)), "0",
            widest.map {
              NumberText.fixed($0.difference.magnitude / $0.halfWidth, decimals: 2)
            } ?? NumberText.absent,
            widest.map { "\($0.system): \($0.measure)" } ?? "",
          ], isMarked: !check.isPassed))
    }
    return Table(
      columns: [
        Table.Column(name: "what was played", isNumeric: false),
        Table.Column(name: "replications", dispensability: 2),
        Table.Column(name: "compared"), Table.Column(name: "differ"),
        Table.Column(name: "too few", dispensability: 1),
        Table.Column(name: "widest", unit: "half-widths", dispensability: 3),
        Table.Column(name: "where", isNumeric: false, dispensability: 4),
      ], rows: rows)
  }

  /// One row a strategy and metric; those without a value at either level are left out.
  static func levels(_ scenario: LevelComparison) -> Table {
    let rows = scenario.rows.filter {
      $0.verdict != .notApplicable && scenario.strategies.indices.contains($0.strategyIndex)
    }.map { levels($0, name: scenario.strategies[$0.strategyIndex]) }
    return Table(
      columns: [
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "metric", isNumeric: false),
        Table.Column(name: "flow", dispensability: 4),
        Table.Column(name: "request", dispensability: 3),
        Table.Column(name: "difference", dispensability: 1),
        Table.Column(name: "± 99%", dispensability: 2),
        Table.Column(name: "pairs", dispensability: 5),
        Table.Column(name: "verdict", isNumeric: false),
      ], rows: rows)
  }

  private static func levels(_ row: LevelComparison.Row, name: String) -> Table.Row {
    let display = ValidationSubject(row.subject)
    let half = row.halfWidth.map { $0 * display.scale }
    let means = [row.flowMean, row.requestMean].map { $0.map { $0 * display.scale } }
    let size = means.compactMap { $0?.magnitude }.max() ?? 0
    let difference = row.difference.map { $0 * display.scale }
    let digits = decimals(mean: size, difference: difference ?? 0, halfWidth: half ?? 0)
    func text(_ value: Double?) -> String {
      value.map { NumberText.fixed($0, decimals: digits) } ?? NumberText.absent
    }
    return Table.Row(
      cells: [
        name, display.label, text(means[0]), text(means[1]), text(difference),
        half.map { NumberText.halfWidth($0, decimals: digits) } ?? NumberText.absent,
        count(row.pairs), row.verdict.rawValue,
      ], isMarked: row.verdict == .differ)
  }

  /// The digits after the point that show two of the interval, or else of the difference.
  ///
  /// A difference is small beside the means that it is taken of, so that these get more digits than
  /// their own intervals deserve; six of them at most.
  private static func decimals(mean: Double, difference: Double, halfWidth: Double) -> Int {
    func place(_ value: Double) -> Int? { DecimalDigits(value).leadingPlace }
    let limit = max(2, 5 - (place(mean) ?? 0))
    guard let leading = place(halfWidth) ?? place(difference) else {
      return NumberText.decimals(mean: mean, halfWidth: 0)
    }
    return min(limit, 1 - leading)
  }

  /// One row a measure of a reference system.
  static func reference(_ check: ReferenceCheck) -> Table {
    let rows = check.rows.map { row in
      let scale = row.unit == "fraction" ? 100.0 : 1
      let unit = ["fraction": "%", "seconds": "s"][row.unit] ?? row.unit
      let half = row.halfWidth * scale
      let digits = NumberText.decimals(mean: row.mean * scale, halfWidth: half)
      return Table.Row(
        cells: [
          "\(row.system), \(row.setting)", "\(row.measure), \(unit)",
          NumberText.fixed(row.expected * scale, decimals: digits),
          NumberText.fixed(row.mean * scale, decimals: digits),
          NumberText.halfWidth(half, decimals: digits), count(row.misses), row.verdict.rawValue,
        ], isMarked: row.verdict == .differ)
    }
    return Table(
      columns: [
        Table.Column(name: "system", isNumeric: false),
        Table.Column(name: "measure", isNumeric: false),
        Table.Column(name: "theory", dispensability: 4),
        Table.Column(name: "played", dispensability: 2),
        Table.Column(name: "± 99.9%", dispensability: 3),
        Table.Column(name: "outside", unit: "of \(check.effort.seeds)", dispensability: 1),
        Table.Column(name: "verdict", isNumeric: false),
      ], rows: rows)
  }

  /// The comparison whose difference is the most half-widths of its interval.
  private static func widest(_ scenario: LevelComparison) -> (ratio: Double, name: String)? {
    let ratios = scenario.rows.compactMap { row -> (ratio: Double, row: LevelComparison.Row)? in
      row.halfWidths.map { ($0.magnitude, row) }
    }
    guard let widest = ratios.max(by: { $0.ratio < $1.ratio }),
      scenario.strategies.indices.contains(widest.row.strategyIndex)
    else { return nil }
    let strategy = scenario.strategies[widest.row.strategyIndex]
    return (widest.ratio, "\(strategy): \(ValidationSubject(widest.row.subject).name)")
  }

  private static func count(_ value: Int) -> String { NumberText.fixed(Double(value), decimals: 0) }
}

extension LevelComparison.Row {
  /// The difference in half-widths of its interval; nil where it has none, or all differences are the same but for rounding.
  var halfWidths: Double? {
    guard let difference, let halfWidth, halfWidth > 1e-9 * difference.magnitude else { return nil }
    return difference / halfWidth
  }
}

/// How people read what is compared: a short name, and a unit in which its numbers are handy.
struct ValidationSubject {
  /// The short name.
  let name: String
  /// Name and unit.
  let label: String
  /// What a value is multiplied by to be in the unit.
  let scale: Double

  /// How a subject is read.
  init(_ subject: LevelComparison.Subject) {
    switch subject {
    case .outcome(let outcome):
      name =
        switch outcome {
        case .promoted: "promoted"
        case .rolledBack: "rolled back"
        case .stalled: "stalled"
        }
      label = "\(name), %"
      scale = 100
    case .metric(let metric):
      let display = MetricDisplay(metric)
      name = display.name
      let isSaid = display.name.hasSuffix(display.unit) || display.name.hasPrefix(display.unit)
      label = isSaid ? name : "\(name), \(display.unit)"
      scale = display.scale
    }
  }
}
