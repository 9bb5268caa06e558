import Foundation
import GRDB
import StrategyLab
import Testing

@testable import LabStore

/// Several connections to one store, and one that is held.
@Suite struct SharingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func storeHeldForWritingCanBeReadAndNotWritten() throws {
    let record = try folder.makeStore()
    try withHeldStore("BEGIN IMMEDIATE") {
      let store = try ExperimentStore(path: folder.store, access: .readWrite, busySeconds: 0.1)
      #expect(throws: StoreError.locked(path: folder.store, seconds: 0.1)) { try store.delete(1) }
      #expect(try store.record(of: 1) == record)
    }
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    #expect(try store.record(of: 1) == record)
  }

  /// The connection goes on without an error, into a file that nobody finds any more.
  @Test(arguments: ["moved", "deleted", "replaced"])
  func storeThatIsGoneTakesNoMoreRuns(how: String) throws {
    var source = RecordSource(seed: 5)
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let header = source.header(strategies: 1, replications: 4)
    let number = try store.begin(header)
    try store.append([source.run(0, 0)], to: number)
    try FileManager.default.moveItem(atPath: folder.store, toPath: folder.path("old.sqlite"))
    if how == "deleted" { try FileManager.default.removeItem(atPath: folder.path("old.sqlite")) }
    if how == "replaced" { try folder.write(Data("mine".utf8), to: "runs.sqlite") }
    #expect(throws: StoreError.fileGone(path: folder.store)) {
      try store.append([source.run(0, 1)], to: number)
    }
    #expect(throws: StoreError.fileGone(path: folder.store)) {
      try store.complete(number, timelines: [])
    }
    try store.close()
    if how == "replaced" {
      let bytes = try folder.bytes("runs.sqlite")
      #expect(bytes == Data("mine".utf8))
    }
  }

  @Test(arguments: [ExperimentStore.Access.readOnly, .readWrite])
  func storeHeldAloneCannotBeOpened(access: ExperimentStore.Access) throws {
    try folder.makeStore()
    try withHeldStore("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE") {
      #expect(throws: StoreError.locked(path: folder.store, seconds: 0.1)) {
        _ = try ExperimentStore(path: folder.store, access: access, busySeconds: 0.1)
      }
    }
  }

  @Test func writerWaitsForItsTurn() throws {
    try folder.makeStore()
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let other = try DatabaseQueue(path: folder.store, configuration: unsafe)
    try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    // A thread of its own: the pool of tasks may be taken by other tests for longer than the store waits.
    let holder = Thread {
      Thread.sleep(forTimeInterval: 0.05)
      try? other.inDatabase { try $0.execute(sql: "COMMIT") }
    }
    holder.start()
    try store.delete(1)
    #expect(try store.listing().isEmpty)
  }

  /// Lets another connection hold a transaction while the body runs.
  private func withHeldStore(_ sql: String, _ body: () throws -> Void) throws {
    let other = try DatabaseQueue(path: folder.store, configuration: unsafe)
    try other.inDatabase { try $0.execute(sql: sql) }
    try body()
    try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
    try other.close()
  }

  /// A connection whose transaction may outlive a call.
  private var unsafe: Configuration {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return configuration
  }

  /// How long a program waits for others where a slow disk is not what is tested: each makes several transactions, and
  /// each of these waits for the disk.
  private static let patience = 120.0

  @Test func programsThatMakeTheSameStoreMakeOne() async throws {
    for round in 0..<10 {
      let path = folder.path("\(round).sqlite")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for seed in 1...4 {
          group.addTask {
            var source = RecordSource(seed: UInt64(seed))
            let store = try ExperimentStore(
              path: path, access: .readWrite, busySeconds: Self.patience)
            _ = try store.begin(source.header(strategies: 2, replications: 3))
            try store.close()
          }
        }
        try await group.waitForAll()
      }
      let store = try ExperimentStore(path: path, access: .readOnly)
      #expect(try store.listing().map(\.id) == [1, 2, 3, 4])
      try store.checkIntegrity()
      try store.close()
    }
    #expect(try folder.names.count == 10)
  }

  @Test func writersToDifferentExperimentsAndReadersDoNotDisturbEachOther() async throws {
    let path = folder.store
    let records = (1...3).map { seed in
      var source = RecordSource(seed: UInt64(seed))
      return source.record(strategies: 2, replications: 60)
    }
    let first = try ExperimentStore(path: path, access: .readWrite, busySeconds: Self.patience)
    let numbers = try records.map { try first.begin($0.header) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (record, number) in zip(records, numbers) {
        group.addTask {
          let store = try ExperimentStore(
            path: path, access: .readWrite, busySeconds: Self.patience)
          for start in stride(from: 0, to: record.runs.count, by: 6) {
            try store.append(Array(record.runs[start..<start + 6]), to: number)
          }
          try store.complete(number, timelines: record.timelines)
          try store.close()
        }
        group.addTask {
          let store = try ExperimentStore(path: path, access: .readOnly)
          var seen = 0
          while seen < record.runs.count {
            // Whole batches only, and what was seen once is seen again.
            let runs = try store.runs(of: number)
            #expect(runs.count % 6 == 0 && runs.count >= seen)
            #expect(runs == Array(record.runs.prefix(runs.count)))
            seen = runs.count
            await Task.yield()
          }
          try store.close()
        }
      }
      try await group.waitForAll()
    }
    for (record, number) in zip(records, numbers) {
      #expect(try first.record(of: number) == record)
    }
    try first.checkIntegrity()
    try first.close()
    #expect(try folder.names == ["runs.sqlite"])
  }

  @Test func oneStoreServesManyThreads() async throws {
    var source = RecordSource(seed: 5)
    let record = source.record(strategies: 4, replications: 20)
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let number = try store.begin(record.header)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for strategy in 0..<4 {
        group.addTask {
          for run in record.runs where run.strategyIndex == strategy {
            try store.append([run], to: number)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.runs(of: number) == record.runs)
  }
}
