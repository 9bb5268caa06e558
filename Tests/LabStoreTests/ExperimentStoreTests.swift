import GRDB
import StrategyLab
import Testing

@testable import LabStore

@Suite struct ExperimentStoreTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func open(_ access: ExperimentStore.Access = .readWrite) throws -> ExperimentStore {
    try ExperimentStore(path: folder.store, access: access)
  }

  @Test(arguments: 1...8) func recordComesBackAsItWentIn(seed: Int) throws {
    var source = RecordSource(seed: UInt64(seed))
    let record = source.record()
    let store = try open()
    let number = try store.begin(record.header)
    for start in stride(from: 0, to: record.runs.count, by: 7) {
      let batch = record.runs[start..<min(start + 7, record.runs.count)]
      try store.append(batch.reversed(), to: number)
    }
    try store.complete(number, timelines: record.timelines)
    try store.close()

    let reader = try open(.readOnly)
    let stored = try reader.record(of: number)
    #expect(stored == record)
    #expect(try reader.header(of: number) == record.header)
    #expect(try reader.runs(of: number) == record.runs)
    // Equality looks neither at the sign of a zero nor at how a text is composed.
    #expect(bits(of: stored) == bits(of: record))
    try reader.checkIntegrity()
    try reader.close()
    #expect(try folder.names == ["runs.sqlite"])
  }

  /// All numbers and free texts of a record, bit for bit.
  private func bits(of record: ExperimentRecord) -> [[UInt64]] {
    let text = { (text: String?) -> [UInt64] in text.map { $0.utf8.map(UInt64.init) } ?? [.max] }
    return [
      text(record.header.scenarioText), text(record.header.traceText),
      text(record.header.scenarioName), text(record.header.strategies.first?.outline.first),
    ]
      + record.runs.map { run in
        Metric.allCases.map { run.metrics[$0]?.bitPattern ?? .max } + text(run.defect)
          + text(run.stallReason)
      } + record.timelines.flatMap(\.rows).map { [$0.candidateWeight.bitPattern] + text($0.event) }
  }

  @Test func numbersRiseAndAreNeverUsedAgain() throws {
    var source = RecordSource(seed: 2)
    let store = try open()
    let header = source.header(strategies: 1, replications: 1)
    #expect(try store.begin(header) == 1)
    #expect(try store.begin(header) == 2)
    try store.delete(2)
    #expect(try store.begin(header) == 3)
  }

  @Test func listingShowsWhatIsStored() throws {
    var source = RecordSource(seed: 3)
    var header = source.header(strategies: 2, replications: 3)
    header.scenarioName = "checkout"
    header.scenarioTitle = "Checkout on a Friday"
    header.seed = .max
    let store = try open()
    #expect(try store.listing().isEmpty)
    let first = try store.begin(header)
    let second = try store.begin(header)
    try store.append([source.run(0, 0), source.run(1, 2), source.run(0, 1)], to: first)
    try store.complete(second, timelines: [])
    let line = ExperimentListing(
      id: 1, scenarioName: "checkout", scenarioTitle: "Checkout on a Friday", seed: .max,
      strategies: 2, runsStored: 3, replicationsPlanned: 3, isComplete: false,
      programVersion: "0.1.0")
    var other = line
    (other.id, other.runsStored, other.isComplete) = (2, 0, true)
    #expect(try store.listing() == [line, other])
  }

  @Test func deletingTakesEverythingOfOneExperimentAway() throws {
    var source = RecordSource(seed: 4)
    let store = try open()
    let records = [source.record(), source.record()]
    for record in records {
      let number = try store.begin(record.header)
      try store.append(record.runs, to: number)
      try store.complete(number, timelines: record.timelines)
    }
    try store.delete(1)
    #expect(try store.listing().map(\.id) == [2])
    #expect(try store.record(of: 2) == records[1])
    try store.checkIntegrity()
    try store.close()
    try folder.raw("runs.sqlite") { database throws in
      for table in ["strategy", "run", "timeline", "timeline_row"] {
        let sql = "SELECT COUNT(*) FROM \(table) WHERE experiment_id = 1"
        #expect(try Int.fetchOne(database, sql: sql) == 0)
      }
    }
  }

  @Test func equalRunIsPassedOver() throws {
    var source = RecordSource(seed: 5)
    let store = try open()
    let record = source.record()
    let number = try store.begin(record.header)
    try store.append(record.runs + record.runs, to: number)
    try store.append(record.runs, to: number)
    #expect(try store.runs(of: number) == record.runs)
  }

  @Test func conflictingRunLeavesItsBatchOut() throws {
    var source = RecordSource(seed: 6)
    let store = try open()
    let number = try store.begin(source.header(strategies: 1, replications: 10))
    let stored = source.run(0, 3)
    try store.append([stored], to: number)
    let batch = [source.run(0, 1), source.run(0, 3), source.run(0, 4)]
    #expect(throws: StoreError.conflictingRun(experiment: 1, strategyIndex: 0, replication: 3)) {
      try store.append(batch, to: number)
    }
    #expect(try store.runs(of: number) == [stored])
  }

  /// So many that most are inserted many at a time: first and last run, and both sides of every border.
  @Test(arguments: [0, 1, 48, 49, 50, 99, 100, 101, 119])
  func errorsAmongManyRunsAreToldInTheirOrder(place: Int) throws {
    var source = RecordSource(seed: 11)
    let store = try open()
    let number = try store.begin(source.header(strategies: 1, replications: 120))
    let runs = (0..<120).map { source.run(0, $0) }
    try store.append([runs[place]], to: number)
    // Equal runs are passed over, also twice in one batch; nothing else is left out.
    var batch = runs
    batch.insert(runs[place], at: (place + 60) % 120)
    try store.append(batch, to: number)
    #expect(try store.runs(of: number) == runs)

    let other = try store.begin(source.header(strategies: 1, replications: 120))
    let stored = source.run(0, place)
    try store.append([stored], to: other)
    #expect(throws: StoreError.conflictingRun(experiment: 2, strategyIndex: 0, replication: place))
    {
      try store.append(runs + [source.run(1, 0)], to: other)
    }
    let unplanned = StoreError.unplannedRun(
      experiment: 2, strategyIndex: 1, replication: 0, strategies: 1, replications: 120)
    #expect(throws: unplanned) { try store.append([source.run(1, 0)] + runs, to: other) }
    #expect(try store.runs(of: other) == [stored])
  }

  @Test(arguments: [(2, 0), (-1, 0), (0, 10), (0, -1)])
  func unplannedRunLeavesItsBatchOut(strategy: Int, replication: Int) throws {
    var source = RecordSource(seed: 7)
    let store = try open()
    let number = try store.begin(source.header(strategies: 2, replications: 10))
    let expected = StoreError.unplannedRun(
      experiment: 1, strategyIndex: strategy, replication: replication, strategies: 2,
      replications: 10)
    let runs = [source.run(0, 1), source.run(strategy, replication)]
    #expect(throws: expected) { try store.append(runs, to: number) }
    #expect(try store.runs(of: number).isEmpty)
    let timeline = source.timeline(strategy, replication)
    #expect(throws: expected) { try store.complete(number, timelines: [timeline]) }
    #expect(try store.listing().map(\.isComplete) == [false])
  }

  @Test func completeExperimentStaysAsItIs() throws {
    var source = RecordSource(seed: 8)
    let store = try open()
    var record = source.record()
    let last = record.runs.removeLast()
    let number = try store.begin(record.header)
    try store.append(record.runs, to: number)
    try store.complete(number, timelines: record.timelines)
    try store.complete(number, timelines: record.timelines)
    try store.append(record.runs, to: number)
    let expected = StoreError.alreadyComplete(experiment: number)
    #expect(throws: expected) { try store.append([last], to: number) }
    #expect(throws: expected) { try store.complete(number, timelines: []) }
    #expect(try store.record(of: number) == record)
  }

  @Test func timelineOfOneRunTwiceIsAnError() throws {
    var source = RecordSource(seed: 9)
    let store = try open()
    let number = try store.begin(source.header(strategies: 1, replications: 3))
    let timelines = [source.timeline(0, 2), source.timeline(0, 2)]
    #expect(throws: StoreError.repeatedTimeline(experiment: 1, strategyIndex: 0, replication: 2)) {
      try store.complete(number, timelines: timelines)
    }
    #expect(try store.record(of: number).timelines.isEmpty)
    #expect(try store.listing().map(\.isComplete) == [false])
  }

  @Test func unknownExperimentNamesTheKnownOnes() throws {
    var source = RecordSource(seed: 10)
    let store = try open()
    let header = source.header(strategies: 1, replications: 1)
    for _ in 0..<2 { _ = try store.begin(header) }
    let expected = StoreError.noSuchExperiment(path: folder.store, id: 7, known: [1, 2])
    #expect(throws: expected) { _ = try store.header(of: 7) }
    #expect(throws: expected) { _ = try store.runs(of: 7) }
    #expect(throws: expected) { _ = try store.record(of: 7) }
    #expect(throws: expected) { try store.append([], to: 7) }
    #expect(throws: expected) { try store.complete(7, timelines: []) }
    #expect(throws: expected) { try store.delete(7) }
  }

  @Test func readerMayNotWrite() throws {
    try folder.makeStore()
    let before = try folder.bytes("runs.sqlite")
    let reader = try open(.readOnly)
    #expect(throws: StoreError.openedForReading(path: folder.store)) { try reader.delete(1) }
    #expect(try reader.listing().map(\.id) == [1])
    try reader.close()
    #expect(try folder.bytes("runs.sqlite") == before)
    #expect(try folder.names == ["runs.sqlite"])
  }

  @Test func closedStoreSaysSo() throws {
    let store = try open()
    try store.close()
    try store.close()
    #expect(throws: StoreError.closed(path: folder.store)) { _ = try store.listing() }
  }

  @Test func fileAloneIsLeftWhenTheLastOneCloses() throws {
    let writer = try open()
    let reader = try open(.readOnly)
    var source = RecordSource(seed: 11)
    _ = try writer.begin(source.header(strategies: 1, replications: 1))
    try writer.close()
    #expect(try reader.listing().count == 1)
    try reader.close()
    #expect(try folder.names == ["runs.sqlite"])
  }

  @Test(arguments: [":memory:", "file:x?mode=memory", "a b%20ü?#&'.sqlite"])
  func nameThatSQLiteWouldReadDifferentlyIsAFile(name: String) throws {
    let file = StoreFile(path: name, busySeconds: 0)
    #expect(file.safePath.hasSuffix(name))
    #expect(file.safePath.hasPrefix("file:") == false && file.safePath != ":memory:")
    try folder.makeStore(name)
    #expect(try folder.names == [name])
    let store = try ExperimentStore(path: folder.path(name), access: .readOnly)
    #expect(try store.listing().count == 1)
  }
}
