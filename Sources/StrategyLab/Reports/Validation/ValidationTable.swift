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
    var last: Int?
    let rows = scenario.rows.filter { $0.verdict != .notApplicable }.map { row in
      let name =
        last == row.strategyIndex || !scenario.strategies.indices.contains(row.strategyIndex)
        ? "" : scenario.strategies[row.strategyIndex]
      last = row.strategyIndex
      return levels(row, name: name)
    }
    return Table(
      columns: [
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "metric", isNumeric: false),
        Table.Column(name: "flow"), Table.Column(name: "request"),
        Table.Column(name: "difference"), Table.Column(name: "± 99%"),
        Table.Column(name: "pairs", dispensability: 1),
        Table.Column(name: "verdict", isNumeric: false),
      ], rows: rows)
  }

  private static func levels(_ row: LevelComparison.Row, name: String) -> Table.Row {
    let display = ValidationSubject(row.subject)
    let half = row.halfWidth.map { $0 * display.scale }
    let means = [row.flowMean, row.requestMean].map { $0.map { $0 * display.scale } }
    let size = means.compactMap { $0?.magnitude }.max() ?? 0
    let difference = row.difference.map { $0 * display.scale }
    let digits = NumberText.decimals(
      mean: size, halfWidth: max(half ?? 0, difference?.magnitude ?? 0))
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

  /// One row a measure of a reference system.
  static func reference(_ check: ReferenceCheck) -> Table {
    var last = ""
    let rows = check.rows.map { row in
      let system = "\(row.system), \(row.setting)"
      let name = system == last ? "" : system
      last = system
      let scale = row.unit == "fraction" ? 100.0 : 1
      let unit = ["fraction": "%", "seconds": "s"][row.unit] ?? row.unit
      let half = row.halfWidth * scale
      let digits = NumberText.decimals(mean: row.mean * scale, halfWidth: half)
      return Table.Row(
        cells: [
          name, "\(row.measure), \(unit)", NumberText.fixed(row.expected * scale, decimals: digits),
          NumberText.fixed(row.mean * scale, decimals: digits),
          NumberText.halfWidth(half, decimals: digits), count(row.misses), row.verdict.rawValue,
        ], isMarked: row.verdict == .differ)
    }
    return Table(
      columns: [
        Table.Column(name: "system", isNumeric: false),
        Table.Column(name: "measure", isNumeric: false), Table.Column(name: "closed form"),
        Table.Column(name: "played"), Table.Column(name: "± 99.9%"),
        Table.Column(name: "outside", unit: "of \(check.effort.seeds)"),
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
  /// The difference in half-widths of its interval; nil where it has none.
  var halfWidths: Double? {
    guard let difference, let halfWidth, halfWidth > 0 else { return nil }
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
      label = display.name == display.unit ? display.name : "\(display.name), \(display.unit)"
      scale = display.scale
    }
  }
}
