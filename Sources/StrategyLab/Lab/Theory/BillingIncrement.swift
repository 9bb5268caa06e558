import LabUnits

/// How long a machine is billed for that ran for a while: in steps, and for a least time.
///
///     BillingIncrement(least: .seconds(60), step: .seconds(1)).billed(.seconds(61.2))  // 62 s
///
/// Amazon EC2 and Compute Engine bill by the second from a minute on, virtual machines of Azure by the minute:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/concepts.html, https://cloud.google.com/compute/vm-instance-pricing.
public struct BillingIncrement: Sendable, Hashable {
  /// What is billed at least, however short the machine ran.
  public let least: Span
  /// The step that is begun and so billed as a whole; none for billing by the instant.
  public let step: Span

  /// A rule of billing.
  ///
  /// - Parameters:
  ///   - least: What is billed at least, 0 or more.
  ///   - step: The step that is billed as a whole, 0 for billing by the instant.
  public init(least: Span, step: Span) {
    precondition(least >= .zero && step >= .zero, "a time is not negative")
    self.least = least
    self.step = step
  }

  /// The time that is billed for a run.
  public func billed(_ run: Span) -> Span { max(least, run.roundedUp(to: step)) }

  /// What a run costs at a price an hour.
  public func cost(_ run: Span, perHour price: Double) -> Double {
    price * billed(run).seconds / 3600
  }
}
