/// When what becomes of requests is known that arrived evenly over a piece of time: which part by its end, and which part
/// within each bin from then on.
///
/// With G the integral of the probability that an answer has come, the part that is known T seconds after the end of
/// a piece of d seconds is (G(T + d) - G(T)) / d.
struct AnswerShares {
  /// One kind of outcome; the parts of it come to 1.
  struct Part {
    /// The part that is known by the end of the piece.
    var known = 1.0
    /// How many bins after the present one the first of ``bins`` is.
    var first = 0
    var bins: [Double] = []
  }

  /// Answers within the slow threshold.
  private(set) var fast = Part()
  /// Answers between the slow threshold and the timeout.
  private(set) var slow = Part()
  /// What is known at the timeout.
  private(set) var late = Part()
  /// The part of the answers in time that is fast.
  private(set) var fastPart = 1.0

  /// The piece and the grid on which it ends.
  struct Frame: Equatable {
    /// The length of the piece in seconds.
    var seconds: Double
    /// From its end to that of its bin, in seconds.
    var untilBinEnds: Double
    /// The width of a bin in seconds.
    var binSeconds: Double
    /// The bins that there are.
    var bins: Int
  }

  /// The parts of what is left beyond which nothing is told apart any more.
  private static let negligible = 1e-9

  /// The shares of a piece.
  ///
  /// - Parameters:
  ///   - law: how long answers take.
  ///   - frame: the piece and the grid.
  ///   - slowSeconds: an answer after more seconds is slow.
  ///   - timeout: after so many seconds nobody waits any more.
  init(_ law: AnswerLaw, _ frame: Frame, slow slowSeconds: Double, timeout: Double) {
    var limits = law.reader
    let threshold = min(max(slowSeconds, 0), timeout)
    let atThreshold = limits(threshold)
    let atTimeout = limits(timeout)
    fastPart = atTimeout.answered > 0 ? atThreshold.answered / atTimeout.answered : 1
    let total = atTimeout.answered
    var (sooner, later) = (law.reader, law.reader)
    let fasts = Capped(limit: threshold, at: atThreshold)
    let alls = Capped(limit: timeout, at: atTimeout)

    if total > 0 {
      var parts = (fast: [Double](), slow: [Double]())
      var before = (fast: 0.0, all: 0.0)
      var time = 0.0
      while parts.fast.count <= frame.bins {
        let values = (sooner(time).integral, later(time + frame.seconds).integral)
        let fast = fasts.mean(values, from: time, over: frame.seconds)
        let all = max(alls.mean(values, from: time, over: frame.seconds), fast)
        let isLast =
          parts.fast.count == frame.bins || total - all < Self.negligible * total
        let end = isLast ? (fast: atThreshold.answered, all: total) : (fast: fast, all: all)
        parts.fast.append(max(0, end.fast - before.fast))
        parts.slow.append(max(0, end.all - end.fast - before.all + before.fast))
        if isLast { break }
        before = (fast, all)
        time = parts.fast.count == 1 ? frame.untilBinEnds : time + frame.binSeconds
      }
      self.fast = Self.part(parts.fast)
      self.slow = Self.part(parts.slow)
    }
    late = Self.late(frame, timeout: timeout)
  }

  /// The integral of a probability that stays as it is beyond a limit.
  private struct Capped {
    var limit: Double
    var at: (answered: Double, integral: Double)

    /// The mean of the probability over a time, from its integrals without the limit.
    func mean(_ integrals: (Double, Double), from time: Double, over seconds: Double) -> Double {
      let low =
        time <= limit ? integrals.0 : at.integral + at.answered * (time - limit)
      let end = time + seconds
      let high = end <= limit ? integrals.1 : at.integral + at.answered * (end - limit)
      return min(at.answered, max(0, (high - low) / seconds))
    }
  }

  /// Parts that come to 1.
  private static func part(_ amounts: [Double]) -> Part {
    var sum = 0.0
    for amount in amounts { sum += amount }
    guard sum > 0 else { return Part() }
    return Part(known: amounts[0] / sum, bins: amounts.dropFirst().map { $0 / sum })
  }

  /// What is known exactly so many seconds after its arrival.
  private static func late(_ frame: Frame, timeout: Double) -> Part {
    func known(after time: Double) -> Double {
      min(1, max(0, (time + frame.seconds - timeout) / frame.seconds))
    }
    // Bins before this one hold nothing.
    let quiet = timeout - frame.seconds - frame.untilBinEnds
    let skipped = quiet > 0 ? min(Int(quiet / frame.binSeconds), frame.bins - 1) : 0
    var part = Part(known: known(after: 0), first: skipped)
    var before = part.known
    var time = frame.untilBinEnds + Double(skipped) * frame.binSeconds
    while before < 1 {
      let isLast = part.first + part.bins.count == frame.bins - 1
      let now = isLast ? 1 : known(after: time)
      part.bins.append(now - before)
      before = now
      time += frame.binSeconds
    }
    return part
  }
}
