/// A backlog that grows while more arrives than can be served, as a fluid.
///
/// While the backlog is empty and the servers keep up, waiting is the business of the queueing formulas.
/// Otherwise the backlog changes at the rate of arrivals minus capacity; callers give up after their
/// timeout, so that no backlog needs longer than the timeout to be served, and what arrives beyond that is lost.
/// Newell (1982), Applications of Queueing Theory, chapter 2.
struct FluidQueue: BitwiseCopyable {
  /// Requests that wait.
  private(set) var backlog = 0.0

  /// What happened to the queue in a piece of time in which arrivals and capacity were constant.
  struct Outcome {
    /// Requests that were turned away or timed out.
    var lost = 0.0
    /// Seconds of the piece in which there was no backlog and the servers kept up.
    var steadySeconds = 0.0
    /// Seconds of the piece in which there was a backlog.
    var overloadedSeconds = 0.0
    /// Mean wait during the overloaded seconds.
    var overloadedWait = 0.0
    /// The wait when the backlog began to change, and when it ended.
    var waits = (from: 0.0, to: 0.0)
  }

  /// Whether the formulas for a queue in balance apply.
  func isSteady(arrivals: Double, capacity: Double) -> Bool { backlog <= 0 && arrivals < capacity }

  /// Lets a piece of time pass.
  ///
  /// - Parameters:
  ///   - seconds: the length of the piece.
  ///   - arrivals: requests a second.
  ///   - capacity: requests a second that the servers can complete.
  ///   - timeout: seconds after which a caller gives up.
  ///   - settled: the mean number that waits where the queue has been in balance at this overload for long; nil: as many
  ///     as can be served within the timeout. Once so many wait, the queue is in balance.
  /// - Returns: what was lost, and how long the queue was in balance.
  mutating func advance(
    seconds: Double, arrivals: Double, capacity: Double, timeout: Double, settled: Double? = nil
  ) -> Outcome {
    var outcome = Outcome()
    if isSteady(arrivals: arrivals, capacity: capacity) {
      outcome.steadySeconds = seconds
      return outcome
    }
    guard capacity > 0 else {
      outcome.lost = backlog + arrivals * seconds
      backlog = 0
      return outcome
    }
    let limit = capacity * timeout
    if backlog > limit {
      // Capacity has just shrunk: whoever would wait beyond the timeout gives up.
      outcome.lost += backlog - limit
      backlog = limit
    }
    let growth = arrivals - capacity
    if growth >= 0 {
      if let settled { return grow(by: growth, to: min(limit, settled), in: seconds, capacity) }
      let untilFull = growth > 0 ? (limit - backlog) / growth : .infinity
      let growing = min(seconds, untilFull)
      let mean = backlog + growth * growing / 2
      backlog = min(limit, backlog + growth * growing)
      let full = seconds - growing
      outcome.lost += growth * full
      outcome.overloadedSeconds = seconds
      if seconds > 0 {
        outcome.overloadedWait = (mean * growing + limit * full) / seconds / capacity
      }
      return outcome
    }
    let untilEmpty = backlog / -growth
    let draining = min(seconds, untilEmpty)
    outcome.waits.from = backlog / capacity
    outcome.overloadedWait = (backlog + growth * draining / 2) / capacity
    outcome.overloadedSeconds = draining
    outcome.steadySeconds = seconds - draining
    backlog = draining < untilEmpty ? backlog + growth * draining : 0
    outcome.waits.to = backlog / capacity
    return outcome
  }

  /// Grows until as many wait as do in balance, from when on the queue is in balance.
  private mutating func grow(
    by growth: Double, to settled: Double, in seconds: Double, _ capacity: Double
  ) -> Outcome {
    var outcome = Outcome()
    backlog = min(backlog, settled)
    let missing = settled - backlog
    let growing = missing > growth * seconds ? seconds : (growth > 0 ? missing / growth : 0)
    outcome.waits.from = backlog / capacity
    backlog = growing < seconds ? settled : backlog + growth * growing
    outcome.waits.to = backlog / capacity
    outcome.overloadedWait = (outcome.waits.from + outcome.waits.to) / 2
    outcome.overloadedSeconds = growing
    outcome.steadySeconds = seconds - growing
    return outcome
  }

  /// Empties the queue, because nobody serves it any more.
  ///
  /// - Returns: the requests that were waiting.
  mutating func drop() -> Double {
    defer { backlog = 0 }
    return backlog
  }

  /// Takes a part of the queue away, because its server has gone.
  mutating func drop(part: Double) { backlog *= 1 - part }
}
