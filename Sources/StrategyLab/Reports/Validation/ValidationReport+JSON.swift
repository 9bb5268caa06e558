import StrategyLab

extension ValidationReport {
  /// The validation for programs: one object, keys in a fixed order, null where a value does not apply.
  ///
  /// Keys may be added without a new `schema_version`; none is renamed, removed or given another meaning.
  public var json: String {
    JSONValue.object([
      ("schema_version", .integer(JSONReport.schemaVersion)),
      ("passed", .boolean(validation.isPassed)),
      ("answers", .array(answers.map { .string($0) })),
      ("scenarios", .array(validation.scenarios.map(scenario))),
      ("reference", validation.reference.map(reference) ?? .null),
    ]).text
  }

  private func scenario(_ scenario: LevelComparison) -> JSONValue {
    .object([
      ("scenario", .string(scenario.scenarioName)),
      ("seed", .unsigned(scenario.seed)),
      ("replications", .integer(scenario.replications)),
      ("requests_per_replication", .number(scenario.requestsPerReplication)),
      ("compared", .integer(scenario.compared.count)),
      ("differ", .integer(scenario.count(.differ))),
      ("too_few", .integer(scenario.count(.tooFew))),
      (
        "comparisons",
        .array(
          scenario.rows.filter { scenario.strategies.indices.contains($0.strategyIndex) }
            .map { comparison($0, strategy: scenario.strategies[$0.strategyIndex]) })
      ),
    ])
  }

  private func comparison(_ row: LevelComparison.Row, strategy: String) -> JSONValue {
    .object([
      ("strategy", .string(strategy)),
      ("metric", .string(row.subject.name)),
      ("flow_count", .integer(row.flowCount)),
      ("flow_mean", number(row.flowMean)),
      ("request_count", .integer(row.requestCount)),
      ("request_mean", number(row.requestMean)),
      ("pairs", .integer(row.pairs)),
      ("difference", number(row.difference)),
      ("ci_low", number(row.low)),
      ("ci_high", number(row.high)),
      ("agrees_unpaired", row.agreesUnpaired.map { .boolean($0) } ?? .null),
      ("probability", number(row.probability)),
      ("adjusted_probability", number(row.adjusted)),
      ("verdict", .string(row.verdict.rawValue)),
    ])
  }

  private func reference(_ check: ReferenceCheck) -> JSONValue {
    .object([
      ("seed", .unsigned(check.seed)),
      ("seeds", .integer(check.effort.seeds)),
      ("replications", .integer(check.effort.replications)),
      ("requests", .integer(check.effort.requests)),
      ("intervals", .integer(check.intervals)),
      ("misses", .integer(check.misses)),
      ("most_misses", .integer(check.mostMisses)),
      ("miss_probability", .number(check.missProbability)),
      (
        "measures",
        .array(
          check.rows.map { row in
            .object([
              ("system", .string(row.system)),
              ("setting", .string(row.setting)),
              ("measure", .string(row.measure)),
              ("unit", .string(row.unit)),
              ("closed_form", .number(row.expected)),
              ("mean", .number(row.mean)),
              ("ci_low", .number(row.mean - row.halfWidth)),
              ("ci_high", .number(row.mean + row.halfWidth)),
              ("misses", .integer(row.misses)),
              ("probability", .number(row.probability)),
              ("adjusted_probability", .number(row.adjusted)),
              ("verdict", .string(row.verdict.rawValue)),
            ])
          })
      ),
    ])
  }

  private func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
