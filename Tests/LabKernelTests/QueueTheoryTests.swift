import LabKernel
import LabUnits
import Testing

/// A queue of one line and several servers on the kernel, as small as it can be.
private struct Queue {
  enum Event: BitwiseCopyable {
    case arrival
    case departure(arrivedAt: Instant)
  }

  var calendar = EventCalendar<Event>()
  var waiting: [Instant] = []
  var nextWaiting = 0
  var busy = 0
  var present = TimeWeightedCount(value: 0, at: .zero)
  /// The total time that all customers spent in the system, in nanoseconds.
  var totalResponse: Int128 = 0
  /// Response times, in seconds, of the customers after the warm-up.
  var responses = Accumulation()
  var end = Instant.zero

  /// Serves a number of customers until the last has left.
  init(arrivals: Double, service: SpanDistribution, servers: Int, customers: Int, entity: Int) {
    var gaps = RandomStream.testing(entity: 2 * entity)
    var services = RandomStream.testing(entity: 2 * entity + 1)
    let gap = SpanDistribution.exponential(mean: Span(seconds: 1 / arrivals))
    var arrived = 0
    calendar.schedule(.arrival, at: .zero + gap.sample(from: &gaps))
    while let (now, event) = calendar.popFirst() {
      precondition(now >= end, "time never runs backwards")
      end = now
      switch event {
      case .arrival:
        arrived += 1
        present.add(1, at: now)
        waiting.append(now)
        if arrived < customers {
          calendar.schedule(.arrival, at: now + gap.sample(from: &gaps))
        }
      case .departure(let arrivedAt):
        busy -= 1
        present.add(-1, at: now)
        let response = now - arrivedAt
        totalResponse += Int128(response.nanoseconds)
        if arrived > customers / 10 { responses.add(response.seconds) }
      }
      while busy < servers && nextWaiting < waiting.count {
        busy += 1
        calendar.schedule(
          .departure(arrivedAt: waiting[nextWaiting]), at: now + service.sample(from: &services))
        nextWaiting += 1
      }
    }
  }
}

/// Means of replications, with the theory's value to compare with.
private func expectMeanResponse(
  _ theory: Double, arrivals: Double, service: SpanDistribution, servers: Int,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var means = Accumulation()
  for replication in 0..<10 {
    let queue = Queue(
      arrivals: arrivals, service: service, servers: servers, customers: 8000, entity: replication)
    means.add(queue.responses.mean)
    // Little's law is exact when the system starts and ends empty: both sides are the same area.
    #expect(
      queue.present.integral(until: queue.end) == queue.totalResponse,
      sourceLocation: sourceLocation)
  }
  // Student's 99.9% two-sided quantile for nine degrees of freedom.
  let halfWidth = 4.781 * means.standardError
  #expect(abs(means.mean - theory) < halfWidth, sourceLocation: sourceLocation)
  #expect(
    halfWidth < 0.15 * theory, "precise enough to mean something", sourceLocation: sourceLocation)
}

@Test func oneExponentialServerHasTheResponseOfMM1() {
  // 1 / (μ - λ), μ = 10 and λ = 7.
  expectMeanResponse(
    1.0 / 3, arrivals: 7, service: .exponential(mean: .milliseconds(100)), servers: 1)
}

@Test func twoExponentialServersHaveTheResponseOfMM2() {
  // 1 / (μ (1 - ρ²)), μ = 10 and ρ = λ / 2μ = 0.7.
  expectMeanResponse(
    0.1 / 0.51, arrivals: 14, service: .exponential(mean: .milliseconds(100)), servers: 2)
}

@Test func oneGeneralServerHasTheResponseOfPollaczekAndKhinchin() {
  let service = SpanDistribution.gamma(mean: .milliseconds(100), variation: 0.5)
  // The wait is ρ / (1 - ρ) times the mean service times half of one plus the squared variation.
  let wait = 0.7 / 0.3 * service.mean * (1 + service.squaredVariation) / 2
  expectMeanResponse(service.mean + wait, arrivals: 7, service: service, servers: 1)
}

@Test func sameSeedPlaysTheSameQueue() {
  func play() -> UInt64 {
    var digest = Digest()
    let queue = Queue(
      arrivals: 14,
      service: .lognormal(median: .milliseconds(80), percentile95: .milliseconds(200)),
      servers: 2, customers: 2000, entity: 3)
    digest.add(UInt64(queue.end.nanoseconds))
    digest.add(UInt64(truncatingIfNeeded: queue.totalResponse))
    digest.add(queue.responses.mean.bitPattern)
    return digest.value
  }
  #expect(play() == play())
}
