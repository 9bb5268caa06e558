/// What a router does with a request, and why.
public struct RouteOutcome: Sendable, Hashable {
  /// What becomes of the request.
  public enum Answer: Sendable, Hashable {
    /// It goes to one of some destinations, drawn anew for each request.
    case forwarded([RouteShare])
    /// The client is sent elsewhere.
    case redirected(status: Int, location: String)
    /// The router answers by itself.
    case responded(status: Int)
    /// No rule wants it, or nobody can serve it; the reason is a half sentence.
    case refused(status: Int, reason: String)
    /// Another object decides, which is not followed.
    case delegated(to: String)
  }

  /// A rule that was tried before, and why it did not take the request.
  public struct Miss: Sendable, Hashable {
    /// The rule, as ``RouteOutcome/rule`` names one.
    public var rule: String
    /// Why not, as a half sentence.
    public var reason: String

    /// A rule that did not match.
    public init(_ rule: String, _ reason: String) {
      self.rule = rule
      self.reason = reason
    }
  }

  /// What becomes of the request.
  public var answer: Answer
  /// The rule that decided: its name or its number from 1; nil if none did.
  public var rule: String?
  /// What the rule asks for, as a half sentence; empty if nothing.
  public var conditions = ""
  /// Which destinations get a copy, each drawn on its own.
  public var mirrors: [RouteShare] = []
  /// The rules that were tried before.
  public var misses: [Miss] = []
  /// The destinations that the router knows no endpoints of: their requests get status 503.
  public var unserved: [RouteDestination] = []
  /// The requests that are aborted before they are sent on.
  public var abort: FaultAbort?
  /// The requests that are held up.
  public var delay: FaultDelay?
  /// What keeps requests of one client together.
  public var stickiness = Stickiness.none

  /// An outcome.
  public init(_ answer: Answer, rule: String? = nil) {
    self.answer = answer
    self.rule = rule
  }

  /// The destinations with their shares; empty if the request is not sent on.
  public var shares: [RouteShare] {
    if case .forwarded(let shares) = answer { shares } else { [] }
  }
}

/// What keeps requests of one client together.
public enum Stickiness: Sendable, Hashable {
  /// Nothing: each request is drawn anew.
  case none
  /// Requests of one connection go to one endpoint.
  case connection
  /// Requests of one key go to one endpoint of the version that is drawn for each request.
  case endpoint(HashKey)
  /// The first draw counts for all requests that carry this cookie.
  case version(cookie: String)
}

/// A fault that aborts requests.
public struct FaultAbort: Sendable, Hashable {
  /// The share of the requests, 0 to 1.
  public var share: Double
  /// The status that they get.
  public var status: Int

  /// A fault.
  public init(share: Double, status: Int) {
    self.share = share
    self.status = status
  }
}

/// A fault that holds requests up.
public struct FaultDelay: Sendable, Hashable {
  /// The share of the requests, 0 to 1.
  public var share: Double
  /// For how many seconds.
  public var seconds: Double

  /// A fault.
  public init(share: Double, seconds: Double) {
    self.share = share
    self.seconds = seconds
  }
}
