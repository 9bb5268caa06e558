import LabKernel
import LabStrategies
import LabUnits

/// Where answers take long against a scrape: what becomes of requests counts when it is known, not when they arrive.
extension TrafficFlow {
  /// Hands over what a piece of time has brought, which ``means`` hold no longer.
  mutating func delayAnswers(from start: Instant, to end: Instant) {
    guard let answers, countsRequests else { return }
    let seconds = (end - start).seconds
    let copies = mirrorMeans
    let load = (means.candidate.arrived + copies.arrived) / seconds
    let piece = AnswerPiece(
      from: start, to: end,
      PerVersion(
        side(.stable, copies: RequestMeans(), seconds: seconds),
        side(.candidate, copies: copies, seconds: seconds)),
      copies: copies, checks: checkMeans,
      defectProbability: load > 0 ? defectProbability(load: load) : 0,
      returning: sticks || isByUser ? 1 : dividedCohort?.others ?? routedShare)
    means = PerVersion(RequestMeans(), RequestMeans())
    mirrorMeans = RequestMeans()
    checkMeans = RequestMeans()
    if answers.piece?.extend(by: piece) != true {
      settleAnswers()
      answers.piece = piece
    }
  }

  /// What a piece of time has brought to a version, and how busy its replicas were.
  private func side(
    _ version: ReleaseVersion, copies: RequestMeans, seconds: Double
  ) -> AnswerPiece.Side {
    var side = AnswerPiece.Side()
    side.requests = means[version]
    // Where nobody comes it makes no difference.
    side.hasEndpoints = endpoints[version] > 0 || side.requests.shortfall + copies.shortfall <= 0
    let capacity = Double(answering[version]) * workers / columns[version].meanService
    guard capacity > 0 else { return side }
    if queues[version].backlog > 0 {
      side.backlogWait = queues[version].backlog / capacity
    } else if means[version].arrived + copies.arrived < capacity * seconds {
      let load = (means[version].arrived + copies.arrived) / seconds
      // Rounding must not choose another column.
      side.utilisation = (load / capacity * 0x1p32).rounded() * 0x1p-32
    }
    return side
  }

  /// Brings the answers that are under way up to date.
  mutating func settleAnswers() {
    guard let answers, let piece = answers.piece else { return }
    answers.piece = nil
    answers.advance(to: piece.end)
    for version in ReleaseVersion.allCases {
      let side = piece.sides[version]
      let table = table(of: version)
      let position = LatencyTable.position(utilisation: side.utilisation)
      let patience = max(0, timeout - side.backlogWait)
      let shares = answers.shares(
        PendingAnswers.Kind(version), seconds: piece.seconds, position: position,
        slow: columns[version].slowSeconds - side.backlogWait, timeout: patience, table)
      let fates = fates(side.requests, version, piece.defectProbability, side.hasEndpoints)
      answers.spread(fates, version, shares)
      guard version == .candidate else { continue }
      let hurt = hurtProbability(piece.defectProbability)
      func first(_ kind: PendingAnswers.Kind, share: Double) -> AnswerShares {
        guard users.law.following > 0 else { return shares }
        return answers.shares(
          kind, seconds: piece.seconds, position: position, slow: patience, timeout: patience,
          table, session: (users.law, share))
      }
      meetLater(
        fates, met: first(.met, share: piece.returning),
        hurt: hurt > 0 ? first(.hurt, share: piece.returning * hurt) : shares, answers)
      if !piece.copies.isEmpty || !piece.checks.isEmpty {
        spreadProbes(piece, shares, answers)
      }
    }
  }

  /// Tells failures that are known at the timeout from others.
  private func fates(
    _ means: RequestMeans, _ version: ReleaseVersion, _ defectProbability: Double,
    _ hasEndpoints: Bool
  ) -> PendingRequests.Fates {
    var fates = PendingRequests.Fates(means: means, waitsForTimeout: hasEndpoints)
    let late = columns.stable.lateAlone
    if late > 0 {
      fates.lateAnyway = means.failedAnyway * ((1 - baselineFailure) * late / failingAnyway)
    }
    let slowness = max(0, columns[version].lateAlone - late)
    if slowness > 0 {
      let probability = version == .candidate ? defectProbability : 0
      let byTimeout = (1 - failingAnyway) * (1 - probability) * slowness
      fates.lateByDefect = min(means.failedByDefect, means.answered * byTimeout)
    }
    return fates
  }

  private func meetLater(
    _ fates: PendingRequests.Fates, met: AnswerShares, hurt: AnswerShares,
    _ answers: PendingAnswers
  ) {
    let answered = fates.means.answered
    let byDefect = fates.means.failedByDefect
    answers.meet(
      users.bands, (met, hurt),
      late: (
        met: answered > 0 ? (fates.lateAnyway + fates.lateByDefect) / answered : 0,
        hurt: byDefect > 0 ? fates.lateByDefect / byDefect : 0
      ))
  }

  private func spreadProbes(
    _ piece: AnswerPiece, _ shares: AnswerShares, _ answers: PendingAnswers
  ) {
    // A few checks are no load, and what is late of them has failed by the defect.
    let table = table(of: .candidate)
    let alone = answers.shares(
      .candidate, seconds: piece.seconds, position: LatencyTable.position(utilisation: 0),
      slow: columns.candidate.slowSeconds, timeout: timeout, table)
    let checks = piece.checks
    answers.spread(
      copies: fates(
        piece.copies, .candidate, piece.defectProbability, piece.sides.candidate.hasEndpoints),
      shares,
      checks: PendingRequests.Fates(
        means: checks,
        lateByDefect: min(checks.failedByDefect, checks.answered * columns.candidate.lateAlone)),
      alone)
  }

  /// Moves what has become known to ``means``, for a reading.
  mutating func collectAnswers() {
    guard let answers else { return }
    settleAnswers()
    for version in ReleaseVersion.allCases { means[version] += answers.take(version) }
    let probes = answers.takeProbes()
    mirrorMeans += probes.copies
    checkMeans += probes.checks
  }
}
