import LabKernel
import LabUnits

/// Who sends the requests: how many people, how unequally active, in what sessions, and what they stick to.
public struct UserModel: Sendable, Hashable {
  /// People who may use the service during the horizon.
  public var population: Int
  /// How requests are spread over them.
  public var activity: Activity
  /// Mean requests of one session, at least 1.
  public var requestsPerSession: Double
  /// Mean time between the first and the last request of a session.
  public var sessionDuration: Span
  /// What a user's requests stick to.
  public var stickiness: Stickiness

  /// How requests are spread over users.
  public enum Activity: Sendable, Hashable {
    /// A user's rate is drawn from a gamma distribution of this shape and mean 1; a large shape makes users alike.
    case gamma(shape: Double)
    /// Every user sends exactly the same number of requests in the horizon, at times spread as the traffic is.
    case fixed
  }

  /// What a user's requests stick to, where a router splits traffic by weight.
  public enum Stickiness: String, Sendable, Hashable, CaseIterable {
    /// Every request is routed anew.
    case none
    /// A session stays on its version while that version serves.
    case session
    /// A user is the candidate's exactly when the user's hash lies below the weight.
    case user
  }
}

extension UserModel {
  /// The keys of `users` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "population", .integer(1...1_000_000_000), "100000",
      "People who may use the service during the horizon.",
      source: "assumption of StrategyLab: a service of medium size"),
    .standard(
      "activity", .choice(["gamma", "fixed"]), "gamma",
      "How requests are spread over people: unequally, or exactly the same number each.",
      source: "Fader and Hardie (2005), gamma-distributed purchase rates"),
    .standard(
      "activityShape", .number(0.01...10_000), "1",
      "Shape of the gamma distribution of activity; 1 is exponential, larger makes people more alike.",
      source: "assumption of StrategyLab: exponential"),
    .standard(
      "requestsPerSession", .number(1...1_000_000), "10", "Mean requests of one session.",
      source: "assumption of StrategyLab"),
    .standard(
      "sessionDuration", .positiveSpan, "5m",
      "Mean time between the first and the last request of a session.",
      source: "assumption of StrategyLab"),
    .standard(
      "stickiness", .choice(Stickiness.allCases.map(\.rawValue)), "none",
      "What a user's requests stick to where a router splits traffic: nothing, the session (a cookie), or the user (a hash).",
      source:
        "Istio and ingress-nginx weights are random for each request unless affinity is written"),
  ]

  /// The users that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      population: values.integer("population"),
      activity: values.text("activity") == "fixed"
        ? .fixed : .gamma(shape: values.number("activityShape")),
      requestsPerSession: values.number("requestsPerSession"),
      sessionDuration: values.span("sessionDuration"),
      stickiness: Stickiness(rawValue: values.text("stickiness")) ?? .none)
  }
}
