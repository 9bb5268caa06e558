/// What a piece of time does to the users of a band.
extension UserExposure.Band {
  mutating func pass(
    _ piece: SessionEvents.Piece, _ odds: UserExposure.Odds, _ way: UserExposure.Way,
    affected: Double
  ) {
    let otherwise = odds.otherwise
    // Hurt either way: by the defect, or else otherwise.
    let either = PerVersion(
      otherwise.stable, odds.hurt + (1 - odds.hurt) * otherwise.candidate)
    switch way {
    case .anew(let share):
      let other = (1 - share) * otherwise.stable + share * otherwise.candidate
      met.pass(piece, probability: share * odds.answered)
      if odds.change > 0 {
        hurt.pass(
          piece, share: share, change: odds.change, anyhow: PerVersion(0, odds.hurt))
        harmed.pass(piece, share: share, change: odds.change, anyhow: either)
      } else if other > 0 || !harmed.isAsFresh(as: hurt) {
        hurt.pass(piece, probability: share * odds.hurt)
        harmed.pass(
          piece, probability: (1 - share) * either.stable + share * either.candidate)
      } else if odds.hurt > 0 || !hurt.isFresh {
        // Most often nothing hurts but the defect.
        let before = hurt.sessions
        hurt.pass(piece, probability: share * odds.hurt)
        harmed.follow(hurt, since: before)
      }
      if affected < 1 { hurtOtherwise.pass(piece, probability: other) }
    case .stuck(let weight):
      met.passStuck(piece, weight: weight, probabilities: PerVersion(0, odds.answered))
      hurt.passStuck(
        piece, weight: weight, probabilities: PerVersion(0, odds.hurt), change: odds.change)
      harmed.passStuck(piece, weight: weight, probabilities: either, change: odds.change)
      if affected < 1 { hurtOtherwise.passStuck(piece, weight: weight, probabilities: otherwise) }
    }
  }

  /// Does the same to all its running sessions, whatever has not happened to them yet.
  mutating func changeAll(_ change: (inout SessionEvents) -> Void) {
    change(&met)
    change(&hurt)
    change(&harmed)
    change(&hurtOtherwise)
  }

  /// Tells the running sessions apart by version, of which a share is the candidate's.
  mutating func divide(candidateShare: Double) {
    changeAll { $0.divide(candidateShare: candidateShare) }
  }
}
