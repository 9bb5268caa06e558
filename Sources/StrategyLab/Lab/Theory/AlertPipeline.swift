import LabUnits

/// From a fault to an alert by a monitor that reads and judges at intervals of its own, as Prometheus does.
///
/// A reading is taken every scrape interval, the rule is judged on the last reading every evaluation interval, and
/// fires once it has held for some time; both begin at any moment, independently of the fault. Prometheus,
/// "Alerting rules", https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/.
///
///     AlertPipeline(scrape: .seconds(15), evaluation: .seconds(15), holds: .minutes(2)).longest  // 150 s
public struct AlertPipeline: Sendable, Hashable {
  /// The time between two readings.
  public let scrape: Span
  /// The time between two judgements.
  public let evaluation: Span
  /// How long the rule has to hold before it fires.
  public let holds: Span

  /// A monitor that reads and judges at intervals.
  ///
  /// - Parameters:
  ///   - scrape: The time between two readings, 0 for a reading at every moment.
  ///   - evaluation: The time between two judgements, 0 for one at every moment.
  ///   - holds: How long the rule has to hold before it fires, 0 or more.
  public init(scrape: Span, evaluation: Span, holds: Span) {
    precondition(
      scrape >= .zero && evaluation >= .zero && holds >= .zero, "a time is not negative")
    self.scrape = scrape
    self.evaluation = evaluation
    self.holds = holds
  }

  /// The time from the fault to the alert at best: the fault comes just before both a reading and a judgement.
  ///
  /// The time to hold counts from the first judgement that finds the fault, and is itself looked at only when
  /// judging, so that it is rounded up to whole evaluation intervals.
  public var shortest: Span { holds.roundedUp(to: evaluation) }

  /// The time at worst: the fault comes just after a reading, and that just after a judgement.
  public var longest: Span { shortest + scrape + evaluation }

  /// The mean time, in seconds, over all moments of the fault.
  public var mean: Double { shortest.seconds + (scrape.seconds + evaluation.seconds) / 2 }
}

extension Span {
  /// The least whole multiple of a step that is as long or longer; itself if there is no step.
  func roundedUp(to step: Span) -> Span {
    guard step > .zero, nanoseconds > 0 else { return self }
    let rest = nanoseconds % step.nanoseconds
    return rest == 0 ? self : Span(nanoseconds: nanoseconds + (step.nanoseconds - rest))
  }
}
