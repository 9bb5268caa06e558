import LabKernel
import LabStrategies
import LabUnits

/// Answers that are under way, where they take long against a scrape: what becomes of a request counts when it is known.
///
/// Each piece of constant rates spreads its mean requests over the bins of a time grid by the law of its latencies. A
/// reading takes what has come by then; a replica that is killed takes a share of what is still to come; at the horizon
/// everything counts as it will end.
///
/// One flow owns it; the flow is copied at no point, so that nobody shares it.
final class PendingAnswers {
  let grid: AnswerGrid
  /// How far the lines have come, in nanoseconds, and the bin of that instant.
  private var time: Int64 = 0
  private var present = 0
  /// What arrived last, and is not spread yet.
  var piece: AnswerPiece?
  private var requests: PerVersion<PendingRequests>
  private var copies: PendingRequests
  private var checks: PendingRequests
  /// Requests of each version that are still to arrive at deleted replicas, and will be lost with them.
  private var owed = PerVersion(0.0, 0.0)
  private var users: [PendingUsers]
  private var memory: [Kind: Remembered] = [:]

  /// Whose answers shares tell of.
  enum Kind {
    case stable, candidate
    /// Sessions that the candidate meets, and those that its defect hurts.
    case met, hurt

    init(_ version: ReleaseVersion) { self = version == .stable ? .stable : .candidate }
  }

  /// Shares that are the same in the next piece, more often than not.
  private struct Remembered {
    var key: Key
    var shares: AnswerShares
  }

  /// What shares follow from.
  struct Key: Equatable {
    var column: Int
    var next: Double
    var slow: Double
    var timeout: Double
    var share: Double
    var frame: AnswerShares.Frame
  }

  /// Nothing is under way.
  init(_ grid: AnswerGrid) {
    self.grid = grid
    let none = PendingRequests(bins: grid.bins)
    requests = PerVersion(none, none)
    copies = none
    checks = none
    users = [PendingUsers(bins: grid.bins)]
  }

  /// The instant in nanoseconds at which the present bin ends.
  private var binEnd: Int64 { (Int64(present) + 1) * grid.width }

  /// Lets time pass, in which answers come.
  func advance(to instant: Instant) {
    let target = instant.nanoseconds
    guard target > time else { return }
    let bin = Int(target / grid.width)
    if bin == present {
      passAll(bin, part: Double(target - time) / Double(binEnd - time))
    } else {
      // The ring has no more bins than these.
      for passed in present..<min(bin, present + grid.bins) { passAll(passed, part: 1) }
      present = bin
      let begun = target - Int64(bin) * grid.width
      if begun > 0 { passAll(bin, part: Double(begun) / Double(grid.width)) }
    }
    time = target
  }

  private func passAll(_ bin: Int, part: Double) {
    changeAll { $0.pass(bin: bin, part: part) }
  }

  private func changeAll(_ change: (inout AnswerLine) -> Void) {
    requests.stable.changeAll(change)
    requests.candidate.changeAll(change)
    copies.changeAll(change)
    checks.changeAll(change)
    for index in users.indices { users[index].changeAll(change) }
  }

  /// The shares of a piece that ends now.
  ///
  /// - Parameters:
  ///   - kind: whose shares they are; the last ones are remembered.
  ///   - seconds: the length of the piece.
  ///   - position: the column of the latencies, and the weight of the next one.
  ///   - slow: an answer after more seconds is slow.
  ///   - timeout: after so many seconds nobody waits any more.
  ///   - table: the latencies.
  ///   - session: how sessions run, and which part of their later requests counts, if it is the first of a session's answers
  ///     that is asked for; nil for a request's.
  /// - Returns: when it is known what becomes of the requests of the piece, or their sessions.
  func shares(
    _ kind: Kind, seconds: Double, position: (column: Int, next: Double),
    slow: Double, timeout: Double, _ table: LatencyTable,
    session: (law: SessionLaw, share: Double)? = nil
  ) -> AnswerShares {
    let frame = AnswerShares.Frame(
      seconds: seconds, untilBinEnds: Double(binEnd - time) / 1e9, binSeconds: grid.seconds,
      bins: grid.bins)
    let key = Key(
      column: position.column, next: position.next, slow: slow, timeout: timeout,
      share: session?.share ?? 0, frame: frame)
    if let known = memory[kind], known.key == key { return known.shares }
    var law = AnswerLaw(table.rows(of: position.column, next: position.next))
    if let session { law = law.first(ofSessions: session.law, share: session.share) }
    let shares = AnswerShares(law, frame, slow: slow, timeout: timeout)
    memory[kind] = Remembered(key: key, shares: shares)
    return shares
  }

  /// Spreads the requests of a piece that ends now.
  func spread(
    _ fates: PendingRequests.Fates, _ version: ReleaseVersion, _ shares: AnswerShares
  ) {
    var fates = fates
    if owed[version] > 0 { owed[version] = fates.lose(owed[version]) }
    requests[version].spread(fates, shares, present: present)
  }

