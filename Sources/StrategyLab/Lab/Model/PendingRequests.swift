/// Mean requests of which it is not known yet what becomes of them, by what will.
struct PendingRequests {
  private var fast: AnswerLine
  private var slow: AnswerLine
  private var failedAnyway: AnswerLine
  private var failedByDefect: AnswerLine
  private var lost: AnswerLine
  private var shortfall: AnswerLine

  /// Nothing is under way.
  init(bins: Int) {
    let line = AnswerLine(bins: bins)
    (fast, slow, failedAnyway, failedByDefect) = (line, line, line, line)
    (lost, shortfall) = (line, line)
  }

  /// Requests of a piece of time, some of whose failures are known at the timeout.
  struct Fates {
    var means = RequestMeans()
    /// Of those that fail anyway, how many fail by their timeout.
    var lateAnyway = 0.0
    /// Of those that fail by the defect, how many fail by their timeout.
    var lateByDefect = 0.0
    /// Whether those that are turned away wait for their timeout; otherwise there is nobody to wait for.
    var waitsForTimeout = true

    /// Loses requests that a replica has in work.
    ///
    /// - Parameter requests: how many shall be lost.
    /// - Returns: those of them that there were not.
    mutating func lose(_ requests: Double) -> Double {
      let before = means.answered
      let rest = means.take(requests)
      let kept = before > 0 ? means.answered / before : 1
      lateAnyway *= kept
      lateByDefect *= kept
      return rest
    }
  }

  /// Spreads the requests of a piece over the time in which they are answered.
  mutating func spread(_ fates: Fates, _ shares: AnswerShares, present: Int) {
    let means = fates.means
    fast.spread(means.fast, shares.fast, present: present)
    slow.spread(means.slow, shares.slow, present: present)
    failedAnyway.spread(means.failedAnyway, late: fates.lateAnyway, shares, present: present)
    failedByDefect.spread(means.failedByDefect, late: fates.lateByDefect, shares, present: present)
    lost.arrive(means.lost)
    if fates.waitsForTimeout {
      shortfall.spread(means.shortfall, shares.late, present: present)
    } else {
      shortfall.arrive(means.shortfall)
    }
  }

  /// Does the same to all lines on which something can wait.
  mutating func changeAll(_ change: (inout AnswerLine) -> Void) {
    change(&fast)
    change(&slow)
    change(&failedAnyway)
    change(&failedByDefect)
    change(&lost)
    change(&shortfall)
  }

  /// The requests that no replica has let go by an instant.
  func held(_ cut: AnswerCut) -> Double {
    fast.waiting(since: cut) + slow.waiting(since: cut) + failedAnyway.waiting(since: cut)
      + failedByDefect.waiting(since: cut) + shortfall.waiting(since: cut)
  }

  /// The part of what no replica has let go by an instant that will fail by the defect.
  func failing(_ cut: AnswerCut) -> Double {
    let all = held(cut)
    return all > 0 ? failedByDefect.waiting(since: cut) / all : 0
  }

  /// Lets a share of the requests that are still held at an instant be lost then.
  ///
  /// - Parameters:
  ///   - share: the share.
  ///   - others: how many more are lost that were never under way here.
  ///   - cut: the instant.
  mutating func lose(_ share: Double, and others: Double, _ cut: AnswerCut) {
    let amount = share * held(cut) + others
    fast.remove(share, since: cut)
    slow.remove(share, since: cut)
    failedAnyway.remove(share, since: cut)
    failedByDefect.remove(share, since: cut)
    shortfall.remove(share, since: cut)
    lost.add(amount, at: cut)
  }

  /// Takes what has become known since it was last taken.
  mutating func take() -> RequestMeans {
    RequestMeans(
      fast: fast.take(), slow: slow.take(), failedAnyway: failedAnyway.take(),
      failedByDefect: failedByDefect.take(), lost: lost.take(), shortfall: shortfall.take())
  }
}
