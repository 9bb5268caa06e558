import FoundationEssentials
import Glibc
import Testing

@testable import StrategyLabCLI

@Suite struct AtomicFileTests {
  @Test func writesAndReplaces() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/report.md"
      try AtomicFile.write("first", to: path)
      try AtomicFile.write("second", to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
      #expect(try names(in: folder) == ["report.md"])
    }
  }

  @Test func makesMissingFolders() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a/b/c.txt"
      try AtomicFile.write("text", to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "text")
    }
  }

  @Test func aFolderInTheWayStays() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.makeFolder("\(folder)/report.md")
      let error = #expect(throws: CommandFailure.self) {
        try AtomicFile.write("text", to: "\(folder)/report.md")
      }
      #expect(error?.status == .failed)
      #expect(
        error?.message == "strategylab: '\(folder)/report.md' cannot be written: it is a folder")
    }
  }

  @Test func aFileInTheWayOfAFolderStays() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("old", to: "\(folder)/a")
      let error = #expect(throws: CommandFailure.self) {
        try AtomicFile.write("text", to: "\(folder)/a/b")
      }
      #expect(
        error?.message
          == "strategylab: the folder '\(folder)/a' cannot be made: a file stands in the way")
      #expect(try String(contentsOfFile: "\(folder)/a", encoding: .utf8) == "old")
    }
  }

  @Test func aSpecialFileStays() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let error = #expect(throws: CommandFailure.self) { try AtomicFile.write("text", to: path) }
      #expect(error?.message.hasSuffix("it is not a regular file") == true)
      var status = stat()
      #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
  }

  @Test func behindALinkItsTargetIsReplaced() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("old", to: "\(folder)/target")
      #expect(symlink("target", "\(folder)/link") == 0)
      try AtomicFile.write("new", to: "\(folder)/link")
      #expect(try String(contentsOfFile: "\(folder)/target", encoding: .utf8) == "new")
      var status = stat()
      #expect(lstat("\(folder)/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }
  }

  @Test func aFullDiskIsAFailureWithAReason() {
    // The device has no room for a single byte.
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(Console.write("text", to: descriptor) == ENOSPC)
  }

  @Test(arguments: [
    ("a", ".", "a"), ("/a", "/", "a"), ("a/b", "a", "b"), ("a/b/", "a", "b"), ("/a/b", "/a", "b"),
  ])
  func paths(_ path: String, _ folder: String, _ name: String) {
    #expect(AtomicFile.split(path) == (folder, name))
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}

/// Gives a test a folder of its own, which is gone afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  var template = Array(
    (FileManager.default.temporaryDirectory.path + "/strategylab-XXXXXX").utf8CString)
  try #require(mkdtemp(&template) != nil)
  let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
