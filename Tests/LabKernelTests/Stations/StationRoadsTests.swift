import LabKernel
import Testing

/// How many workers, how many stations, and how many jobs make a test of both roads.
private let sizes: [(workers: Int, stations: Int, jobs: Int)] = [
  (1, 1, 3000), (1, 7, 6000), (2, 5, 6000), (4, 3, 6000), (16, 3, 6000), (17, 3, 6000),
  (400, 2, 8000),
]

private func expectSameFates(
  _ jobs: JobSequence, workers: Int, stations: Int, patience: Int64, rule: BalancingRule,
  sourceLocation: SourceLocation = #_sourceLocation
) -> [JobFate] {
  let recursion = recursionFates(
    of: jobs, workers: workers, stations: stations, patience: patience, rule: rule)
  let events = eventFates(
    of: jobs, workers: workers, stations: stations, patience: patience, rule: rule)
  let parted = recursion.indices.first { recursion[$0] != events[$0] }
  if let parted {
    Issue.record(
      "job \(parted) at \(jobs.arrivals[parted]): \(recursion[parted]) and \(events[parted])",
      sourceLocation: sourceLocation)
  }
  return recursion
}

/// A load of 1.2 makes lines; the patience is half of a service, so that some give up and some do not.
@Test(arguments: BalancingRule.allCases, [Int64.max, 500_000_000, 0])
func bothRoadsGiveTheSameStartsAndDepartures(rule: BalancingRule, patience: Int64) {
  for (index, size) in sizes.enumerated() {
    let jobs = JobSequence.poisson(
      jobs: size.jobs, gap: 1e9 / (1.2 * Double(size.workers * size.stations)), seed: UInt64(index)
    ) { 1e9 * Ziggurat.exponential($0, more: $1) }
    let fates = expectSameFates(
      jobs, workers: size.workers, stations: size.stations, patience: patience, rule: rule)
    // The test is about lines, and with patience about those who give up.
    let waits = zip(fates, jobs.arrivals).count { $0.start > $1 }
    let leaves = fates.count { $0.start < 0 }
    #expect((waits > 0) == (patience > 0) && (leaves > 0) == (patience < .max))
  }
}

/// Gaps and services of a few nanoseconds: arrivals, ends of service and ends of patience coincide all the time.
@Test(arguments: BalancingRule.allCases, [Int64.max, 5, 0])
func bothRoadsDecideTiesAlike(rule: BalancingRule, patience: Int64) {
  for (index, size) in sizes.enumerated() {
    // A mean gap of 1 and a mean service that keeps the workers busy: a load of 1.
    let jobs = JobSequence.ties(
      jobs: size.jobs, gap: 2, service: UInt64(2 * size.workers * size.stations),
      seed: UInt64(100 + index))
    _ = expectSameFates(
      jobs, workers: size.workers, stations: size.stations, patience: patience, rule: rule)
  }
}

@Test func bothRoadsServeJobsThatTakeNoTime() {
  let jobs = JobSequence.ties(jobs: 3000, gap: 1, service: 1, seed: 5)
  for rule in BalancingRule.allCases {
    for patience in [Int64.max, 1, 0] {
      _ = expectSameFates(jobs, workers: 1, stations: 1, patience: patience, rule: rule)
      _ = expectSameFates(jobs, workers: 2, stations: 2, patience: patience, rule: rule)
    }
  }
}
