import LabKernel

/// How long requests wait at a replica in balance, below, at and above full load, with callers who give up after a time.
///
/// The virtual wait V is what a request finds before it. Whoever finds more than the patience t leaves at once. With c
/// workers, arrivals at the rate l, and a service time S of mean 1, its density f at v up to t satisfies the balance
/// of crossings of a level
///
///     f(v) = l p e(v) + l ∫₀ᵛ f(u) P(S > c (v - u)) du,   e(v) = P(Sₑ > v)ᶜ⁻¹ P(S > v)
///
/// where p is the probability of c - 1 busy workers and Sₑ the service time's equilibrium law; beyond t the integral ends at
/// t. It is exact for one worker and any law, and for exponential services and any number of workers (Barrer 1957,
/// doi:10.1287/opre.5.5.650); otherwise it is the approximation of Tijms, van
/// Hoorn and Federgruen (1981, doi:10.2307/1426474), by which c busy workers are one of c times the speed, and the others' services are
/// in equilibrium when the last worker is taken. With less than c busy, they are distributed as in M/M/c.
///
/// The equation is solved on a lattice: jumps are split between neighbouring points so that mass and mean are kept. Above
/// full load only the last stretch below t counts, where the law has forgotten how it began.
struct WaitingLaw {
  /// The probability that a request that does not leave at once finds a free worker.
  private(set) var free = 1.0
  /// The probability that a request leaves at once.
  private(set) var lost = 0.0
  /// The mean wait of those who stay, in mean service times.
  private(set) var meanWait = 0.0
  /// Pieces of the wait of those who wait: its middle, its width and its probability among all who stay.
  private(set) var pieces: [(middle: Double, width: Double, mass: Double)] = []

  /// The wait in closed form, where services are exponential.
  private(set) var exponential: ExponentialWait?
  /// The probability of each piece and of all longer ones.
  private var longer: [Double] = []

  /// What is left of a jump that is not followed any longer.
  private static let negligible = 1e-9
  /// Steps of the whole lattice.
  private static let steps = 50_000.0

  /// The wait at a replica of some workers.
  ///
  /// - Parameters:
  ///   - service: the service time.
  ///   - workers: how many work side by side.
  ///   - utilisation: arrivals in a mean service time, for each worker.
  ///   - patience: the longest wait, in mean service times.
  init(service: ServiceCurve, workers: Int, utilisation: Double, patience: Double) {
    guard utilisation > 0, service.mean > 0, patience > 0 else { return }
    if service.isExponential {
      let wait = ExponentialWait(
        workers: workers, utilisation: utilisation, patience: patience)
      exponential = wait
      (free, lost, meanWait) = (wait.freeShare, wait.lost, wait.meanWait)
      return
    }
    let count = Double(workers)
    let rate = utilisation * count
    // The mean of a jump's equilibrium law, which sets the scale.
    let scale = (1 + service.squaredVariation) / (2 * count)
    let curve = service.reader
    let distance = abs(1 - utilisation)
    var length = patience
    if distance > 0 {
      let reach = 20 * scale / distance
      length = min(patience, reach + (utilisation < 1 ? 8 * scale + 6 / count : 8 * scale))
    }
    let isWindow = utilisation > 1 && length < patience
    let isCut = utilisation < 1 && length < patience
    // A point costs as many steps as a jump reaches, so that there can be more of them where jumps are short.
    var reach = 1.0
    while curve.excess(over: reach) > Self.negligible { reach *= 1.25 }
    let parts = length / min(length, reach / count)
    let points = Int(min(2048, (Self.steps * parts).squareRoot()))
    let step = length / Double(points)

    let jumps = Self.split(step, points) { curve.excess(over: $0 * count) / count }
    let entries =
      isWindow
      ? (left: [1.0], right: [0.0])
      : Self.split(step, points) {
        UserExposure.integerPower(curve.excess(over: $0), workers) / count
      }
    var mass = [Double](repeating: 0, count: points + 1)
    mass.withUnsafeMutableBufferPointer { mass in
      for index in 0..<min(entries.left.count, mass.count) {
        mass[index] = rate * (entries.left[index] + (index < points ? entries.right[index] : 0))
      }
      let own = 1 - rate * jumps.right[0]
      let weights = zip(jumps.left, jumps.right).map { rate * ($0 + $1) }
      weights.withUnsafeBufferPointer { weights in
        for index in 0..<points {
          let here = mass[index] / own
          mass[index] = here
          let reach = min(weights.count - 1, points - 1 - index)
          var jump = 1
          while jump <= reach {
            mass[index + jump] += here * weights[jump]
            jump += 1
          }
          // What lands beyond the last point leaves.
          let last = points - index
          if last < jumps.left.count { mass[points] += here * rate * jumps.left[last] }
        }
      }
    }
    var beyond =
      isWindow || isCut
      ? 0 : utilisation * UserExposure.integerPower(curve.excess(over: length), workers)
    if !isCut {
      for index in 0...points {
        let rest = (length - Double(index) * step) * count
        beyond += mass[index] * utilisation * curve.excess(over: rest)
      }
    }
    // Relative to c - 1 busy workers.
    var notAll = 0.0
    if !isWindow {
      var term = 1.0
      for busy in stride(from: workers - 1, through: 0, by: -1) {
        notAll += term
        term *= Double(busy) / rate
        // Far below full load there are as good as always free workers.
        if term < 1e-18 * notAll || notAll > 1e250 { break }
      }
    }
    var shortened = 1.0
    if utilisation < 1, workers > 1, service.squaredVariation < 1 {
      let moment = zip(entries.left, entries.right).enumerated().reduce(0.0) {
        $0 + Double($1.offset) * ($1.element.0 + $1.element.1)
      }
      let part = Self.correction(
        workers: count, utilisation: utilisation, squaredVariation: service.squaredVariation,
        minimumRest: moment * step * count)
      // Half of it are those who need not wait after all, since a worker is free; half are shorter waits.
      let root = part.squareRoot()
      notAll += (1 - root) * mass.reduce(0, +)
      for index in mass.indices { mass[index] *= root }
      beyond *= root
      shortened = root
    }
    let waiting = mass.reduce(0, +)
    let staying = notAll + waiting
    // Where the workers are never idle, what they do is all that is done.
    lost = isWindow ? 1 - 1 / utilisation : beyond / (staying + beyond)
    free = notAll / staying
    let start = isWindow ? patience - length : 0
    keep(
      mass, start: start, step: step * shortened, staying: staying, isTailFirst: utilisation >= 1)
  }

