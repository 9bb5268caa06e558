import FoundationEssentials
import Testing

@testable import LabScenarioFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that is there for one test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/lab-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

@Suite struct RegularFileTests {
  private func problem(_ path: String, limit: Int = 100) -> FileProblem? {
    do throws(FileProblem) {
      _ = try RegularFile.read(path, limit: limit)
      return nil
    } catch { return error }
  }

  @Test func readsAFileToTheByte() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<100).map { UInt8($0) }
    #expect(try RegularFile.read(try folder.write("a", bytes), limit: 100) == bytes)
    #expect(try RegularFile.read(try folder.write("b", []), limit: 100) == [])
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try TemporaryFolder()
    #expect(problem(folder.path + "/none") == .missing)
    #expect(problem("") == .missing)
    #expect(problem(folder.path) == .folder)
    #expect(problem(try folder.write("a", "text") + "/below") == .missing)
    #expect(problem("/dev/zero") == .notRegular)
    #expect(
      problem(folder.path + "/" + String(repeating: "x", count: 5000)) == .system(ENAMETOOLONG))
  }

  @Test func aPipeWithoutAWriterDoesNotHang() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(problem(pipe) == .notRegular)
  }

  @Test func oneByteTooManyIsTooLarge() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a", [UInt8](repeating: 65, count: 101))
    #expect(problem(file) == .tooLarge(limit: 100))
    #expect(problem(file, limit: 101) == nil)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func refusesWhatMayNotBeRead() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a", "text")
    #expect(chmod(file, 0) == 0)
    #expect(problem(file) == .forbidden)
  }
}

@Suite struct TextCheckTests {
  private func problem(_ bytes: [UInt8]) -> String {
    guard let problem = TextCheck.problem(in: bytes) else { return "" }
    return "\(problem.mark.line):\(problem.mark.column) \(problem.fact.reason)"
  }

  @Test func textPasses() {
    #expect(problem(Array("\u{FEFF}größe: 5\r\n\té 漢字 🎈 \u{85}\u{2028}".utf8)) == "")
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x41, 0], "1:1 the file is UTF-16 and not UTF-8"),
      ([0x41, 0x0A, 0x42, 0x00], "2:2 the file is binary: it holds a zero byte"),
      ([0xC3, 0xA4, 0xE4, 0x20, 0x20], "1:2 the byte 0xE4 is not UTF-8"),
      ([0xC0, 0x80], "1:1 the byte 0xC0 is not UTF-8"),
      ([0xED, 0xA0, 0x80], "1:1 the byte 0xED is not UTF-8"),
      ([0xF4, 0x90, 0x80, 0x80], "1:1 the byte 0xF4 is not UTF-8"),
      ([0x41, 0xE2, 0x82], "1:2 the byte 0xE2 is not UTF-8"),
      ([0x41, 0x80], "1:2 the byte 0x80 is not UTF-8"),
      ([0x41, 0x1B, 0x5B], "1:2 the control character U+001B is not text"),
      ([0x41, 0x7F], "1:2 the control character U+007F is not text"),
      ([0xC2, 0x9B], "1:1 the control character U+009B is not text"),
      ([0x41, 0xEF, 0xBB, 0xBF], "1:2 the control character U+FEFF is not text"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsSaid(_ bytes: [UInt8], _ expected: String) {
    #expect(problem(bytes) == expected)
  }
}
