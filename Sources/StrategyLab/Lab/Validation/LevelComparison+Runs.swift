extension LevelComparison {
  /// What the runs of both levels say.
  ///
  /// - Parameters:
  ///   - scenario: What was played.
  ///   - flow: The runs of the flow level.
  ///   - request: The runs of the request level; a replication that only one level has is left out.
  public init(scenario: Scenario, flow: [RunResult], request: [RunResult]) {
    let grain = MetricGrain(scenario)
    var rows: [Row] = []
    var uncounted: [Double?] = []
    var replications = 0
    for strategy in scenario.strategies.indices {
      let pairs = Self.pairs(of: strategy, flow, request)
      replications = max(replications, pairs.count)
      for subject in Subject.all {
        let columns = (
          pairs.map { Self.value(of: subject, in: $0.flow) },
          pairs.map { Self.value(of: subject, in: $0.request) }
        )
        let test = Self.test(subject, columns, grain)
        rows.append(Self.row(strategy, subject, columns, test))
        uncounted.append(test.uncountedProbability)
      }
    }
    Self.judge(&rows, uncounted: uncounted)
    self.init(
      scenarioName: scenario.name, seed: scenario.experiment.seed, replications: replications,
      requestsPerReplication: scenario.traffic.requests(until: scenario.experiment.horizon),
      strategies: scenario.strategies.map(\.name), rows: rows)
  }

  /// The runs of a strategy that both levels have, by replication.
  private static func pairs(
    of strategy: Int, _ flow: [RunResult], _ request: [RunResult]
  ) -> [(flow: RunResult, request: RunResult)] {
    func mine(_ runs: [RunResult]) -> [RunResult] {
      runs.filter { $0.strategyIndex == strategy }.sorted { $0.replication < $1.replication }
    }
    let (left, right) = (mine(flow), mine(request))
    var pairs: [(flow: RunResult, request: RunResult)] = []
    var next = 0
    for run in left {
      while next < right.count, right[next].replication < run.replication { next += 1 }
      guard next < right.count, right[next].replication == run.replication else { continue }
      pairs.append((run, right[next]))
    }
    return pairs
  }

  /// A row's value in one run; not-a-number where there is none, 1 or 0 for an outcome.
  private static func value(of subject: Subject, in run: RunResult) -> Double {
    switch subject {
    case .outcome(let outcome): run.outcome == outcome ? 1 : 0
    case .metric(let metric): run.metrics[metric] ?? .nan
    }
  }

  private static func test(
    _ subject: Subject, _ columns: (flow: [Double], request: [Double]), _ grain: MetricGrain
  ) -> LevelTest {
    switch subject {
    case .outcome: LevelTest(shares: columns.flow, columns.request)
    case .metric(let metric):
      LevelTest(
        PairedLevels(
          flow: columns.flow, request: columns.request, grain: grain.grain(of: metric),
          resolution: grain.resolution(of: metric)))
    }
  }

  private static func row(
    _ strategy: Int, _ subject: Subject, _ columns: (flow: [Double], request: [Double]),
    _ test: LevelTest
  ) -> Row {
    let flow = columns.flow.filter { !$0.isNaN }
    let request = columns.request.filter { !$0.isNaN }
    return Row(
      strategyIndex: strategy, subject: subject, flowMean: StudentInterval(flow)?.mean,
      flowCount: flow.count, requestMean: StudentInterval(request)?.mean,
      requestCount: request.count, pairs: test.pairs, difference: test.difference,
      halfWidth: test.halfWidth, agreesUnpaired: agreesUnpaired(flow, request),
      probability: test.probability,
      verdict: flow.isEmpty && request.isEmpty
        ? .notApplicable : test.probability == nil ? .tooFew : .agree)
  }

  /// Whether the 99% interval of samples that are taken as unrelated holds no difference; nil if there is none.
  private static func agreesUnpaired(_ flow: [Double], _ request: [Double]) -> Bool? {
    guard let one = StudentInterval(flow), let other = StudentInterval(request), one.count > 1,
      other.count > 1
    else { return nil }
    // Where neither varies, only equal means agree.
    let halfWidth = WelchTest(flow, request)?.halfWidth(confidence: 0.99) ?? 0
    let scale = (flow + request).reduce(0) { max($0, $1.magnitude) }
    return (other.mean - one.mean).magnitude <= halfWidth + 1e-9 * scale
  }

  /// Gives every row that can be compared its corrected probability and its verdict.
  private static func judge(_ rows: inout [Row], uncounted: [Double?]) {
    let compared = rows.indices.filter { rows[$0].verdict == .agree }
    let adjusted = MultipleComparisons.holm(compared.compactMap { rows[$0].probability })
    for (index, value) in zip(compared, adjusted) {
      rows[index].adjusted = value
      if value <= familyLevel {
        rows[index].verdict = .differ
      } else if let alone = uncounted[index], alone * Double(compared.count) <= familyLevel {
        rows[index].verdict = .tooFew
      }
    }
  }
}

/// What a pair of columns comes to before the table as a whole is judged.
struct LevelTest {
  let pairs: Int
  let difference: Double?
  let halfWidth: Double?
  let probability: Double?
  let uncountedProbability: Double?

  /// The test of a metric.
  init(_ levels: PairedLevels) {
    pairs = levels.pairs
    difference = levels.difference
    halfWidth = levels.halfWidth
    probability = levels.probability
    uncountedProbability = levels.uncountedProbability
  }

  /// The test of the share of replications that end in one way, by McNemar.
  ///
  /// The interval is Wald's after adding one half to each of the four counts: Agresti and Min (2005), "Simple Improved
  /// Confidence Intervals for Comparing Matched Proportions", Statistics in Medicine 24(5), 729-740,
  /// doi:10.1002/sim.1781.
  ///
  /// - Parameters:
  ///   - flow: 1 for each world that ended so at the flow level, else 0.
  ///   - request: The same at the request level.
  init(shares flow: [Double], _ request: [Double]) {
    let onlyFlow = zip(flow, request).count { $0 > $1 }
    let onlyRequest = zip(flow, request).count { $0 < $1 }
    pairs = min(flow.count, request.count)
    guard pairs >= PairedLevels.leastPairs else {
      difference = pairs > 0 ? Double(onlyRequest - onlyFlow) / Double(pairs) : nil
      (halfWidth, probability, uncountedProbability) = (nil, nil, nil)
      return
    }
    difference = Double(onlyRequest - onlyFlow) / Double(pairs)
    let size = Double(pairs) + 2
    let (a, b) = ((Double(onlyRequest) + 0.5) / size, (Double(onlyFlow) + 0.5) / size)
    // 2.576 is the normal law's 99.5th percentile.
    halfWidth = 2.5758293035489004 * ((a + b - (a - b) * (a - b)) / size).squareRoot()
    let exact =
      PairedLevels.presence(onlyFlow: onlyFlow, onlyRequest: onlyRequest, worlds: pairs) ?? 1
    (probability, uncountedProbability) = (exact, exact)
  }
}
