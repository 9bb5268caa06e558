import StrategyLab

/// A validation of the model, as text: sentences and rows are built once, formats only draw them.
public struct ValidationReport: Sendable {
  /// What was found.
  let validation: ModelValidation

  /// The report of a validation.
  public init(_ validation: ModelValidation) {
    self.validation = validation
  }

  /// The answers, one a part: the scenarios in their order, then the reference systems.
  public var answers: [String] {
    validation.scenarios.map(Self.answer) + (validation.reference.map { [Self.answer($0)] } ?? [])
  }

  /// What differs, for the end of a run; empty if nothing does.
  public var failures: [String] {
    validation.scenarios.filter { $0.count(.differ) > 0 }.map(Self.answer)
      + (validation.reference.map { $0.isPassed ? [] : [Self.answer($0)] } ?? [])
  }

  /// The answer for one scenario.
  ///
  ///     flow and request agree on 5 strategies x 24 metrics of checkout: 0 of 118 comparisons differ
  static func answer(_ scenario: LevelComparison) -> String {
    let compared = scenario.compared
    let differ = scenario.count(.differ)
    let metrics = LevelComparison.Subject.all.count { subject in
      compared.contains { $0.subject == subject }
    }
    let what =
      NumberText.fixed(Double(scenario.strategies.count), decimals: 0)
      + (scenario.strategies.count == 1 ? " strategy" : " strategies")
      + " x \(metrics) metrics of \(scenario.scenarioName)"
    guard !compared.isEmpty else { return "nothing can be compared on \(what)" }
    return "flow and request \(differ == 0 ? "agree" : "differ") on \(what): \(differ) of "
      + NumberText.count(compared.count, "comparison") + (differ == 1 ? " differs" : " differ")
  }

  /// The answer for the reference systems.
  static func answer(_ check: ReferenceCheck) -> String {
    let systems = Set(check.rows.map { $0.system + $0.setting }).count
    let differ = check.count(.differ)
    let verdict = check.isPassed ? "meet" : "miss"
    return
      "requests \(verdict) the closed forms of \(NumberText.count(systems, "reference system")): "
      + "\(differ) of " + NumberText.count(check.rows.count, "measure")
      + (differ == 1 ? " differs" : " differ") + ", \(check.misses) of "
      + NumberText.count(check.intervals, "interval")
      + (check.misses == 1 ? " misses" : " miss") + " (chance allows \(check.mostMisses))"
  }

  /// How to read the tables of the scenarios.
  static let reading =
    "Both levels play the same worlds. Difference: mean of request minus flow over the worlds (pairs) that have the "
    + "value at both levels, ± half of its 99% interval, each by itself. Verdicts hold for a table as a whole: "
    + "with Holm's correction over all its comparisons, the probability of even one false \"differ\" is at "
    + "most 1%. Too few: too few replications, or too few requests or users, to tell."

  /// What was played of a scenario, and what its table leaves out.
  static func caption(_ scenario: LevelComparison) -> String {
    let apart = scenario.rows.count { $0.agreesUnpaired == false }
    let joint = scenario.rows.count { $0.agreesUnpaired != nil }
    let missing = scenario.count(.notApplicable)
    let few = scenario.count(.tooFew)
    return NumberText.count(scenario.replications, "replication")
      + " of each strategy at each level, about "
      + NumberText.fixed(scenario.requestsPerReplication, decimals: 0)
      + " requests each, seed \(scenario.seed). "
      + (few > 0 ? "Too few to tell: \(few). " : "")
      + (missing > 0 ? "Without a value at either level, and left out: \(missing). " : "")
      + "Taken as unrelated and without correction, \(apart) of \(joint) pairs of means lie outside "
      + "their joint 99% interval."
  }

  /// How to read the table of the reference systems.
  static func caption(_ check: ReferenceCheck) -> String {
    let effort = check.effort
    return NumberText.count(effort.seeds, "seed") + " from \(check.seed) on, "
      + NumberText.count(effort.replications, "replication") + " a seed, "
      + NumberText.count(effort.requests, "request") + " a replication after its warm-up. "
      + "Played: the mean over all of them, ± half of its 99.9% interval. Outside: the seeds whose own 99.9% "
      + "interval does not hold the closed form; of \(check.intervals) intervals chance lets miss "
      + "\(NumberText.fixed(check.expectedMisses, decimals: 1)), and more than \(check.mostMisses) in less than 1 "
      + "case of 100. A measure differs if its misses or its mean are too rare by chance: Holm over "
      + "all measures, 1%."
  }
}
