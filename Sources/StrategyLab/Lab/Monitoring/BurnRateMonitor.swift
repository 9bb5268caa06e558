import LabUnits

/// Watches how fast all requests together use up the error budget, over a long and a short window.
///
/// The burn rate is the failed share divided by the share that may fail; at 1 the budget lasts exactly its
/// window. "The Site Reliability Workbook" (2018), chapter 5, "Alerting on SLOs", approach 6. With the hour
/// before clean, total failure at an objective of 99.9% and a factor of 14.4 over 1 h is found after
/// 14.4 × 0.1% of the hour: 51.84 s.
///
/// A window holds what was read within it. What lies before the start is filled with the clean history; without
/// one the window holds what there is, and says nothing before a whole short window has been read.
struct BurnRateMonitor: Sendable {
  private let rule: BurnRateRule
  private let objective: Share
  private let start: Instant
  private let cleanHistory: RequestRate?
  private var readings = ReadingQueue()
  private var long: ReadingWindow
  private var short: ReadingWindow
  private var burningSince: Instant?
  /// How fast the budget burns while the rule fails.
  private var alarm: (long: Double, short: Double)?

  init(rule: BurnRateRule, objective: Share, start: Instant, cleanHistory: RequestRate?) {
    self.rule = rule
    self.objective = objective
    self.start = start
    self.cleanHistory = cleanHistory
    long = ReadingWindow(length: rule.window)
    short = ReadingWindow(length: rule.shortWindow)
  }

  func restarted(at start: Instant) -> BurnRateMonitor {
    BurnRateMonitor(rule: rule, objective: objective, start: start, cleanHistory: cleanHistory)
  }

  /// Takes a reading into account, or several at once over which its counts are spread evenly.
  mutating func observe(
    _ reading: MonitorReading, spreadOver parts: Int = 1, every interval: Span = .zero
  ) -> Bool {
    var counts = reading.stable
    counts += reading.candidate
    readings.append(counts, until: reading.time, parts: parts, every: interval)
    long.add(counts)
    short.add(counts)
    long.advance(to: reading.time, over: readings)
    short.advance(to: reading.time, over: readings)
    readings.dropFirst(min(long.first, short.first))
    let isReady = cleanHistory != nil || reading.time - start >= rule.shortWindow
    guard isReady, burns(long, at: reading.time), burns(short, at: reading.time) else {
      burningSince = nil
      alarm = nil
      return false
    }
    let since = burningSince ?? reading.time
    burningSince = since
    guard reading.time - since >= rule.holds else { return false }
    alarm = (burn(long, at: reading.time), burn(short, at: reading.time))
    return true
  }

  /// Whether the rule will not fail while requests go on as they do, whatever the luck.
  ///
  /// - Complexity: at most linear in the readings of a short window.
  func staysSilent(_ coming: SteadyReadings) -> Bool {
    guard burningSince == nil, coming.total > 0 else { return false }
    let (length, interval) = (rule.shortWindow.nanoseconds, coming.interval.nanoseconds)
    let full = Int((length - 1) / interval) + 1
    let limit = rule.factor * (1 - objective.fraction)
    // A short window of nothing but new readings is the last to come, and the quickest to look at.
    guard !coming.mayFail(limit, of: full, after: (0, 0)) else { return false }
    return staysSilent(limit, 1...max(full - 1, 1), (short, long), coming)
  }

  /// Whether the rule will not fail at any of the readings to come with these numbers.
  ///
  /// Over many of them at once the failures are at most those that the windows hold at the first and those to come until
  /// the last; and the requests at least those held at the last and those to come until the first. Mostly
  /// that is far from the limit, and where it is not, the halves are looked at.
  ///
  /// - Parameters:
  ///   - limit: the share of failures at which the budget burns fast enough.
  ///   - numbers: which readings, counted from the next one as 1.
  ///   - windows: the short window and the long one at any time before.
  ///   - coming: what each of the readings brings.
  /// - Returns: false if it might fail at one of them.
  private func staysSilent(
    _ limit: Double, _ numbers: ClosedRange<Int>,
    _ windows: (short: ReadingWindow, long: ReadingWindow), _ coming: SteadyReadings
  ) -> Bool {
    var (short, long) = windows
    let time = coming.last + coming.interval * numbers.lowerBound
    short.advance(to: time, over: readings)
    let seen = seen(by: short, at: time)
    guard numbers.count > 1 else {
      guard coming.mayFail(limit, of: numbers.lowerBound, after: seen) else { return true }
      long.advance(to: time, over: readings)
      return !coming.mayFail(limit, of: numbers.lowerBound, after: self.seen(by: long, at: time))
    }
    let end = coming.last + coming.interval * numbers.upperBound
    var shortAtEnd = short
    shortAtEnd.advance(to: end, over: readings)
    let mostFailures = seen.failed + coming.mostFailures(of: Double(numbers.upperBound))
    let leastRequests =
      self.seen(by: shortAtEnd, at: end).total
      + coming.leastRequests(of: Double(numbers.lowerBound))
    // The margin is for rounding.
    if mostFailures < limit * leastRequests * (1 - 1e-9) { return true }
    let middle = (numbers.lowerBound + numbers.upperBound) / 2
    return staysSilent(limit, numbers.lowerBound...middle, (short, long), coming)
      && staysSilent(limit, middle + 1...numbers.upperBound, (short, long), coming)
  }

  /// Whether the rule failed at the last reading.
  var hasFailed: Bool { alarm != nil }

  var reason: String {
    guard let alarm else { return "" }
    let long =
      "\(PrintedFigure.factor(alarm.long)) times over \(PrintedFigure.span(rule.window))"
    let short =
      "\(PrintedFigure.factor(alarm.short)) times over \(PrintedFigure.span(rule.shortWindow))"
    return "error budget burns \(long) and \(short), limit \(PrintedFigure.factor(rule.factor))"
  }

  /// Whether a window burns at least as fast as the factor.
  @inline(__always)
  private func burns(_ window: ReadingWindow, at time: Instant) -> Bool {
    let (failed, total) = seen(by: window, at: time)
    guard failed > 0 else { return false }
    // Multiplied out: in millionths the budget is a whole number, and equality means equality.
    return failed * 1e6 >= rule.factor * Double(1_000_000 - objective.millionths) * total
  }

  private func burn(_ window: ReadingWindow, at time: Instant) -> Double {
    let (failed, total) = seen(by: window, at: time)
    return failed / total / (1 - objective.fraction)
  }

  @inline(__always)
  private func seen(by window: ReadingWindow, at time: Instant) -> (failed: Double, total: Double) {
    let (failed, total) = (Double(window.failed), Double(window.total))
    let before = (window.length - (time - start)).seconds
    guard let cleanHistory, before > 0 else { return (failed, total) }
    let requests = before * cleanHistory.requestsPerSecond
    return (failed + requests * cleanHistory.failureShare, total + requests)
  }
}
