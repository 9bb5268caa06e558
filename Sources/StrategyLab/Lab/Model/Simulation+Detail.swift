/// What the levels of detail measure each in its own way.
extension Simulation {
  /// Parts of the population: who was active, met the candidate, and was hurt.
  struct UsersMet {
    var active: Double
    var exposed: Double
    var harmed: Double
    var harmedByDefect: Double
  }

  /// Whom the release has met so far.
  var usersMet: UsersMet {
    guard let requests else {
      let known = flow.answers.map { flow.users.fractions($0.usersMet) }
      return UsersMet(
        active: flow.users.activeFraction, exposed: known?.exposed ?? flow.users.exposedFraction,
        harmed: flow.users.harmedFraction,
        harmedByDefect: known?.harmedByDefect ?? flow.users.harmedByDefectFraction)
    }
    return UsersMet(
      active: requests.fraction(requests.active), exposed: requests.fraction(requests.exposed),
      harmed: requests.fraction(requests.harmed),
      harmedByDefect: requests.fraction(requests.harmedByDefect))
  }

  /// The part of the population that the candidate's defect has hurt so far.
  var harmedByDefect: Double {
    if let requests { return requests.fraction(requests.harmedByDefect) }
    return flow.answers.map { flow.users.fractions($0.usersMet).harmedByDefect }
      ?? flow.users.harmedByDefectFraction
  }

  /// Consecutive requests of sessions that met different versions.
  var versionChanges: Double {
    requests.map { Double($0.versionChanges) } ?? flow.sessions.changes
  }

  /// The latencies that two shares of answered requests exceed, in seconds; nil if none was answered.
  func latencies(exceededBy first: Double, _ second: Double) -> (Double, Double)? {
    guard let requests else { return flow.latencies(exceededBy: first, second) }
    return requests.latencies.latencies(exceededBy: first, second)
  }
}
