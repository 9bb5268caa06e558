import LabStrategies
import LabUnits
import StrategyLab

/// The result of `route` for people: the answer, the table, then why and what to be careful about.
struct RouteText {
  let result: RouteResult
  let color: Bool
  let width: Int

  /// Whole lines.
  var text: String {
    let answer = wrapped(self.answer, indent: "")
    var lines = wrapped(reason, indent: "")
    if result.play.rows.count > 1, result.play.requests > 0 { lines += [""] + table }
    let notes = self.notes
    if !notes.isEmpty { lines += [""] + notes.flatMap { wrapped($0, indent: "") } }
    if !result.route.outcome.misses.isEmpty {
      lines += ["", "Tried before:"]
      lines += list(
        result.route.outcome.misses.map { "\(Self.capitalised($0.rule)): \($0.reason)." })
    }
    if !result.leftOut.isEmpty { lines += ["", "Read and not played:"] + list(result.leftOut) }
    let body = ([""] + lines).map { Console.printable($0) }.joined(separator: "\n")
    let head = answer.map { Console.printable($0) }
    // Styled last, so that no control character of a manifest gets through.
    return head.map { color ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }.joined(separator: "\n") + body
  }

  private func list(_ items: [String]) -> [String] {
    items.prefix(20).flatMap { wrapped($0, indent: "  ") }
      + (items.count > 20 ? ["  and \(items.count - 20) more"] : [])
  }

  private var answer: String {
    let outcome = result.route.outcome
    let total = result.play.requests + result.aborted
    if let abort = outcome.abort, abort.share >= 1 {
      return "All \(total) requests are aborted with status \(abort.status)."
    }
    switch outcome.answer {
    case .forwarded:
      let rows = result.play.rows
      if rows.count == 1 {
        return "All \(result.play.requests) requests go to \(rows[0].version.name)."
      }
      if let verdict = result.verdict { return Self.answer(verdict) + "." }
      let counts = rows.enumerated().map { index, row in
        "\(row.count)\(index == 0 ? " go" : "") to \(row.version.name)"
      }
      return "Of \(total) requests, \(Self.joined(counts))."
    case .redirected(let status, let location):
      return "All \(total) requests are redirected to \(location) with status \(status)."
    case .responded(let status): return "All \(total) requests are answered with status \(status)."
    case .refused(let status, let reason):
      return "All \(total) requests get status \(status): \(reason)."
    case .delegated(let name): return "\(name) decides, and it is not followed."
    }
  }

  private var reason: String {
    let outcome = result.route.outcome
    guard let rule = outcome.rule else { return "Rules: \(result.route.title)." }
    let why = outcome.conditions.isEmpty ? "" : ", because \(outcome.conditions)"
    return "\(result.route.title), decided by \(rule)\(why)."
  }

  private var table: [String] {
    let play = result.play
    let seen = result.verdict?.counts ?? []
    var heads = ["version", "share"] + (seen.isEmpty ? [] : ["seen"])
    heads += [
      "played", "95% range",
      "users in \(play.requestsPerUser) \(play.requestsPerUser == 1 ? "request" : "requests")",
    ]
    if result.users > 0 { heads.append("of \(result.users) users") }
    let shares = Self.percents(play.rows.map { $0.version.share })
    let users = Self.percents(play.rows.map { $0.users })
    let rows = play.rows.enumerated().map { index, row in
      var cells = [Console.printable(row.version.name), shares[index]]
      if !seen.isEmpty { cells.append(result.seen(of: row.version.name).map { "\($0)" } ?? "-") }
      cells += [
        "\(row.count)", "\(row.ordinary.lowerBound) to \(row.ordinary.upperBound)", users[index],
      ]
      if let met = row.usersMet { cells.append("\(met)") }
      return cells
    }
    return ExperimentTable.lines([heads] + rows, alignedRight: Set(1..<heads.count))
  }

  /// Whether counts that were seen are ordinary, and how far out chance alone goes.
  static func sentence(_ verdict: RouteResult.Verdict) -> String {
    "\(answer(verdict)): \(chance(verdict))."
  }

  /// Whether counts that were seen are ordinary: `72 and 10 of 82 are ordinary for 90/10`.
  static func answer(_ verdict: RouteResult.Verdict) -> String {
    let counts = verdict.counts.map { "\($0.count)" }
    let shares = verdict.counts.map { number($0.share * 100) }.joined(separator: "/")
    return "\(joined(counts)) of \(verdict.total) \(counts.count == 1 ? "is" : "are") "
      + "\(verdict.isOrdinary ? "" : "not ")ordinary for \(shares)"
  }

  /// How often chance alone is so far out.
  static func chance(_ verdict: RouteResult.Verdict) -> String {
    "chance alone is at least as far out in \(percent(verdict.probability)) of such loops"
  }

  static func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A share as a percentage of at most one decimal, and never 0% or 100% for what is not.
  static func percent(_ share: Double) -> String {
    if share > 0, share < 0.000_5 { return "under 0.1%" }
    if share < 1, share > 0.999_5 { return "over 99.9%" }
    let tenths = Int64((share * 1_000).rounded())
    return Percentage.text(Share(millionths: tenths * 1_000))
  }

  /// Shares of one column, with as many decimals as the one that needs most.
  static func percents(_ shares: [Double]) -> [String] {
    let texts = shares.map { percent($0) }
    guard texts.contains(where: { $0.contains(".") }) else { return texts }
    return texts.map { $0.contains(".") ? $0 : $0.dropLast() + ".0%" }
  }

  /// A number with at most one decimal.
  static func number(_ value: Double) -> String {
    guard value.magnitude < 1e12 else { return "\(value)" }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// The lines of a text; those after the first of an item of a list stand further in.
  private func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    var margin = indent
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > width, line != margin {
        lines.append(line)
        margin = indent + indent
        line = margin
      }
      line += (line == margin ? "" : " ") + word
    }
    return lines + [line]
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
