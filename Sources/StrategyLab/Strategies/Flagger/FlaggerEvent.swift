import LabUnits

/// What one tick of Flagger came to.
public enum FlaggerEvent: Sendable, Hashable {
  /// Nothing is under way and nothing is new.
  case idle
  /// The primary or the canary is not ready.
  case waits(for: String)
  /// A new revision was seen, and its canary is scaled up.
  case detected
  /// Another revision came in the middle, and the analysis starts over.
  case restarted
  /// The start waits to be confirmed.
  case waitsForRollout
  /// The next weight waits to be confirmed.
  case waitsForIncrease
  /// The promotion waits to be confirmed.
  case waitsForPromotion
  /// A check failed; so many have now.
  case halted(failedChecks: Int)
  /// The primary's requests are copied to the canary.
  case mirrored
  /// The canary's weight is raised to this.
  case advanced(to: Int)
  /// An iteration of A/B or blue/green has begun.
  case iterated(Int)
  /// All traffic goes to the canary before the primary takes over its revision.
  case routedToCanary
  /// The iterations are over; Services route as before.
  case passedGate
  /// The primary takes over the canary's revision and updates itself.
  case copied
  /// The primary's weight is raised to this while it takes the traffic back.
  case returned(to: Int)
  /// All traffic goes to the primary.
  case routedToPrimary
  /// The canary is scaled to zero, and the run has succeeded.
  case succeeded
  /// The canary was ready, and the primary takes over its revision without analysis; the run has succeeded.
  case promotedWithoutAnalysis
  /// All traffic goes to the primary, the canary is scaled to zero, and the run has failed.
  case rolledBack(because: String)
  /// The primary did not get ready: all traffic goes to the canary, which stays, and the run has failed.
  case leftWithCanary(because: String)
  /// There is neither a step nor an iteration, so nothing can ever happen.
  case stalls
}

extension FlaggerEvent {
  /// What was done, as a step's title; nil if the tick changed nothing.
  public func title(iterations: Int) -> String? {
    switch self {
    case .idle, .waits, .waitsForIncrease, .halted, .stalls: nil
    case .waitsForRollout: "wait until the rollout is confirmed"
    case .waitsForPromotion: "wait until the promotion is confirmed"
    case .detected: "scale up the canary"
    case .restarted: "start the analysis over"
    case .mirrored: "mirror the traffic to the canary"
    case .advanced(let weight): "advance to weight \(weight)"
    case .iterated(let number): "iteration \(number) of \(iterations)"
    case .routedToCanary: "route all traffic to the canary"
    case .passedGate: "pass the last check"
    case .copied: "copy the spec to the primary"
    case .returned(let weight): "advance the primary to weight \(weight)"
    case .routedToPrimary: "route all traffic to the primary"
    case .succeeded: "scale the canary down"
    case .promotedWithoutAnalysis: "copy the spec to the primary and scale the canary down"
    case .rolledBack: "roll back: route all traffic to the primary and scale the canary down"
    case .leftWithCanary: "route all traffic to the canary and give up"
    }
  }
}
