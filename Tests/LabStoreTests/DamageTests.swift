import Foundation
import GRDB
import Testing

@testable import LabStore

/// Damaged files: an error, never a crash, and never a change of the file.
@Suite struct DamageTests {
  let folder: TemporaryFolder

  /// The bytes of a store; it is made once, because making one waits for the disk.
  private static let sound = Result { () throws -> Data in
    let folder = try TemporaryFolder()
    try folder.makeStore()
    return try folder.bytes("runs.sqlite")
  }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try Self.sound.get(), to: "runs.sqlite")
  }

  /// Reads everything there is.
  private func readEverything() throws(StoreError) {
    let store = try ExperimentStore(path: folder.store, access: .readOnly)
    for line in try store.listing() { _ = try store.record(of: line.id) }
    try store.checkIntegrity()
    try store.close()
  }

  @Test func soundStoreIsSound() throws {
    try readEverything()
  }

  @Test(arguments: [1, 99, 100, 511, 512, 4095, 4096, 5000, 8192, 20_000, 40_960])
  func truncatedStore(length: Int) throws {
    let bytes = try folder.bytes("runs.sqlite").prefix(length)
    try folder.write(bytes, to: "runs.sqlite")
    let error = #expect(throws: StoreError.self) { try readEverything() }
    switch error {
    case .corrupt, .notADatabase: break
    default: Issue.record("\(String(describing: error))")
    }
    #expect(try folder.bytes("runs.sqlite") == bytes)
  }

  @Test(arguments: 1...60) func pageOfRandomBytes(seed: Int) throws {
    var bytes = try folder.bytes("runs.sqlite")
    var source = RecordSource(seed: UInt64(seed))
    let page = Int.random(in: 0..<bytes.count / 4096, using: &source)
    for offset in 0..<4096 {
      bytes[page * 4096 + offset] = UInt8.random(in: 0...255, using: &source)
    }
    try folder.write(bytes, to: "runs.sqlite")
    let error = #expect(throws: StoreError.self) { try readEverything() }
    switch error {
    case .corrupt, .notADatabase: break
    default: Issue.record("page \(page): \(String(describing: error))")
    }
    #expect(try folder.bytes("runs.sqlite") == bytes)
  }

  @Test(arguments: 1...60) func flippedBytesNeverCrash(seed: Int) throws {
    var bytes = try folder.bytes("runs.sqlite")
    var source = RecordSource(seed: UInt64(seed))
    for _ in 0..<30 {
      bytes[Int.random(in: 100..<bytes.count, using: &source)] ^= UInt8.random(
        in: 1...255, using: &source)
    }
    try folder.write(bytes, to: "runs.sqlite")
    // A number changed within its row cannot be found out; all else is an error.
    try? readEverything()
    #expect(try folder.bytes("runs.sqlite") == bytes)
  }

  @Test(arguments: [
    ("UPDATE run SET outcome = 'lost'", "CHECK constraint failed in run"),
    ("UPDATE experiment SET seed = 'many'", "experiment 1 has a seed that is no number"),
    (
      "UPDATE strategy SET outline = '{}'",
      "experiment 1 has a list that cannot be read: outline of a strategy"
    ),
    (
      "UPDATE experiment SET assumptions = '[1]'",
      "experiment 1 has a list that cannot be read: assumptions"
    ),
    ("DELETE FROM timeline", #"a row of the table "timeline_row" belongs to nothing"#),
  ])
  func rowThatBreaksARule(sql: String, finding: String) throws {
    try folder.raw("runs.sqlite") { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      try database.execute(sql: sql)
    }
    let store = try ExperimentStore(path: folder.store, access: .readOnly)
    #expect(throws: StoreError.corrupt(path: folder.store, finding: finding)) {
      try store.checkIntegrity()
    }
  }

  @Test func rowWithoutAValueThatEveryRowHasIsAnError() throws {
    try folder.raw("runs.sqlite") { database in
      try database.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = replace(sql, 'event TEXT NOT NULL', 'event TEXT');
          """)
    }
    try folder.raw("runs.sqlite") { try $0.execute(sql: "UPDATE timeline_row SET event = NULL") }
    let finding = "a row lacks a value that every row has"
    let store = try ExperimentStore(path: folder.store, access: .readOnly)
    #expect(throws: StoreError.corrupt(path: folder.store, finding: finding)) {
      _ = try store.record(of: 1)
    }
  }
}
