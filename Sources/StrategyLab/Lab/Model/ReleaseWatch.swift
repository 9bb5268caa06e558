import LabKernel
import LabStrategies
import LabUnits

/// What watches a release: monitors that see sampled counts, people who react late, and the decision they come to.
struct ReleaseWatch {
  /// Why people are called.
  enum PageCause: Int {
    case alert, complaints, noProgress
    /// Nobody called: a plan asks how long the way back is.
    case plan
  }

  /// The last reading of the counters at a multiple of the scrape interval.
  var lastGridReading = Instant.zero
  /// Readings of the counters at other times so far.
  var extraReadings = 0
  /// The requests of each version that were drawn so far.
  var totals = PerVersion(RequestTally(), RequestTally())
  /// Requests that stable alone would have turned away, drawn so far.
  var baselineShortfall = 0

  /// The analysis that runs; nil if none does.
  var analysis: AnalysisKind?
  var analysisMonitors: [Monitor]
  /// Whether the analysis only sends requests, and leaves the judging to the controller.
  private var isProbing: Bool { if case .probing = analysis { true } else { false } }
  /// The monitor that the candidate has failed; nil if it has not, or there is a comparison in their place.
  private var failing: Int?
  var comparison: ComparisonTest?
  /// Changes with each start and stop, so that a late verdict on an old analysis is ignored.
  var analysisStamp: UInt32 = 0
  var isVerdictUnderWay = false
  /// What the verdict under way says.
  var concludesFailed = false
  var verdict = AnalysisVerdict.notRunning

  var alerts: [Monitor]
  /// The first of them whose condition held at the last reading; nil if none did.
  private var firing: Int?
  /// Whether the last reading with requests burned the error budget at least twice as fast as even.
  private(set) var stillBurns = false
  /// Whether people have been called and have not come to a decision.
  var isPageOpen = false
  var pages = 0
  /// When people were first called about what they have not dismissed since.
  var firstPage: Instant?
  /// Time that people spent on pages that they then dismissed.
  var dismissed = Span.zero
  var complaintsSent = false

  /// When it was ordered to roll back; nil: never.
  var decision: Instant?
  /// The part of the population that had met the candidate then.
  var exposedAtDecision: Double?
  /// The available replicas with which stable counts as restored, where an autoscaler changes their number.
  var replicasToRestore = 0
  /// Since when stable has been back at its desired available count; nil while it is not.
  private(set) var restored: Instant?
  private(set) var lastProgress = Instant.zero
  /// Whether it will be checked whether the release still gets on.
  var awaitsProgressCheck = true
  private var progressMark = (0, 0, 0, 0)

  init(compiled: CompiledScenario, world: World) {
    let scenario = compiled.scenario
    let monitoring = scenario.monitoring
    let objective = scenario.costs.objective
    analysisMonitors = monitoring.analysis.map {
      Monitor(rule: $0, objective: objective, start: .zero)
    }
    let clean = RequestRate(
      requestsPerSecond: scenario.traffic.steps[0].requestsPerSecond,
      failureShare: scenario.service.baselineFailures.fraction)
    alerts = monitoring.alerts.map {
      Monitor(rule: $0, objective: objective, start: .zero, cleanHistory: clean)
    }
  }

  /// Begins an analysis; one of the same kind that runs goes on.
  mutating func start(_ kind: AnalysisKind, at now: Instant) {
    if analysis == kind { return }
    analysis = kind
    analysisStamp &+= 1
    isVerdictUnderWay = false
    concludesFailed = false
    verdict = .healthy
    comparison = nil
    if case .comparison(let falseAlarms) = kind {
      comparison = ComparisonTest(falseAlarms: falseAlarms)
    } else {
      for index in analysisMonitors.indices { analysisMonitors[index].restart(at: now) }
    }
  }

  /// Ends the analysis; a verdict against the candidate that is under way still arrives.
  mutating func stop() {
    analysis = nil
    if !(isVerdictUnderWay && concludesFailed) { analysisStamp &+= 1 }
    verdict = .notRunning
    comparison = nil
  }

  /// Lets the analysis look at a reading.
  ///
  /// - Returns: whether the candidate fails; ``analysisReason`` tells why.
  mutating func analyse(_ reading: MonitorReading) -> Bool {
    guard analysis != nil, !isProbing, !isVerdictUnderWay else { return false }
    failing = nil
    if comparison != nil { return comparison?.observe(reading) == true }
    for index in analysisMonitors.indices where analysisMonitors[index].observe(reading) {
      failing = index
      return true
    }
    return false
  }

  /// Lets the analysis judge what it has seen, a measurement that is not due yet included.
  ///
  /// - Returns: whether the candidate fails; ``analysisReason`` tells why.
  mutating func conclude() -> Bool {
    failing = nil
    guard comparison == nil, !isProbing else { return false }
    for index in analysisMonitors.indices where analysisMonitors[index].conclude() {
      failing = index
      return true
    }
    return false
  }

  /// Why the candidate has failed the analysis; empty as long as it has not.
  var analysisReason: String {
    failing.map { analysisMonitors[$0].reason } ?? comparison?.reason ?? ""
  }

  /// Lets the alerts look at a reading.
  ///
  /// - Parameters:
  ///   - reading: the counts.
  ///   - readings: how many readings they are the sum of, over which they are spread evenly.
  ///   - interval: the time between two of those.
  /// - Returns: whether one fires; ``alertReason`` tells why.
  mutating func alert(_ reading: MonitorReading, readings: Int, every interval: Span) -> Bool {
    firing = nil
    for index in alerts.indices {
      let fires =
        readings > 1
        ? alerts[index].observe(reading, spreadOver: readings, every: interval)
        : alerts[index].observe(reading)
      if fires, firing == nil { firing = index }
    }
    return isAlertFiring
  }

  /// Whether an alert's condition held at the last reading.
  var isAlertFiring: Bool { firing != nil }

  /// Why people are to be called; empty if no alert fires.
  var alertReason: String { firing.map { alerts[$0].reason } ?? "" }

  /// Whether no alert will fire while requests go on as they do now.
  func alertsStaySilent(_ requests: SteadyReadings) -> Bool {
    alerts.allSatisfy { $0.staysSilent(requests) }
  }

  /// Remembers how fast the error budget burned in a reading.
  mutating func noteBurning(_ reading: MonitorReading, objective: Share) {
    let total = reading.stable.total + reading.candidate.total
    guard total > 0 else { return }
    let failed = Double(reading.stable.failed + reading.candidate.failed)
    stillBurns = failed > 2 * (1 - objective.fraction) * Double(total)
  }

  /// Remembers that the release got on, if it did.
  mutating func noteProgress(at now: Instant, stable: ReplicaCounts, candidate: ReplicaCounts) {
    let mark = (stable.desired, candidate.desired, stable.available, candidate.available)
    if mark != progressMark {
      progressMark = mark
      lastProgress = now
    }
  }

  /// Remembers since when stable is whole again after the decision.
  mutating func noteRestored(at now: Instant, isFull: Bool) {
    guard decision != nil else { return }
    if !isFull {
      restored = nil
    } else if restored == nil {
      restored = now
    }
  }
}
