import Foundation
import Testing

/// The built program, run from outside as a person runs it.
@Suite struct ProgramTests {
  @Test func helpIsAResult() throws {
    let outcome = try Program.run(["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("strategylab compare Scenarios/checkout.yaml"))
    #expect(outcome.complaints.isEmpty)
  }

  @Test func versionIsAResult() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: ".").count == 3)
  }

  @Test func anUnknownVerbIsAUsageError() throws {
    let outcome = try Program.run(["comapre"])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.complaints.hasPrefix(
        "strategylab: there is no command 'comapre'; did you mean 'compare'?\n"))
  }

  @Test(arguments: ["compare", "plan", "validate", "simulate", "validate-model"])
  func aMissingFileIsInvalid(_ verb: String) throws {
    let outcome = try Program.run([verb, "no-such-file.yaml"])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaints.contains("no-such-file.yaml"))
  }

  @Test func aFolderIsInvalid() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(["compare", folder])
      #expect(outcome.status == 2)
      #expect(outcome.complaints.contains(folder))
    }
  }

  @Test func anInvalidScenarioIsShownWithItsPlace() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/broken.yaml"
      try "service:\n  replcas: 3\ntraffic: 10/s\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      let outcome = try Program.run(["compare", path])
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.complaints.contains("\(path):2:3"))
    }
  }

  @Test func validateAsJSONTellsOfEveryFile() throws {
    let outcome = try Program.run(["validate", "missing.yaml", "--format", "json"])
    #expect(outcome.status == 2)
    #expect(outcome.complaints.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let findings = try #require(object as? [String: Any])
    #expect(findings["schema_version"] as? Int == 1)
    let files = try #require(findings["files"] as? [[String: Any]])
    #expect(files.count == 1)
    #expect(files.first?["valid"] as? Bool == false)
    #expect(files.first?["strategies"] is NSNull)
  }

  @Test func aMissingStoreIsInvalidAndIsNotMade() throws {
    try withTemporaryFolder { folder in
      for verb in [["runs", "list"], ["resume", "1"], ["runs", "delete", "1"]] {
        let outcome = try Program.run(verb + ["--store", "\(folder)/none.sqlite"])
        #expect(outcome.status == 2)
        #expect(outcome.complaints.hasPrefix("strategylab: there is no store"))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func aFullStandardOutputIsAFailure() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let outcome = try Program.run(["schema"], output: full)
    #expect(outcome.status == 1)
    #expect(
      outcome.complaints
        == "strategylab: the result cannot be written to standard output: No space left on device\n"
    )
  }

  @Test func aClosedStandardOutputIsAFailure() throws {
    let outcome = try Program.run(["schema"], shell: "exec \"$0\" \"$@\" >&-")
    #expect(outcome.status == 1)
    #expect(
      outcome.complaints
        == "strategylab: the result cannot be written to standard output: Bad file descriptor\n")
  }

  /// The system would end the program with a signal and leave the part that was written.
  @Test func aLimitOnTheSizeOfFilesIsAFailure() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/shop.yaml"
      try "service: {replicas: 2}\ntraffic: 5/s\nexperiment: {replications: 2}\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        ["compare", path, "--quiet", "--output", folder], shell: "ulimit -f 4; exec \"$0\" \"$@\"")
      #expect(outcome.status == 1)
      #expect(
        outcome.complaints
          == "strategylab: '\(folder)/shop/report.md' cannot be written: File too large\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/shop").isEmpty)
    }
  }

  @Test func aReaderThatLeavesIsNoFailure() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try Program.run(["schema"], output: pipe.fileHandleForWriting)
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
  }

  @Test func pipesGetNoControlCharacters() throws {
    let outcome = try Program.run(["validate", "no-such-file.yaml"])
    #expect(!outcome.complaints.contains("\u{1B}"))
  }
}

/// The program under test, found beside the test bundle.
enum Program {
  /// How a run of the program ended.
  struct Outcome {
    var status: Int32
    var output: String
    var complaints: String
  }

  /// Runs the program with the given arguments and waits for it.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the program's name.
  ///   - output: Where its standard output goes; nil into the outcome.
  ///   - shell: A line that starts the program, `"$0" "$@"`, under other circumstances.
  /// - Returns: status and texts.
  /// - Throws: what stands in the way of starting it.
  static func run(_ arguments: [String], output: FileHandle? = nil, shell: String? = nil) throws
    -> Outcome
  {
    let process = Process()
    let program = try location()
    process.executableURL = shell == nil ? program : URL(fileURLWithPath: "/bin/sh")
    process.arguments = shell.map { ["-c", $0, program.path] + arguments } ?? arguments
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: nobody has to empty them while the program runs.
    let folder = FileManager.default.temporaryDirectory
    let outputFile = folder.appendingPathComponent("strategylab-\(UUID()).out")
    let complaintFile = folder.appendingPathComponent("strategylab-\(UUID()).err")
    defer {
      try? FileManager.default.removeItem(at: outputFile)
      try? FileManager.default.removeItem(at: complaintFile)
    }
    for file in [outputFile, complaintFile] {
      try Data().write(to: file)
    }
    process.standardOutput = try output ?? FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: complaintFile)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: outputFile, encoding: .utf8),
      complaints: try String(contentsOf: complaintFile, encoding: .utf8))
  }

  /// The build folder holds the bundle that runs these tests and the program side by side.
  private static func location() throws -> URL {
    let candidates = CommandLine.arguments.prefix(1) + CommandLine.arguments
    for argument in candidates {
      let folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
      let program = folder.appendingPathComponent("strategylab")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    struct NotBuilt: Error {}
    throw NotBuilt()
  }
}