  /// Spreads the copies and the synthetic requests of a piece that ends now.
  func spread(
    copies: PendingRequests.Fates, _ shares: AnswerShares, checks: PendingRequests.Fates,
    _ alone: AnswerShares
  ) {
    self.copies.spread(copies, shares, present: present)
    self.checks.spread(checks, alone, present: present)
  }

  /// Spreads whom the candidate has met and hurt since this was last done.
  ///
  /// - Parameters:
  ///   - bands: the users.
  ///   - shares: when the candidate's first answer comes to a session, and the first one that hurts it.
  ///   - late: of those who meet it, and of those whom it hurts, the parts that learn of it at their timeout.
  func meet(
    _ bands: [UserExposure.Band], _ shares: (met: AnswerShares, hurt: AnswerShares),
    late: (met: Double, hurt: Double)
  ) {
    if bands.count != users.count {
      // Who is told apart now has been alike until now.
      users = bands.map { band in
        var piece = users.first { $0.upper >= band.upper } ?? users[users.count - 1]
        piece.upper = band.upper
        return piece
      }
    }
    for index in bands.indices {
      users[index].meet(bands[index], shares, late: late, present: present)
    }
  }

  /// Where an instant cuts the lines.
  private func cut(at instant: Int64) -> AnswerCut {
    let bin = max(Int(instant / grid.width), present)
    let end = (Int64(bin) + 1) * grid.width
    let whole = bin == present ? end - time : grid.width
    let part = Double(end - max(instant, time)) / Double(whole)
    return AnswerCut(
      bin: bin, part: min(1, max(0, part)),
      knownBy: max(Int((instant - 1) / grid.width), present), present: present)
  }

  /// The requests of a version that have arrived and are under way at an instant.
  ///
  /// - Parameters:
  ///   - version: the version.
  ///   - instant: the instant; nil: now.
  /// - Returns: how many.
  func held(of version: ReleaseVersion, at instant: Instant? = nil) -> Double {
    requests[version].held(cut(at: instant?.nanoseconds ?? time))
  }

  /// The part of what ``held(of:at:)`` counts that will fail by the defect.
  func failing(of version: ReleaseVersion, at instant: Instant? = nil) -> Double {
    requests[version].failing(cut(at: instant?.nanoseconds ?? time))
  }

  /// Lets requests be lost that a replica holds when it is killed.
  ///
  /// - Parameters:
  ///   - held: how many of those that have arrived since the release began.
  ///   - before: how many that arrived before that, and are counted nowhere else.
  ///   - version: its version.
  ///   - instant: when it is killed; nil: now.
  func lose(
    _ held: Double, before: Double = 0, of version: ReleaseVersion, at instant: Instant? = nil
  ) {
    let cut = cut(at: instant?.nanoseconds ?? time)
    let all = requests[version].held(cut)
    let share = all > 0 ? min(1, held / all) : 0
    requests[version].lose(share, and: before, cut)
    guard version == .candidate, share > 0 else { return }
    for index in users.indices {
      users[index].changeAll { $0.remove(share, since: cut) }
    }
  }

  /// Lets requests be lost that are still to arrive at a replica that was deleted.
  func owe(_ requests: Double, of version: ReleaseVersion) { owed[version] += requests }

  /// Lets everything that is under way end as it will.
  func close() { changeAll { $0.close() } }

  /// Takes the requests of a version whose fate has become known.
  func take(_ version: ReleaseVersion) -> RequestMeans { requests[version].take() }

  /// Takes the copies and the synthetic requests whose fate has become known.
  func takeProbes() -> (copies: RequestMeans, checks: RequestMeans) {
    (copies.take(), checks.take())
  }

  /// Sessions of each band of users that the candidate has answered so far, and that its defect has hurt.
  var usersMet: [(upper: Double, met: Double, hurt: Double)] {
    users.map { ($0.upper, $0.met.come, $0.hurt.come) }
  }
}

/// Sessions of a band of users whom the candidate's answers reach later.
private struct PendingUsers {
  var upper = 1.0
  var met: AnswerLine
  var hurt: AnswerLine
  /// What of the band's own counts has been spread.
  private var metSeen = 0.0
  private var hurtSeen = 0.0

  init(bins: Int) {
    met = AnswerLine(bins: bins)
    hurt = met
  }

  mutating func changeAll(_ change: (inout AnswerLine) -> Void) {
    change(&met)
    change(&hurt)
  }

  mutating func meet(
    _ band: UserExposure.Band, _ shares: (met: AnswerShares, hurt: AnswerShares),
    late: (met: Double, hurt: Double), present: Int
  ) {
    let newlyMet = band.met.sessions - metSeen
    met.spread(newlyMet, late: newlyMet * late.met, shares.met, present: present)
    metSeen = band.met.sessions
    let newlyHurt = band.hurt.sessions - hurtSeen
    hurt.spread(newlyHurt, late: newlyHurt * late.hurt, shares.hurt, present: present)
    hurtSeen = band.hurt.sessions
  }
}
