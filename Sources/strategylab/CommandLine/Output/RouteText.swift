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
    var lines = paragraphs([reason])
    let isDrawn = result.play.rows.count > 1 || result.users > 0
    if isDrawn, result.play.requests > 0 { lines += [""] + table }
    let notes = self.notes
    if !notes.isEmpty { lines += [""] + paragraphs(notes) }
    if !result.route.outcome.misses.isEmpty {
      lines += ["", "Tried before:"]
      lines += result.route.outcome.misses.prefix(20).flatMap {
        wrapped("\(Self.capitalised($0.rule)): \($0.reason).", indent: "  ")
      }
    }
    if !result.leftOut.isEmpty {
      lines += ["", "Read and not played:"]
      lines += result.leftOut.prefix(20).map { "  " + Console.printable($0) }
      if result.leftOut.count > 20 { lines.append("  and \(result.leftOut.count - 20) more") }
    }
    let text = Console.printable(([answer] + lines).joined(separator: "\n"))
    // Styled last, so that no control character of a manifest gets through.
    let end = text.firstIndex(of: "\n") ?? text.endIndex
    return color ? "\u{1B}[1m\(text[..<end])\u{1B}[0m\(text[end...])" : text
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
      let counts = rows.map { "\($0.version.name) \($0.count)" }.joined(separator: ", ")
      return "Of \(total) requests: \(counts)."
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
    var heads = [
      "version", "share", "requests", "ordinary at 95%",
      "users, \(play.requestsPerUser) requests each",
    ]
    if result.users > 0 { heads.append("of \(result.users) users") }
    let rows = play.rows.map { row in
      var cells = [
        Console.printable(row.version.name), Self.percent(row.version.share), "\(row.count)",
        "\(row.ordinary.lowerBound) to \(row.ordinary.upperBound)", Self.percent(row.users),
      ]
      if let met = row.usersMet { cells.append("\(met)") }
      return cells
    }
    return ExperimentTable.lines([heads] + rows, alignedRight: [1, 2, 3, 4, 5])
  }

  private var notes: [String] {
    let outcome = result.route.outcome
    var notes: [String] = []
    if let verdict = result.verdict { notes.append(Self.sentence(verdict)) }
    if let note = userNote { notes.append(note) }
    for mirror in result.mirrors {
      notes.append(
        "\(mirror.copies) copies go to \(mirror.name) (\(Self.percent(mirror.share)) of the requests); their answers are thrown away, their load is real."
      )
    }
    if let abort = outcome.abort, abort.share < 1 {
      notes.append(
        "\(result.aborted) requests are aborted with status \(abort.status) (\(Self.percent(abort.share)))."
      )
    }
    if let delay = outcome.delay {
      notes.append(
        "\(Self.percent(delay.share)) of the requests are held up by \(Self.number(delay.seconds)) s."
      )
    }
    for destination in outcome.unserved {
      notes.append(
        "No DestinationRule defines the subset '\(destination.subset)' of \(destination.host): its requests get status 503."
      )
    }
    return notes
  }

  /// What the shares of the requests mean for users.
  private var userNote: String? {
    let rows = result.play.rows
    if rows.count == 1, result.route.outcome.abort == nil {
      return "Nothing is drawn: every request like this one goes to \(rows[0].version.name)."
    }
    // Of equal shares the last is more likely the candidate's.
    guard rows.count > 1,
      let least = rows.reversed().min(by: { $0.version.share < $1.version.share })
    else { return nil }
    let name = least.version.name
    let requests = result.play.requestsPerUser
    let users = "\(Self.percent(least.users)) of the users meet \(name) within \(requests) requests"
    switch result.route.outcome.stickiness {
    case .version(let cookie):
      return
        "The cookie '\(cookie)' keeps a user where the first request went, so \(Self.percent(least.version.share)) of the users meet \(name)."
    case .connection:
      return
        "Each connection is drawn anew and keeps its endpoint. With a connection for each request \(users), though it gets \(Self.percent(least.version.share)) of the requests."
    case .endpoint(let key):
      return
        "Each request is drawn anew, so \(users). The hash on the \(key.name) chooses the endpoint inside of the version that was drawn; it does not keep users on a version."
    case .none:
      return
        "Each request is drawn anew, so \(users), though it gets \(Self.percent(least.version.share)) of the requests."
    }
  }

  /// Whether counts that were seen are ordinary.
  static func sentence(_ verdict: RouteResult.Verdict) -> String {
    let counts = verdict.counts.map { "\($0.count)" }
    let list = joined(counts)
    let shares = verdict.counts.map { number($0.share * 100) }.joined(separator: "/")
    let often = percent(verdict.probability)
    let verb = counts.count == 1 ? "is" : "are"
    return verdict.isOrdinary
      ? "\(list) of \(verdict.total) \(verb) ordinary for \(shares): chance alone is at least as far out in \(often) of such loops."
      : "\(list) of \(verdict.total) \(verb) not ordinary for \(shares): chance alone is as far out in \(often) of such loops."
  }

  private static func joined(_ words: [String]) -> String {
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

  /// A number with at most one decimal.
  static func number(_ value: Double) -> String {
    guard value.magnitude < 1e12 else { return "\(value)" }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func paragraphs(_ sentences: [String]) -> [String] {
    sentences.flatMap { wrapped($0, indent: "") }
  }

  private func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > width, line != indent {
        lines.append(line)
        line = indent
      }
      line += (line == indent ? "" : " ") + word
    }
    return lines + [line]
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
