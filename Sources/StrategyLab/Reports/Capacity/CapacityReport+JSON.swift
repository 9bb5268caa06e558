import LabUnits
import StrategyLab

extension CapacityReport {
  /// The plan for programs: one object, keys in a fixed order, null where a value does not apply.
  ///
  /// Keys may be added without a new `schema_version`; none is renamed, removed or given another meaning.
  public var json: String {
    JSONValue.object([
      ("schema_version", .integer(JSONReport.schemaVersion)),
      ("scenario", .string(plan.scenarioName)),
      ("seed", .unsigned(plan.seed)),
      ("replications", .integer(plan.replications)),
      ("horizon_seconds", .number(plan.horizon.seconds)),
      ("within_seconds", number(plan.within?.seconds)),
      ("fits", .boolean(plan.fits)),
      ("answers", .array(answers.map { .string($0) })),
      ("strategies", .array(plan.strategies.map(strategy))),
    ]).text
  }

  private func strategy(_ strategy: CapacityPlan.StrategyNeeds) -> JSONValue {
    .object([
      ("strategy", .string(strategy.name)),
      ("finish_seconds", number(strategy.standstill == nil ? strategy.finish?.seconds : nil)),
      ("waits_for_ever", .optional(strategy.standstill?.text)),
      ("needs", .array(zip(plan.entries, strategy.needs).map(need))),
    ])
  }

  private func need(_ entry: LedgerEntry, _ need: CapacityPlan.Need) -> JSONValue {
    .object([
      ("thing", .string(entry.name)),
      ("unit", .string(entry.unit.rawValue)),
      ("limit", number(entry.limit)),
      ("steady", .number(need.steady)),
      ("peak_p50", .number(need.peak(0.5))),
      ("peak_p95", .number(need.peak(0.95))),
      ("peak_p99", .number(need.peak(0.99))),
      ("peak_worst", .number(need.worst)),
      ("peak_seconds", number(Quantile.of(need.peakSeconds, 0.5))),
      ("short_releases", .integer(need.shortReleases)),
      ("first_short_seconds", number(Quantile.of(need.firstShortSeconds, 0.5))),
      ("short_seconds", number(need.meanShortSeconds)),
      ("least_to_finish", number(need.leastToFinish)),
      ("least_within", number(need.leastWithin)),
    ])
  }

  private func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
