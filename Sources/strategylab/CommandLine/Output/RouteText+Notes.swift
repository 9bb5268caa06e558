import LabStrategies
import StrategyLab

extension RouteText {
  /// What to be careful about, a paragraph each.
  var notes: [String] {
    let outcome = result.route.outcome
    var notes: [String] = []
    if let verdict = result.verdict {
      notes.append(
        result.play.rows.count > 1
          ? Self.capitalised(Self.chance(verdict)) + "." : Self.sentence(verdict))
    }
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
    if case .refused(status: 404, reason: _) = outcome.answer {
      notes.append("Another request is played with --path, --header, --cookie, --query or --host.")
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
}
