import LabUnits
import StrategyLab

/// Something notable that a reader should know before trusting a comparison.
///
/// A finding says what was seen, and what to do about it where something can be done.
struct Finding: Equatable {
  /// What was seen, as a sentence.
  let observation: String
  /// What to do, as a sentence; empty if there is nothing to do.
  let advice: String

  /// Fewer defective releases than this leave the intervals over them wide.
  private static let enoughDefectiveReleases = 30

  /// Every notable thing of a comparison, the gravest first.
  static func all(_ record: ExperimentRecord, _ comparison: Comparison) -> [Finding] {
    let standings = Standing.ranked(record, comparison)
    return standings.flatMap(stalls)
      + [
        undetectedDefects(standings), falseAlarms(standings),
        tooClose(standings, record, comparison), fewDefects(record, comparison),
        missedPrecision(standings, record, comparison),
      ].compactMap { $0 }
  }

  private static func stalls(_ standing: Standing) -> [Finding] {
    let summary = standing.summary
    let stalled = summary.outcomes[.stalled] ?? 0
    guard stalled > 0 else { return [] }
    let isOneReason = summary.stallReasons.count == 1
    var reasons = summary.stallReasons.prefix(3).map {
      isOneReason ? $0.reason : "\($0.reason) (\($0.count))"
    }
    let others = summary.stallReasons.dropFirst(3).reduce(0) { $0 + $1.count }
    if others > 0 { reasons.append("other reasons (\(others))") }
    return [
      Finding(
        observation: "\(standing.strategy.name) stalled in \(stalled) of \(summary.replications) "
          + "replications" + (reasons.isEmpty ? "." : ": " + reasons.joined(separator: "; ") + "."),
        advice: "")
    ]
  }

  private static func undetectedDefects(_ standings: [Standing]) -> Finding? {
    counted(
      standings, what: "promoted", kind: "defective",
      meaning: "the defect was never detected in time",
      count: { $0.defectiveOutcomes[.promoted] ?? 0 }, of: { $0.defective })
  }

  private static func falseAlarms(_ standings: [Standing]) -> Finding? {
    counted(
      standings, what: "rolled back", kind: "good", meaning: "false alarms",
      count: { $0.goodOutcomes[.rolledBack] ?? 0 }, of: { $0.replications - $0.defective })
  }

  /// One finding for all strategies to which the same happened.
  private static func counted(
    _ standings: [Standing], what: String, kind: String, meaning: String,
    count: (Comparison.StrategySummary) -> Int, of total: (Comparison.StrategySummary) -> Int
  ) -> Finding? {
    let concerned = standings.filter { count($0.summary) > 0 }
    guard let first = concerned.first else { return nil }
    guard concerned.count > 1 else {
      return Finding(
        observation: "\(first.strategy.name) \(what) \(count(first.summary)) of "
          + "\(total(first.summary)) \(kind) releases: \(meaning).", advice: "")
    }
    let shares = concerned.map {
      "\($0.strategy.name) (\(count($0.summary)) of \(total($0.summary)))"
    }
    return Finding(
      observation: "\(concerned.count) strategies \(what) \(kind) releases, \(meaning): "
        + "\(shares.joined(separator: ", ")).", advice: "")
  }

  private static func tooClose(
    _ standings: [Standing], _ record: ExperimentRecord, _ comparison: Comparison
  ) -> Finding? {
    let recommendation = comparison.recommendation
    guard !recommendation.isSeparated, standings.count > 1 else { return nil }
    let rivals = standings.filter {
      !$0.isRecommended
        && ($0.summary.probabilityBest >= 0.05
          || $0.summary.strategyIndex == recommendation.runnerUpIndex)
    }
    guard let chosen = standings.first(where: \.isRecommended), !rivals.isEmpty else { return nil }
    return Finding(
      observation: "By total cost \(list([chosen] + rivals)) cannot be told apart.",
      advice: "Choose among them by another column, or play more: "
        + moreReplications(record, wanted: comparison.replicationsPlayed * 4) + ".")
  }

  private static func fewDefects(_ record: ExperimentRecord, _ comparison: Comparison) -> Finding? {
    let defective = comparison.defectivePlayed
    let played = comparison.replicationsPlayed
    guard played > 0, record.header.defectProbability > 0, defective < enoughDefectiveReleases
    else { return nil }
    let share = max(record.header.defectProbability, 1e-6)
    let needed = Int(min(1e7, (Double(enoughDefectiveReleases) * 1.2 / share).rounded(.up)))
    let seen = defective == 0 ? "None" : "Only \(defective)"
    let consequence =
      defective == 0
      ? "nothing is known about roll-backs" : "intervals over defective releases are wide"
    return Finding(
      observation: "\(seen) of \(played) replications had a defect: \(consequence).",
      advice: "Play more: " + moreReplications(record, wanted: max(needed, played + 1)) + ".")
  }

  private static func missedPrecision(
    _ standings: [Standing], _ record: ExperimentRecord, _ comparison: Comparison
  ) -> Finding? {
    guard let asked = record.header.precisionMillionths else { return nil }
    let indices = comparison.strategiesMissing(precision: Share(millionths: asked))
    let missed = standings.filter { indices.contains($0.summary.strategyIndex) }
    guard !missed.isEmpty else { return nil }
    return Finding(
      observation: "The precision of \(NumberText.trimmed(Double(asked) / 1e4, decimals: 4))% was "
        + "not reached within \(record.header.replications) replications by \(list(missed)).",
      advice: "Allow more with --replications \(roundUp(record.header.replications * 4)).")
  }

  private static func moreReplications(_ record: ExperimentRecord, wanted: Int) -> String {
    let count = roundUp(max(wanted, record.header.replications + 1))
    return record.header.precisionMillionths == nil
      ? "--replications \(count), or --precision 5%" : "--replications \(count)"
  }

  /// The next number that has one digit and zeros.
  private static func roundUp(_ count: Int) -> Int {
    var unit = 1
    while unit <= count / 10 { unit *= 10 }
    return (count + unit - 1) / unit * unit
  }

  private static func list(_ standings: [Standing]) -> String {
    let names = standings.map(\.strategy.name)
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
