import StrategyLab

extension CostReport {
  /// The plan for programs: one object, keys in a fixed order, null where a value does not apply.
  ///
  /// Amounts are dollars a release, whatever the tables show. Keys may be added without a new `schema_version`; none is
  /// renamed, removed or given another meaning.
  public var json: String {
    JSONValue.object([
      ("schema_version", .integer(JSONReport.schemaVersion)),
      ("scenario", .string(plan.scenarioName)),
      ("seed", .unsigned(plan.seed)),
      ("replications", .integer(plan.replications)),
      ("defective", .integer(plan.defective)),
      ("defect_probability", .number(plan.defectProbability)),
      ("horizon_seconds", .number(plan.horizonSeconds)),
      ("steady_cost_usd", .number(plan.steadyCost)),
      ("releases_per_year", releases),
      ("answers", .array(answers.map { .string($0) })),
      ("strategies", .array(plan.bills.map(bill))),
      (
        "prices",
        .array(
          plan.prices.map { price in
            .object([
              ("key", .string(price.path)), ("value", .string(price.value)),
              ("given", .boolean(price.isGiven)), ("source", .string(price.source)),
            ])
          })
      ),
    ]).text
  }

  private var releases: JSONValue {
    guard case .year(let releases) = basis else { return .null }
    return .integer(releases)
  }

  private func bill(_ bill: ReleaseBill) -> JSONValue {
    .object([
      ("strategy", .string(bill.strategyName)),
      (
        "lines",
        .array(
          bill.lines.map { line in
            .object(
              [
                ("cause", .string(line.cause.rawValue)),
                ("invoiced", .boolean(line.cause.isInvoiced)),
              ] + amount(line.amount))
          })
      ),
      ("invoice", .object(amount(bill.invoice))),
      ("estimate", .object(amount(bill.estimate))),
      ("total", .object(amount(bill.total))),
      ("error_budget_fraction", number(bill.errorBudget)),
    ])
  }

  private func amount(_ amount: ReleaseBill.Amount) -> [(String, JSONValue)] {
    [
      ("mean_usd", .number(amount.all.mean)), ("ci_low_usd", .number(amount.all.low)),
      ("ci_high_usd", .number(amount.all.high)), ("good_usd", number(amount.good)),
      ("defective_usd", number(amount.defective)),
    ]
  }

  private func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
