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
  private var long: Window
  private var short: Window
  private var burningSince: Instant?
  /// How fast the budget burns while the rule fails.
  private var alarm: (long: Double, short: Double)?

  init(rule: BurnRateRule, objective: Share, start: Instant, cleanHistory: RequestRate?) {
    self.rule = rule
    self.objective = objective
    self.start = start
    self.cleanHistory = cleanHistory
    long = Window(length: rule.window)
    short = Window(length: rule.shortWindow)
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
  /// - Complexity: linear in the readings of a short window.
  func staysSilent(_ coming: SteadyReadings) -> Bool {
    guard burningSince == nil, coming.total > 0 else { return false }
    let (length, interval) = (rule.shortWindow.nanoseconds, coming.interval.nanoseconds)
    let full = Int((length - 1) / interval) + 1
    // A short window of nothing but new readings is the last to come, and the quickest to look at.
    guard !mayBurn((0, 0), and: full, coming) else { return false }
    var (short, long) = (short, long)
    for count in 1..<max(full, 2) {
      let time = coming.last + coming.interval * count
      short.advance(to: time, over: readings)
      guard mayBurn(seen(by: short, at: time), and: count, coming) else { continue }
      long.advance(to: time, over: readings)
      guard !mayBurn(seen(by: long, at: time), and: count, coming) else { return false }
    }
    return true
  }

  /// Whether a window might burn that holds what is seen and so many readings to come.
  private func mayBurn(
    _ seen: (failed: Double, total: Double), and count: Int, _ coming: SteadyReadings
  ) -> Bool {
    let limit = rule.factor * (1 - objective.fraction)
    return seen.failed + coming.mostFailures(of: Double(count))
      >= limit * (seen.total + coming.leastRequests(of: Double(count)))
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
  private func burns(_ window: Window, at time: Instant) -> Bool {
    let (failed, total) = seen(by: window, at: time)
    guard failed > 0 else { return false }
    // Multiplied out: in millionths the budget is a whole number, and equality means equality.
    return failed * 1e6 >= rule.factor * Double(1_000_000 - objective.millionths) * total
  }

  private func burn(_ window: Window, at time: Instant) -> Double {
    let (failed, total) = seen(by: window, at: time)
    return failed / total / (1 - objective.fraction)
  }

  @inline(__always)
  private func seen(by window: Window, at time: Instant) -> (failed: Double, total: Double) {
    let (failed, total) = (Double(window.failed), Double(window.total))
    let before = (window.length - (time - start)).seconds
    guard let cleanHistory, before > 0 else { return (failed, total) }
    let requests = before * cleanHistory.requestsPerSecond
    return (failed + requests * cleanHistory.failureShare, total + requests)
  }
}

/// The sums over the readings of a sliding window.
private struct Window: Sendable {
  let length: Span
  /// The number of the first reading inside, counted from the start.
  var first = 0
  var next = 0
  var total = 0
  var failed = 0

  init(length: Span) { self.length = length }

  @inline(__always)
  mutating func advance(to time: Instant, over readings: borrowing ReadingQueue) {
    while next < readings.end {
      let reading = readings[next]
      total &+= reading.total
      failed &+= reading.failed
      next += 1
    }
    // A reading at the window's very beginning counted what came before it.
    while first < next {
      let reading = readings[first]
      guard time - reading.time >= length else { break }
      total &-= reading.total
      failed &-= reading.failed
      first += 1
    }
  }
}

/// Readings in order of time, numbered from the first one ever taken in.
private struct ReadingQueue: Sendable {
  struct Element: Sendable {
    var time: Instant
    var total: Int
    var failed: Int
  }

  private var elements: [Element] = []
  private var dropped = 0

  /// One more than the number of the last reading.
  var end: Int { dropped + elements.count }

  subscript(number: Int) -> Element { elements[number - dropped] }

  /// Adds counts as readings of nearly equal size, of which the first ones are larger by one.
  ///
  /// - Parameters:
  ///   - counts: all of them together.
  ///   - last: when the last was taken.
  ///   - parts: how many readings they are.
  ///   - interval: the time between two of them.
  mutating func append(
    _ counts: RequestCounts, until last: Instant, parts: Int, every interval: Span
  ) {
    guard parts > 1 else {
      return elements.append(Element(time: last, total: counts.total, failed: counts.failed))
    }
    let (total, oneMore) = counts.total.quotientAndRemainder(dividingBy: parts)
    let (failed, oneMoreFailed) = counts.failed.quotientAndRemainder(dividingBy: parts)
    for part in 0..<parts {
      let back = interval.nanoseconds * Int64(parts - 1 - part)
      elements.append(
        Element(
          time: Instant(nanoseconds: last.nanoseconds - back),
          total: total + (part < oneMore ? 1 : 0), failed: failed + (part < oneMoreFailed ? 1 : 0)))
    }
  }

  /// Forgets the readings before a number, once they are the larger part.
  mutating func dropFirst(_ number: Int) {
    let unused = number - dropped
    guard unused > 32, unused * 2 > elements.count else { return }
    elements.removeFirst(unused)
    dropped = number
  }
}
