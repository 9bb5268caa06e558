import LabUnits
import StrategyLab

/// What the strategies of a scenario ask for of every scarce thing, as text and picture.
///
/// Rows are built once, formats only draw them. The same plan gives the same bytes.
public struct CapacityReport: Sendable {
  /// What was found.
  public let plan: CapacityPlan
  /// The share of the releases that shall stay at or below the peak of the tables, above 0, at most 1.
  public let probability: Double

  /// A report of a plan.
  ///
  /// - Parameters:
  ///   - plan: What was found.
  ///   - probability: The share of the releases that shall stay at or below the peak of the tables.
  /// - Precondition: the probability is above 0 and at most 1.
  public init(_ plan: CapacityPlan, probability: Double = 0.95) {
    precondition(probability > 0 && probability <= 1, "a share of releases is above 0, at most 1")
    self.plan = plan
    self.probability = probability
  }

  /// One thing to know before all tables.
  struct Answer {
    /// The sentence.
    var text: String
    /// How much it matters.
    var weight: Weight
  }

  /// How much an answer matters.
  enum Weight {
    /// A release waits for ever, or something is refused or idle.
    case serious
    /// Replicas wait on the way, and the release finishes.
    case mild
    /// Everything fits.
    case clear
  }

  /// What to know first, a sentence each: what waits for ever, what runs out, and if nothing does, how close it gets.
  public var answers: [String] { weighed.map(\.text) }

  /// The answers, the serious ones first.
  var weighed: [Answer] {
    let problems = plan.strategies.flatMap(problems)
    let sorted =
      problems.filter { $0.weight == .serious } + problems.filter { $0.weight == .mild }
    return sorted.isEmpty ? [Answer(text: allClear, weight: .clear)] : sorted
  }

  private func problems(of strategy: CapacityPlan.StrategyNeeds) -> [Answer] {
    var found: [Answer] = []
    if let standstill = strategy.standstill {
      found.append(Answer(text: "\(strategy.name): \(standstill.text)", weight: .serious))
    }
    for (entry, need) in zip(plan.entries, strategy.needs) where need.shortReleases > 0 {
      let waits = entry.shortage == .waits
      // Why it waits for ever has been said.
      if waits, strategy.standstill != nil { continue }
      found.append(
        Answer(text: shortage(of: entry, need, in: strategy), weight: waits ? .mild : .serious))
    }
    return found
  }

  private func shortage(
    of entry: LedgerEntry, _ need: CapacityPlan.Need, in strategy: CapacityPlan.StrategyNeeds
  ) -> String {
    let amount = LedgerAmount(entry: entry)
    let share = NumberText.percent(need.shortReleases, of: plan.replications)
    var text = "\(strategy.name) asks for \(amount.phrase(need.worst, of: entry.limit ?? 0))"
    text += ": too many in \(share)% of the releases"
    if let from = Quantile.of(need.firstShortSeconds, 0.5), let long = need.meanShortSeconds {
      text += ", from \(Self.seconds(from)) on for \(Self.seconds(long))"
    }
    return text + "; \(amount.consequence)"
  }

  private var allClear: String {
    var closest: (share: Double, strategy: String, entry: LedgerEntry, worst: Double)?
    for strategy in plan.strategies {
      for (entry, need) in zip(plan.entries, strategy.needs) {
        guard let limit = entry.limit, limit > 0 else { continue }
        let share = need.worst / limit
        if share > closest?.share ?? -1 { closest = (share, strategy.name, entry, need.worst) }
      }
    }
    if let closest, let limit = closest.entry.limit {
      let amount = LedgerAmount(entry: closest.entry)
      return
        "everything fits; the closest is \(closest.strategy), which asks for \(amount.phrase(closest.worst, of: limit))"
    }
    let most = plan.strategies.max { ($0.needs.first?.worst ?? 0) < ($1.needs.first?.worst ?? 0) }
    guard let most, let need = most.needs.first else { return "there is nothing to count" }
    return
      "no limit is declared; \(most.name) asks for the most, \(NumberText.fixed(need.worst, decimals: 0)) replicas at once for a service of \(NumberText.fixed(need.steady, decimals: 0))"
  }

  /// What was played, and how to read the tables.
  var caption: String {
    "\(plan.scenarioName): \(NumberText.count(plan.replications, "release")) of each strategy, seed \(plan.seed), watched for \(SpanText.short(nanoseconds: plan.horizon.nanoseconds)). "
      + "Peaks are the most that was asked for at once, by replicas that wait as well as by those that run or terminate; \(percentile) of the releases stay at or below the peak of the tables. "
      + "Finishing is that of a good release at its typical pace."
  }

  /// The share of the tables' peaks: `95%`.
  var percentile: String { NumberText.trimmed(100 * probability) + "%" }

  /// A length of time in prose.
  static func seconds(_ seconds: Double) -> String {
    PlanText.span(Span(seconds: seconds))
  }
}
