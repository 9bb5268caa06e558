import LabUnits

// A stand-in for the analysis engine that is written beside this; it has the agreed interface only.

/// One metric of an analysis.
public struct AnalysisMetric: Sendable, Hashable {
  /// What is counted.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Requests that failed.
    case failures
    /// Requests that were slow.
    case slow
  }

  /// Its name.
  public var name: String
  /// What is counted.
  public var of: Measure
  /// The most with which a measurement is a success.
  public var successMaximum: Share?
  /// Above this a measurement is a failure.
  public var failureAbove: Share?
  /// The time between measurements.
  public var interval: Span?
  /// How many measurements there are.
  public var count: Int?
  /// The time before the first.
  public var initialDelay: Span
  /// How many may fail.
  public var failureLimit: Int
  /// How many may be inconclusive.
  public var inconclusiveLimit: Int
  /// How many errors there may be in a row.
  public var consecutiveErrorLimit: Int
  /// How many successes in a row are enough.
  public var consecutiveSuccessLimit: Int?
  /// What a measurement looks back over.
  public var window: Span
  /// Whether the result does not count.
  public var isDryRun: Bool

  /// The keys in a scenario.
  public static let parameters: [Parameter] = [
    .required("name", .text, "What timelines call the metric."),
    .required("of", .choice(["failures", "slow"]), "What is counted."),
    .optional("successMaximum", .part, "The most for a success."),
    .optional("failureAbove", .part, "Above it, a failure."),
    .optional("interval", .positiveSpan, "The time between measurements."),
    .optional("count", .integer(1...1_000_000), "How many measurements."),
  ]

  /// A metric; what is left out is as in a manifest that leaves it out.
  public init(
    name: String, of measure: Measure, successMaximum: Share? = nil, failureAbove: Share? = nil,
    interval: Span? = nil, count: Int? = nil, initialDelay: Span = .zero, failureLimit: Int = 0,
    inconclusiveLimit: Int = 0, consecutiveErrorLimit: Int = 4,
    consecutiveSuccessLimit: Int? = nil, window: Span = .minutes(1), isDryRun: Bool = false
  ) {
    self.name = name
    of = measure
    self.successMaximum = successMaximum
    self.failureAbove = failureAbove
    self.interval = interval
    self.count = count
    self.initialDelay = initialDelay
    self.failureLimit = failureLimit
    self.inconclusiveLimit = inconclusiveLimit
    self.consecutiveErrorLimit = consecutiveErrorLimit
    self.consecutiveSuccessLimit = consecutiveSuccessLimit
    self.window = window
    self.isDryRun = isDryRun
  }

  /// The metric with the values of a scenario.
  public init(_ values: ParameterValues) {
    func share(_ key: String) -> Share? { values.has(key) ? values.share(key) : nil }
    name = values.text("name")
    of = Measure(rawValue: values.text("of")) ?? .failures
    successMaximum = share("successMaximum")
    failureAbove = share("failureAbove")
    interval = values.has("interval") ? values.span("interval") : nil
    count = values.has("count") ? values.integer("count") : nil
    initialDelay = .zero
    failureLimit = 0
    inconclusiveLimit = 0
    consecutiveErrorLimit = 4
    window = interval ?? .minutes(1)
    isDryRun = false
  }
}

/// How an analysis stands.
public enum AnalysisPhase: String, Sendable, Hashable {
  /// Nothing against the candidate.
  case successful = "Successful"
  /// Measurements are taken.
  case running = "Running"
  /// Not started.
  case pending = "Pending"
  /// A person must decide.
  case inconclusive = "Inconclusive"
  /// It could not be measured.
  case error = "Error"
  /// Worse than allowed.
  case failed = "Failed"

  /// Whether nothing will change any more.
  public var isCompleted: Bool { self != .running && self != .pending }
}

/// An analysis under way.
public struct AnalysisRun: Sendable, Hashable {
  private let metrics: [AnalysisMetric]
  private let startedAt: Instant
  private var taken: [Int]
  private var plannedWake: Instant?
  /// How it stands.
  public private(set) var phase = AnalysisPhase.running
  /// Why.
  public private(set) var reason = ""

  /// A run.
  public init(metrics: [AnalysisMetric], startedAt: Instant) {
    self.metrics = metrics
    self.startedAt = startedAt
    taken = metrics.map { _ in 0 }
    if metrics.isEmpty { phase = .successful }
  }

  /// When it measures next.
  public func nextMeasurement(after now: Instant) -> Instant? {
    metrics.indices.compactMap { due($0) }.min()
  }

  private func due(_ index: Int) -> Instant? {
    let metric = metrics[index]
    let count = metric.count ?? (metric.interval == nil ? 1 : .max)
    guard taken[index] < count else { return nil }
    return startedAt + metric.initialDelay + (metric.interval ?? .zero) * taken[index]
  }

  /// Takes part in a pass.
  public mutating func pass(
    _ now: Instant, sample: MetricSample?, into orders: inout [ReleaseOrder]
  ) {
    if phase.isCompleted { return }
    for index in metrics.indices {
      guard let time = due(index), time <= now else { continue }
      guard let sample, sample.time == now, sample.window == metrics[index].window else {
        orders.append(.takeSample(over: metrics[index].window))
        return
      }
      taken[index] += 1
      let counts = sample.candidate
      let bad = metrics[index].of == .failures ? counts.failed : counts.slow
      let limit = metrics[index].failureAbove ?? metrics[index].successMaximum ?? .whole
      if Double(bad) > limit.fraction * Double(max(1, counts.requests)) {
        phase = .failed
        reason = "metric \(metrics[index].name) failed"
        return
      }
      if let most = metrics[index].successMaximum,
        Double(bad) > most.fraction * Double(max(1, counts.requests))
      {
        phase = .inconclusive
        return
      }
    }
    if let next = nextMeasurement(after: now) {
      if next == plannedWake { return }
      plannedWake = next
      orders.append(.wake(at: next))
    } else {
      phase = .successful
    }
  }

  /// Ends it.
  public mutating func terminate() { if phase == .running { phase = .successful } }
}
