import Foundation
import GRDB
import StrategyLab
import Testing

@testable import LabStore

/// Programs that are killed, and disks that are full: whole batches stay, and nothing else.
@Suite struct CrashTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let batch = 20

  private static func header(_ source: inout RecordSource) -> ExperimentRecord.Header {
    source.header(strategies: 1, replications: 1_000_000)
  }

  /// Checks that a store holds the first runs of the source of this seed, in whole batches.
  private func expectWholeBatches(seed: UInt64, atLeast: Int = 1) throws {
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    try store.checkIntegrity()
    var source = RecordSource(seed: seed)
    let header = Self.header(&source)
    #expect(try store.header(of: 1) == header)
    let runs = try store.runs(of: 1)
    #expect(runs.count % Self.batch == 0 && runs.count >= atLeast * Self.batch)
    #expect(runs == runs.indices.map { source.run(0, $0) })
    #expect(try store.listing().map(\.isComplete) == [false])
    try store.close()
    #expect(try folder.names == ["runs.sqlite"])
  }

  @Test(arguments: 1...3) func killedProgramLosesNoBatchThatWasStored(seed: UInt64) async throws {
    let path = folder.store
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, seed = seed as UInt64] in
      var source = RecordSource(seed: seed)
      let store = try ExperimentStore(path: path, access: .readWrite)
      let number = try store.begin(Self.header(&source))
      var stored = 0
      while true {
        var runs: [RunResult] = []
        for replication in stored..<stored + Self.batch { runs.append(source.run(0, replication)) }
        try store.append(runs, to: number)
        stored += Self.batch
        // From here on another thread kills the program at some moment of a later batch.
        if stored == 5 * Self.batch {
          Thread.detachNewThread {
            usleep(UInt32(seed) * 1500)
            kill(getpid(), SIGKILL)
          }
        }
      }
    }
    try expectWholeBatches(seed: seed, atLeast: 5)
  }

  @Test func killedProgramLeavesNothingOfABatchInFlight() throws {
    // The files of a store copied in the middle of a transaction are those of a killed program. A cache
    // of one page makes SQLite write what is not committed.
    var source = RecordSource(seed: 9)
    let original = try ExperimentStore(path: folder.path("original"), access: .readWrite)
    let number = try original.begin(Self.header(&source))
    var runs: [RunResult] = []
    for replication in 0..<10 * Self.batch { runs.append(source.run(0, replication)) }
    try original.append(Array(runs.prefix(Self.batch)), to: number)
    let log = try folder.bytes("original-wal").count
    try original.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = 1") }
    try original.write { database in
      let insertion = try RunInsertion(database, experiment: number)
      for run in runs.dropFirst(Self.batch) { #expect(try insertion.insert([run]) == 1) }
      #expect(try folder.bytes("original-wal").count > log)
      for suffix in ["", "-wal"] {
        try folder.write(try folder.bytes("original" + suffix), to: "runs.sqlite" + suffix)
      }
    }
    try original.delete(number)
    try original.close()
    try FileManager.default.removeItem(atPath: folder.path("original"))
    let reader = try ExperimentStore(path: folder.store, access: .readOnly)
    #expect(try reader.runs(of: 1).count == Self.batch)
    try reader.close()
    try expectWholeBatches(seed: 9)
  }

  @Test func fullDiskKeepsWhatWasStored() throws {
    var source = RecordSource(seed: 10)
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let number = try store.begin(Self.header(&source))
    var runs: [RunResult] = []
    for replication in 0..<30 * Self.batch { runs.append(source.run(0, replication)) }
    try store.append(Array(runs.prefix(Self.batch)), to: number)
    try store.queue.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    #expect(throws: StoreError.fullDisk(path: folder.store)) {
      try store.append(runs, to: number)
    }
    #expect(try store.runs(of: number) == Array(runs.prefix(Self.batch)))
    try store.close()
    try expectWholeBatches(seed: 10)
  }

  @Test func limitOnTheSizeOfFilesKeepsWhatWasStored() async throws {
    let path = folder.store
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      var source = RecordSource(seed: 11)
      let store = try ExperimentStore(path: path, access: .readWrite)
      let number = try store.begin(Self.header(&source))
      var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
      signal(SIGXFSZ, SIG_IGN)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      do {
        for start in stride(from: 0, to: 100_000, by: Self.batch) {
          var runs: [RunResult] = []
          for replication in start..<start + Self.batch { runs.append(source.run(0, replication)) }
          try store.append(runs, to: number)
        }
      } catch StoreError.inputOutput(path, _) {
        exit(7)
      }
    }
    try expectWholeBatches(seed: 11)
  }
}
