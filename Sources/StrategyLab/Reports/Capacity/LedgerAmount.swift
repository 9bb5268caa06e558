import StrategyLab

/// Amounts of a scarce thing as reports write them, in the unit that people use for it.
struct LedgerAmount {
  /// What is counted.
  let entry: LedgerEntry

  /// The unit in column heads; empty where the thing counts itself.
  var unit: String {
    switch entry.unit {
    case .count: ""
    case .cores: "cores"
    case .bytes: "GiB"
    }
  }

  /// An amount without its unit.
  func text(_ amount: Double) -> String {
    switch entry.unit {
    case .count: NumberText.fixed(amount, decimals: 0)
    case .cores: NumberText.trimmed(amount)
    case .bytes: NumberText.trimmed(amount / 1_073_741_824)
    }
  }

  /// An amount with what it is of: `380 connections`, `12 GiB of memory`.
  func phrase(_ amount: Double) -> String {
    unit.isEmpty
      ? "\(text(amount)) \(entry.name)" : "\(text(amount)) \(unit) of \(entry.name)"
  }

  /// The name with its unit.
  var heading: String { unit.isEmpty ? entry.name : "\(entry.name), \(unit)" }

  /// An amount of all that there is: `380 of 237 connections`, `0.88 of 0.44 GiB of memory`.
  func phrase(_ amount: Double, of limit: Double) -> String {
    "\(text(amount)) of \(phrase(limit))"
  }

  /// What becomes of what is asked for beyond the limit.
  var consequence: String {
    switch entry.shortage {
    case .waits: "replicas wait"
    case .isRefused: "the rest is refused"
    case .isIdle: "the replicas above it idle"
    }
  }
}
