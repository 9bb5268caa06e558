import Testing

@testable import LabStore

@Suite struct StoreErrorTests {
  static let sentences: [(StoreError, String)] = [
    (.noPath, #"the path of the store is empty; name a file, such as "runs.sqlite""#),
    (
      .missingFile(path: "runs.sqlite"),
      #"there is no store at "runs.sqlite"; check the path, or run an experiment that is kept there"#
    ),
    (
      .missingFolder(path: "lab/runs.sqlite", folder: "lab"),
      #"the store "lab/runs.sqlite" cannot be made: there is no folder "lab"; make the folder first"#
    ),
    (.directory(path: "lab"), #""lab" is a folder, and a store is a file; name a file in it"#),
    (
      .notAFile(path: "/dev/null"),
      #""/dev/null" is a device, a pipe or a socket, and a store is a file; name another path"#
    ),
    (
      .notReadable(path: "runs.sqlite"),
      #"the store "runs.sqlite" may not be read; ask for permission to read the file and its folder"#
    ),
    (
      .readOnlyFile(path: "runs.sqlite"),
      #"the store "runs.sqlite" is read-only; allow writing to the file, or copy it and use the copy"#
    ),
    (
      .readOnlyFolder(path: "lab/runs.sqlite", folder: "lab"),
      #"the store "lab/runs.sqlite" needs a log beside it, and the folder "lab" is read-only; allow writing to the folder, or copy the store elsewhere"#
    ),
    (
      .emptyFile(path: "runs.sqlite"),
      #"the file "runs.sqlite" is empty, and a store was expected; check the path, or run an experiment that is kept there"#
    ),
    (
      .notADatabase(path: "notes.txt"),
      #"the file "notes.txt" is not an SQLite database, and a store was expected; check the path"#
    ),
    (
      .foreignDatabase(path: "shop.db", applicationID: 7),
      #"the SQLite database "shop.db" belongs to another program (application number 7, and a store has 1397514594); it was left as it is; name another path"#
    ),
    (
      .corrupt(path: "runs.sqlite", finding: "database disk image is malformed"),
      #"the store "runs.sqlite" is damaged: database disk image is malformed; go back to a copy, or save what is left with "sqlite3 runs.sqlite .recover""#
    ),
    (
      .newerSchema(path: "runs.sqlite", found: 3, known: 1),
      #"the store "runs.sqlite" was made by a newer version of this program (schema 3, and this one knows up to 1); it was left as it is; use the newer version"#
    ),
    (
      .olderSchema(path: "runs.sqlite", found: 1, known: 3),
      #"the store "runs.sqlite" was made by an older version of this program (schema 1, and this one reads 3); open it once for writing, which brings it up to date"#
    ),
    (
      .locked(path: "runs.sqlite", seconds: 5),
      #"the store "runs.sqlite" is in use by another program, and 5 s of waiting did not help; let the other program end, and try again"#
    ),
    (
      .fullDisk(path: "runs.sqlite"),
      #"there is no room left to write to the store "runs.sqlite"; make room and resume: what was stored before is complete"#
    ),
    (
      .inputOutput(path: "runs.sqlite", message: "disk I/O error"),
      #"the store "runs.sqlite" cannot be read or written: disk I/O error; check the disk and its limits"#
    ),
    (
      .fileGone(path: "runs.sqlite"),
      #"the store "runs.sqlite" was deleted, moved or replaced while it was in use, and nothing more was stored; leave the file in its place until the program ends"#
    ),
    (
      .openedForReading(path: "runs.sqlite"),
      #"the store "runs.sqlite" was opened for reading, and something was to be written; open it for writing"#
    ),
    (.closed(path: "runs.sqlite"), #"the store "runs.sqlite" is closed; open it again"#),
    (
      .unexpected(path: "runs.sqlite", code: 1, message: "no such table: run"),
      #"the store "runs.sqlite" failed with SQLite's code 1: no such table: run"#
    ),
    (
      .conflictingRun(experiment: 4, strategyIndex: 1, replication: 17),
      "experiment 4 has replication 17 of strategy 1 already, with another result; the stored one was kept; store the new one as an experiment of its own"
    ),
    (
      .repeatedTimeline(experiment: 4, strategyIndex: 1, replication: 17),
      "experiment 4 was given two timelines of replication 17 of strategy 1; none was stored; give one timeline for a run"
    ),
    (
      .unplannedRun(
        experiment: 4, strategyIndex: 3, replication: 0, strategies: 3, replications: 1),
      "experiment 4 has no place for replication 0 of strategy 3: it has 3 strategies and 1 replication, counted from 0"
    ),
    (
      .alreadyComplete(experiment: 4),
      "experiment 4 is complete and stays as it is; store what is new as an experiment of its own"
    ),
  ]

  @Test(arguments: sentences) func sentence(error: StoreError, sentence: String) {
    #expect(error.description == sentence)
    #expect("\(error)" == sentence)
  }

  @Test(
    arguments: [
      ([], "none"), ([3], "3"), ([1, 2, 3, 4], "1 to 4"), ([1, 3], "1 and 3"),
      ([1, 2, 4, 7, 8], "1 to 2, 4 and 7 to 8"),
      (
        Array(stride(from: 1, through: 39, by: 2)),
        "..., 25, 27, 29, 31, 33, 35, 37 and 39"
      ),
    ] as [([Int64], String)])
  func knownExperimentsAreDrawnTogether(known: [Int64], list: String) {
    #expect(
      StoreError.noSuchExperiment(path: "runs.sqlite", id: 0, known: known).description
        == "there is no experiment 0 in the store \"runs.sqlite\"; it holds \(list)")
  }
}
