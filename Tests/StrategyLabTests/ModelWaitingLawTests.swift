import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// Waiting with callers who give up, against closed forms and against requests that are played one by one.
struct ModelWaitingLawTests {
  /// M/M/c with patience t: the density of the wait is proportional to e^-(c - l)v up to t (Barrer 1957).
  private static func closedForm(workers: Int, utilisation: Double, patience: Double)
    -> (lost: Double, late: Double)
  {
    let count = Double(workers)
    let rate = count * utilisation
    var notAll = 0.0
    var term = 1.0
    for busy in stride(from: workers - 1, through: 0, by: -1) {
      notAll += term
      term *= Double(busy) / rate
    }
    // The integral of e^(slope v) over the patience.
    func integral(_ slope: Double) -> Double {
      slope == 0 ? patience : Elementary.exponentialMinusOne(slope * patience) / slope
    }
    let slope = rate - count
    let waiting = rate * integral(slope)
    let beyond = utilisation * Elementary.exponential(slope * patience)
    let tail = Elementary.exponential(-patience)
    let late = notAll * tail + rate * tail * integral(slope + 1)
    return (beyond / (notAll + waiting + beyond), late / (notAll + waiting))
  }

  @Test(arguments: [1, 4, 8], [20.0, 50, 100])
  func aroundFullLoadItIsTheQueueWithPatience(_ workers: Int, _ patience: Double) {
    var model = plainScenario(strategies: []).service
    model.workers = workers
    model.serviceTime = .exponential(mean: .seconds(1))
    model.timeout = Span(seconds: patience)
    let table = LatencyTable(service: model, factor: 1, largestFactor: 1, slowSeconds: 1)
    for utilisation in [0.8, 0.9, 0.95, 0.98, 0.995, 1, 1.002, 1.01, 1.03, 1.07, 1.1, 1.2, 1.5] {
      let found = table.columns.balance(utilisation: utilisation)
      let expected = Self.closedForm(
        workers: workers, utilisation: utilisation, patience: patience)
      // The columns next to full load are a thousandth apart, in which a long queue changes much.
      #expect(
        abs(found.lost - expected.lost) < 0.01 * expected.lost + 2e-4,
        "\(utilisation): \(found.lost) for \(expected.lost)")
      #expect(
        abs(found.late - expected.late) < 0.02 * expected.late + 1e-3,
        "\(utilisation): \(found.late) for \(expected.late)")
    }
  }

  @Test func farAboveFullLoadWhatIsServedIsTheCapacity() {
    let service = SpanDistribution.lognormal(median: .seconds(1), percentile95: .seconds(3))
    var model = plainScenario(strategies: []).service
    model.workers = 4
    model.serviceTime = service
    model.timeout = .seconds(100)
    let table = LatencyTable(service: model, factor: 1, largestFactor: 1, slowSeconds: 1)
    for utilisation in [2, 2.9, 7, 1000.0] {
      let found = table.columns.balance(utilisation: utilisation)
      #expect(abs((1 - found.lost) * utilisation - 1) < 1e-9)
    }
  }

  /// What became of requests at a replica, each played by the recursion of Kiefer and Wolfowitz (1955).
  private struct Played {
    var lost = 0.0
    var late = 0.0
    var answered: [Double] = []
  }

  private static func play(
    _ service: SpanDistribution, workers: Int, utilisation: Double, patience: Double, count: Int
  ) -> Played {
    var stream = RandomStream(seed: 11, replication: 0, purpose: RandomPurpose(rawValue: 1))
    var free = [Double](repeating: 0, count: workers)
    var played = Played()
    var now = 0.0
    let gap = service.mean / (utilisation * Double(workers))
    for _ in 0..<count {
      now += stream.exponential(mean: gap)
      let work = service.sample(from: &stream).seconds
      var worker = 0
      for other in 1..<max(workers, 1) where free[other] < free[worker] { worker = other }
      let start = max(now, free[worker])
      if start - now > patience {
        played.lost += 1
        continue
      }
      free[worker] = start + work
      let response = start + work - now
      if response > patience { played.late += 1 } else { played.answered.append(response) }
    }
    played.late /= Double(count) - played.lost
    played.lost /= Double(count)
    played.answered.sort()
    return played
  }

  /// The median of a service alone lies on its steep part, so that a few waits move it, and a small error shows.
  @Test(arguments: [0.27, 0.35, 0.43, 0.6])
  func atLightLoadTheMedianIsThatOfRequestsPlayedOneByOne(_ utilisation: Double) {
    let service = SpanDistribution.lognormal(
      median: .milliseconds(60), percentile95: .milliseconds(150))
    var model = plainScenario(strategies: []).service
    model.workers = 4
    model.serviceTime = service
    model.timeout = .seconds(2)
    let table = LatencyTable(service: model, factor: 1, largestFactor: 1, slowSeconds: 1)
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    let median = table.latency(
      exceededBy: 0.5, of: [(column, 1 - next), (column + 1, next)])

    // What a wait adds to the probability of taking longer is far less noisy than the latencies themselves.
    var stream = RandomStream(seed: 5, replication: 0, purpose: RandomPurpose(rawValue: 1))
    var free = [0.0, 0, 0, 0]
    var now = 0.0
    var added = 0.0
    let alone = service.survival(median)
    let count = 400_000
    for _ in 0..<count {
      now += stream.exponential(mean: service.mean / (utilisation * 4))
      var worker = 0
      for other in 1..<4 where free[other] < free[worker] { worker = other }
      let start = max(now, free[worker])
      if start > now {
        added += (start - now < median ? service.survival(median - (start - now)) : 1) - alone
      }
      free[worker] = start + service.sample(from: &stream).seconds
    }
    // 0.07% of the median, and the noise of the play.
    let noise = 0.02 * added / Double(count)
    #expect(
      abs(alone + added / Double(count) - 0.5) < 0.0005 + noise,
      "\(alone + added / Double(count)) take longer than \(median)")
  }

  /// A law, workers, utilisation, the patience in mean services, and the errors allowed of the median and the 99th percentile.
  ///
  /// One worker is exact; the rest is the noise of the play, at a load of 90% some percent. More workers are an approximation.
  static let queues: [(SpanDistribution, Int, Double, Double, Double, Double)] = [
    (.fixed(.seconds(1)), 1, 0.6, 60, 0.02, 0.06),
    (.lognormal(median: .seconds(1), percentile95: .seconds(3)), 1, 0.7, 60, 0.02, 0.06),
    (.lognormal(median: .seconds(1), percentile95: .seconds(3)), 4, 0.7, 60, 0.01, 0.02),
    (.lognormal(median: .seconds(1), percentile95: .seconds(3)), 8, 1.1, 30, 0.01, 0.01),
    (.gamma(mean: .seconds(1), variation: 0.5), 4, 0.7, 60, 0.01, 0.03),
    (.gamma(mean: .seconds(1), variation: 2), 4, 0.4, 60, 0.05, 0.06),
    (.fixed(.seconds(1)), 8, 0.5, 60, 0.001, 0.02),
    (.fixed(.seconds(1)), 4, 1.2, 40, 0.01, 0.01),
  ]

  @Test(arguments: queues)
  func latenciesAreThoseOfRequestsPlayedOneByOne(
    _ service: SpanDistribution, _ workers: Int, _ utilisation: Double, _ patience: Double,
    _ medianError: Double, _ tailError: Double
  ) {
    let seconds = patience * service.mean
    let played = Self.play(
      service, workers: workers, utilisation: utilisation, patience: seconds, count: 150_000)
    var model = plainScenario(strategies: []).service
    model.workers = workers
    model.serviceTime = service
    model.timeout = Span(seconds: seconds)
    let table = LatencyTable(service: model, factor: 1, largestFactor: 1, slowSeconds: 1)
    let balance = table.columns.balance(utilisation: utilisation)
    #expect(abs(balance.lost - played.lost) < 0.01, "\(balance.lost) for \(played.lost)")
    #expect(abs(balance.late - played.late) < 0.03, "\(balance.late) for \(played.late)")
    let columns = [(balance.column, 1 - balance.next), (balance.column + 1, balance.next)]
    for (share, error) in [(0.5, medianError), (0.01, tailError)] {
      let exceeding = balance.late + share * (1 - balance.late)
      let found = table.latency(exceededBy: exceeding, of: columns)
      let place = Int(Double(played.answered.count) * (1 - share))
      let expected = played.answered[place]
      #expect(abs(found - expected) < error * expected, "\(share): \(found) for \(expected)")
    }
  }
}