  /// The mean wait by a better approximation, divided by that of this one.
  ///
  /// Both are right at full load, by the law's variation alone, and at no load, where a request waits for the first of c services
  /// in equilibrium (Burman and Smith 1983, doi:10.1287/moor.8.1.15). In between this one is straight, and too high
  /// by up to some percent. For services of equal length Cosmetatos (1975, INFOR 13) gives the way between the two, which
  /// Kimura (1991, doi:10.1057/jors.1991.119) bends to the right value at no load; other services that vary less than
  /// exponential ones go nearly the same way. Where they vary more, the straight one is the better one as it stands.
  ///
  /// - Parameters:
  ///   - workers: how many work side by side.
  ///   - utilisation: the load of each, below 1.
  ///   - squaredVariation: that of the service time.
  ///   - minimumRest: the mean of the least of so many services in equilibrium, in mean service times.
  /// - Returns: a factor of at most 1.
  private static func correction(
    workers: Double, utilisation: Double, squaredVariation: Double, minimumRest: Double
  ) -> Double {
    let idle = 1 - utilisation
    let (empty, full) = (minimumRest * workers, (1 + squaredVariation) / 2)
    let term =
      idle * (workers - 1) * ((4 + 5 * workers).squareRoot() - 2) / (16 * utilisation * workers)
    let part = term * (workers + 1) / (workers - 1)
    let way = part * (1 - Elementary.exponential(-1 / part))
    return min(1, (full + (empty - full) * way) / (full + (empty - full) * idle))
  }

  /// Joins points to pieces of the same mean: narrow ones where most requests are, wide ones in the tail.
  private mutating func keep(
    _ mass: [Double], start: Double, step: Double, staying: Double, isTailFirst: Bool
  ) {
    let narrow = max(1, mass.count / 256)
    let wide = narrow * 5
    var index = 0
    while index < mass.count {
      let fromTail = isTailFirst ? mass.count - 1 - index : index
      let end = min(index + (fromTail < 90 * narrow ? narrow : wide), mass.count)
      var sum = 0.0
      var moment = 0.0
      for point in index..<end {
        sum += mass[point]
        moment += mass[point] * (start + Double(point) * step)
      }
      if sum > 1e-12 * staying {
        let middle = moment / sum
        // No piece reaches below no wait, and none is a point.
        let width = max(min(Double(end - index) * step, 2 * middle), step * 1e-3)
        pieces.append((middle, width, sum / staying))
        meanWait += moment / staying
      }
      index = end
    }
    longer = pieces.map(\.mass)
    for index in pieces.indices.reversed().dropFirst() { longer[index] += longer[index + 1] }
  }

  /// The probability that the wait and the service together take longer than a time, in mean service times.
  ///
  /// - Parameters:
  ///   - time: the time.
  ///   - alone: the probability that the service alone takes longer.
  ///   - service: the service time.
  /// - Returns: a probability, of requests that do not leave at once.
  func survival(_ time: Double, alone: Double, service: ServiceCurve.Reader) -> Double {
    if let exponential { return exponential.survival(time) }
    var sum = free * alone
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      let half = piece.width / 2
      // Whoever waits longer than the time takes longer.
      guard piece.middle - half < time else {
        sum += longer[index]
        break
      }
      index += 1
      let nearer = time - piece.middle
      sum +=
        piece.mass / piece.width
        * (service.excess(over: nearer - half) - service.excess(over: nearer + half))
    }
    return min(1, sum)
  }

  /// Splits a law between the points of a lattice, from its excess: the integral of what lies beyond a time.
  ///
  /// - Returns: what each point gets of the cell before it and of the cell behind it, until nothing is left.
  private static func split(
    _ step: Double, _ points: Int, _ excess: (Double) -> Double
  )
    -> (left: [Double], right: [Double])
  {
    var left = [0.0]
    var right: [Double] = []
    left.reserveCapacity(points + 1)
    right.reserveCapacity(points + 1)
    var before = excess(0)
    let all = before
    for index in 0..<points {
      let start = Double(index) * step
      let after = excess(start + step)
      // Simpson's rule on two halves.
      let middle = 4 * (excess(start + step / 4) + excess(start + step * 3 / 4))
      let mean = (before + after + middle + 2 * excess(start + step / 2)) / 12
      right.append(before - mean)
      left.append(mean - after)
      before = after
      if after < negligible * all { break }
    }
    right.append(0)
    return (left, right)
  }
}
