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
      defectProbability: load > 0 ? defectProbability(load: load) : 0)
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
    } else {
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
      let shares = answers.shares(
        version, seconds: piece.seconds,
        position: LatencyTable.position(utilisation: side.utilisation),
        slow: columns[version].slowSeconds - side.backlogWait,
        timeout: max(0, timeout - side.backlogWait),
        table)
      let fates = fates(side.requests, version, piece.defectProbability, side.hasEndpoints)
      answers.spread(fates, version, shares)
      guard version == .candidate else { continue }
      meetLater(fates, shares, answers)
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
    _ fates: PendingRequests.Fates, _ shares: AnswerShares, _ answers: PendingAnswers
  ) {
    let answered = fates.means.answered
    let byDefect = fates.means.failedByDefect
    answers.meet(
      users.bands, shares,
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

  /// Loses what a replica holds that is deleted now and killed when its grace is over.
  ///
  /// Replicas that were deleted before it hold nothing that lasts so long, so that it is the others' in equal parts.
  ///
  /// - Parameters:
  ///   - version: its version.
  ///   - replicas: the version's replicas that are not deleted, this one included.
  ///   - now: when it is deleted.
  mutating func cutOffLater(_ version: ReleaseVersion, among replicas: Int, at now: Instant) {
    guard let answers, countsRequests else { return }
    settleAnswers()
    let service = compiled.scenario.service
    let grace = service.terminationGrace
    let factor = version == .candidate ? effect.serviceTimeFactor : 1
    func lasting(_ seconds: Double) -> Double {
      factor * service.serviceTime.meanExcess(over: seconds / factor)
    }
    let arrived = answers.held(of: version, at: now + grace) / Double(max(1, replicas))
    // It goes on accepting requests for a while.
    let coming =
      quietSince[version] == nil
      ? recentRatePerEndpoint[version]
        * max(0, lasting(compiled.secondsToFinish) - lasting(grace.seconds))
      : 0
    // What came before the release is counted nowhere else; the candidate had none then.
    let before =
      version == .stable
      ? compiled.scenario.traffic.steps[0].requestsPerSecond / Double(service.replicas)
        * lasting(grace.seconds + (now - .zero).seconds)
      : 0
    answers.lose(arrived, before: before, of: version, at: now + grace)
    answers.owe(coming, of: version)
    users.hurt(arrived + coming + before)
  }

  /// Loses what a replica holds that dies now: its share of what is under way, if that is less than what it would hold
  /// in the long run.
  mutating func cutOffNow(_ requests: Double, of version: ReleaseVersion) {
    guard let answers, countsRequests else { return }
    settleAnswers()
    let held = min(requests, answers.held(of: version) / Double(max(1, answering[version])))
    answers.lose(held, of: version)
    users.hurt(held)
  }
}
