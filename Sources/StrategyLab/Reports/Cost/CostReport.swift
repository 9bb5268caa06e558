import LabUnits
import StrategyLab

/// What the releases of a scenario cost, line by line, as text and picture.
///
/// Rows are built once, formats only draw them. The same plan gives the same bytes.
public struct CostReport: Sendable {
  /// What was found.
  public let plan: CostPlan
  /// What the tables show the cost of.
  public let basis: Basis

  /// What a bill is for.
  public enum Basis: Sendable, Hashable {
    /// One release.
    case release
    /// So many releases a year.
    case year(releases: Int)

    /// How many releases the bill is for.
    var releases: Double {
      switch self {
      case .release: 1
      case .year(let releases): Double(releases)
      }
    }
  }

  /// A report of a plan.
  public init(_ plan: CostPlan, basis: Basis) {
    self.plan = plan
    self.basis = basis
  }

  /// What to know first, a sentence each: the cheapest, and which part of it comes on an invoice.
  public var answers: [String] {
    guard let least = plan.bills.min(by: { $0.total.all.mean < $1.total.all.mean }) else {
      return []
    }
    let period = basis == .release ? "a release" : "a year"
    var answers = [
      "\(least.strategyName) costs least: \(amount(least.total.all)) \(period) beyond the steady state, \(dollars(least.invoice.all)) of it on the invoice"
    ]
    if let dearest = plan.bills.max(by: { $0.invoice.all.mean < $1.invoice.all.mean }),
      dearest.invoice.all.mean > 0
    {
      answers.append(
        "\(dearest.strategyName) has the largest invoice: \(dollars(dearest.invoice.all)) \(period); each release adds \(share(dearest.invoice.all)) to what its \(horizon) cost anyway"
      )
    }
    return answers
  }

  /// The span that is billed, in words.
  private var horizon: String {
    SpanText.short(nanoseconds: Span(seconds: plan.horizonSeconds).nanoseconds)
  }

  private func share(_ amount: StudentInterval) -> String {
    let percent = plan.steadyCost > 0 ? 100 * amount.mean / plan.steadyCost : 0
    return NumberText.fixed(percent, decimals: percent < 10 ? 1 : 0) + "%"
  }

  private func amount(_ interval: StudentInterval) -> String {
    let decimals = Self.decimals(interval, factor: basis.releases)
    return
      "$\(NumberText.fixed(interval.mean * basis.releases, decimals: decimals)) ± \(NumberText.halfWidth(interval.halfWidth * basis.releases, decimals: decimals))"
  }

  private func dollars(_ interval: StudentInterval) -> String {
    let text = CostTable.dollars(interval, factor: basis.releases)
    return text.hasPrefix("-") ? "-$\(text.dropFirst())" : "$\(text)"
  }

  static func decimals(_ interval: StudentInterval, factor: Double) -> Int {
    NumberText.decimals(
      mean: interval.mean * factor, halfWidth: interval.halfWidth * factor)
  }

  /// What was played, and how to read the tables.
  var caption: String {
    let releases = NumberText.count(plan.replications, "release")
    var text =
      "\(plan.scenarioName): \(releases) of each strategy, \(plan.defective) of them defective, seed \(plan.seed). "
      + "Every release is billed for \(horizon), less what that costs without a release ($\(CostTable.plain(plan.steadyCost))). "
      + "Means over the releases; ± half-width of the 95% interval. "
      + "Only infrastructure comes on an invoice; all else is estimated, from what the scenario says harm costs."
    if case .year(let releases) = basis {
      text +=
        " A year has \(NumberText.fixed(Double(releases), decimals: 0)) releases, as many of them defective as here."
    }
    return text
  }
}
