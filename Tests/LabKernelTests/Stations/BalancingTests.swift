import LabKernel
import Testing

@Test func roundGoesOnWhereItStood() {
  var pointer = 0
  #expect((0..<5).map { _ in Balancing.roundRobin(&pointer, count: 3) } == [0, 1, 2, 0, 1])
  // One is added to the list, then only one is left.
  #expect((0..<3).map { _ in Balancing.roundRobin(&pointer, count: 4) } == [2, 3, 0])
  #expect((0..<2).map { _ in Balancing.roundRobin(&pointer, count: 1) } == [0, 0])
}

@Test func randomChoiceIsEven() {
  var stream = RandomStream.testing()
  let choices = (0..<100_000).map { _ in Balancing.random(stream.next(), count: 7) }
  GoodnessOfFit.expectProbabilities(of: choices, in: 0...6) { _ in 1.0 / 7 }
  #expect(Balancing.random(0, count: 7) == 0 && Balancing.random(.max, count: 7) == 6)
}

/// Both halves of a word, as one number of 49 values.
@Test func twoChoicesAreEvenAndIndependent() {
  var stream = RandomStream.testing()
  let pairs = (0..<200_000).map { _ in
    let (first, second) = Balancing.twoChoices(stream.next(), count: 7)
    return 7 * first + second
  }
  GoodnessOfFit.expectProbabilities(of: pairs, in: 0...48) { _ in 1.0 / 49 }
}

@Test func fewerJobsWinAndTheFirstDrawnWinsATie() {
  var stations = WorkerStations(workers: 1, countsPresent: true)
  let list = [stations.add(), stations.add()]
  let (lowFirst, highFirst) = (0x0000_0000_ffff_ffff as UInt64, 0xffff_ffff_0000_0000 as UInt64)
  #expect(Balancing.leastOfTwo(lowFirst, of: list, in: &stations, at: 0) == 0)
  #expect(Balancing.leastOfTwo(highFirst, of: list, in: &stations, at: 0) == 1)
  _ = stations.admit(list[0], arrival: 0, service: 10, patience: .max)
  #expect(Balancing.leastOfTwo(lowFirst, of: list, in: &stations, at: 9) == 1)
  #expect(Balancing.leastOfTwo(highFirst, of: list, in: &stations, at: 9) == 1)
  // The job leaves at 10.
  #expect(Balancing.leastOfTwo(lowFirst, of: list, in: &stations, at: 10) == 0)
}

/// With n stations and n → ∞ at load ρ, a share ρ^(2ⁱ - 1) of them has at least i jobs (Mitzenmacher 2001, section 3).
@Test func twoChoicesShortenTheLinesAsTheLimitSays() {
  let (count, load) = (200, 0.7)
  let jobs = JobSequence.poisson(jobs: 60_000, gap: 1e9 / (load * Double(count)), seed: 2) {
    1e9 * Ziggurat.exponential($0, more: $1)
  }
  var stations = WorkerStations(workers: 1, countsPresent: true)
  let list = (0..<count).map { _ in stations.add() }
  var atLeast = [Double](repeating: 0, count: 8)
  var looks = 0.0
  for job in 0..<jobs.count {
    let now = jobs.arrivals[job]
    defer {
      let place = Balancing.leastOfTwo(jobs.choices[job], of: list, in: &stations, at: now)
      _ = stations.admit(list[place], arrival: now, service: jobs.services[job], patience: .max)
    }
    // The first 20,000 jobs are a hundred services for every station.
    guard job > 20_000, job % 200 == 0 else { continue }
    looks += Double(count)
    for station in list {
      let present = stations.present(station, at: now)
      for i in 1..<8 where present >= i { atLeast[i] += 1 }
    }
  }
  // 200 stations are not infinitely many, and the load of 40,000 jobs has a deviation of 0.7%, which counts
  // 2ⁱ - 1 times.
  for (i, limit) in [(1, 0.7), (2, 0.343), (3, 0.0824)] {
    #expect(abs(atLeast[i] / looks / limit - 1) < 0.03 * Double(i), "at least \(i)")
  }
}
