import Foundation
import GRDB
import Testing

@testable import LabStore

/// What opening says about paths and files that are no store, or not one that can be used.
@Suite struct StoreFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expect(
    _ error: StoreError, opening path: String, for accesses: [ExperimentStore.Access],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for access in accesses {
      #expect(throws: error, sourceLocation: sourceLocation) {
        _ = try ExperimentStore(path: path, access: access, busySeconds: 0.05)
      }
    }
  }

  private let both: [ExperimentStore.Access] = [.readOnly, .readWrite]

  @Test func pathThatIsNoFile() throws {
    expect(.noPath, opening: "", for: both)
    expect(.directory(path: folder.path), opening: folder.path, for: both)
    expect(.notAFile(path: "/dev/null"), opening: "/dev/null", for: both)
    let missing = folder.path("none.sqlite")
    expect(.missingFile(path: missing), opening: missing, for: [.readOnly])
    let deep = folder.path("none/runs.sqlite")
    expect(.missingFile(path: deep), opening: deep, for: [.readOnly])
    expect(
      .missingFolder(path: deep, folder: folder.path("none")), opening: deep, for: [.readWrite])
    try folder.write(Data("x".utf8), to: "file")
    let under = folder.path("file/runs.sqlite")
    expect(
      .missingFolder(path: under, folder: folder.path("file")), opening: under, for: [.readWrite])
    #expect(try folder.names == ["file"])
  }

  @Test func emptyFileIsNoStoreToRead() throws {
    try folder.write(Data(), to: "runs.sqlite")
    expect(.emptyFile(path: folder.store), opening: folder.store, for: [.readOnly])
    #expect(try folder.bytes("runs.sqlite").isEmpty)
  }

  @Test(arguments: [1, 16, 100, 511, 512, 4096, 100_000])
  func bytesOfAnotherKindAreLeftAsTheyAre(count: Int) throws {
    var source = RecordSource(seed: UInt64(count))
    let bytes = Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &source) })
    try folder.write(bytes, to: "runs.sqlite")
    expect(.notADatabase(path: folder.store), opening: folder.store, for: both)
    #expect(try folder.bytes("runs.sqlite") == bytes)
    #expect(try folder.names == ["runs.sqlite"])
  }

  @Test(arguments: ["DELETE", "WAL"]) func foreignDatabaseIsLeftAsItIs(mode: String) throws {
    try folder.raw("shop.db") { database in
      try database.execute(
        sql: "PRAGMA journal_mode = \(mode); PRAGMA application_id = 7; CREATE TABLE t (a)")
    }
    let before = try folder.bytes("shop.db")
    let path = folder.path("shop.db")
    expect(.foreignDatabase(path: path, applicationID: 7), opening: path, for: both)
    #expect(try folder.bytes("shop.db") == before)
    #expect(try folder.names == ["shop.db"])
  }

  @Test func foreignDatabaseOfAKilledProgramIsLeftAsItIs() throws {
    // A writer that is still open stands for one that was killed: its changes lie in the log alone.
    let writer = try DatabaseQueue(path: folder.path("original.db"))
    try writer.writeWithoutTransaction { database in
      try database.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = 7; CREATE TABLE t (a)")
    }
    for suffix in ["", "-wal"] {
      try folder.write(try folder.bytes("original.db" + suffix), to: "shop.db" + suffix)
    }
    let before = (try folder.bytes("shop.db"), try folder.bytes("shop.db-wal"))
    #expect(throws: StoreError.self) {
      _ = try ExperimentStore(path: folder.path("shop.db"), access: .readWrite)
    }
    #expect(try folder.bytes("shop.db") == before.0)
    #expect(try folder.bytes("shop.db-wal") == before.1)
  }

  @Test func newerStoreIsLeftAsItIs() throws {
    try folder.makeStore("version.sqlite")
    try folder.raw("version.sqlite") { try $0.execute(sql: "PRAGMA user_version = 4") }
    try folder.makeStore("migration.sqlite")
    try folder.raw("migration.sqlite") {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('costs of tomorrow')")
    }
    for (name, found) in [("version.sqlite", 4), ("migration.sqlite", 3)] {
      let before = try folder.bytes(name)
      let path = folder.path(name)
      expect(.newerSchema(path: path, found: found, known: 2), opening: path, for: both)
      #expect(try folder.bytes(name) == before)
    }
    #expect(try folder.names == ["migration.sqlite", "version.sqlite"])
  }

  @Test func newerStoreIsKnownByItsLogToo() throws {
    try folder.makeStore("original.sqlite")
    let writer = try DatabaseQueue(path: folder.path("original.sqlite"))
    try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 4") }
    for suffix in ["", "-wal"] {
      try folder.write(try folder.bytes("original.sqlite" + suffix), to: "runs.sqlite" + suffix)
    }
    let before = (try folder.bytes("runs.sqlite"), try folder.bytes("runs.sqlite-wal"))
    let error = StoreError.newerSchema(path: folder.store, found: 4, known: 2)
    expect(error, opening: folder.store, for: both)
    #expect(try folder.bytes("runs.sqlite") == before.0)
    #expect(try folder.bytes("runs.sqlite-wal") == before.1)
  }

  @Test func addressKeepsEveryByteOfThePath() {
    let address = { StoreFile(path: $0, busySeconds: 0).immutableAddress }
    #expect(address("/a b/ü?#%.db") == "file:///a%20b/%C3%BC%3F%23%25.db?immutable=1")
    #expect(address("//host/x") == "file:////host/x?immutable=1")
    #expect(address("runs.sqlite") == "file:runs.sqlite?immutable=1")
  }

  @Test func folderOfAPath() {
    let folder = { StoreFile(path: $0, busySeconds: 0).folder }
    #expect(folder("runs.sqlite") == ".")
    #expect(folder("/runs.sqlite") == "/")
    #expect(folder("lab/runs.sqlite") == "lab")
  }
}
