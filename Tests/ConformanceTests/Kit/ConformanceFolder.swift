import Foundation

/// The folder of cases that the environment variable STRATEGYLAB_CASES names.
enum ConformanceFolder {
  /// The folder; nil if the variable is not set.
  static let path = ProcessInfo.processInfo.environment["STRATEGYLAB_CASES"]

  /// The case files in the folder, in alphabetical order.
  static var files: [String] {
    guard let path else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }

  /// The cases of a file: a list, or an object with a list `cases`.
  static func cases(in file: String) throws -> [ConformanceCase] {
    let url = URL(fileURLWithPath: path ?? "").appendingPathComponent(file)
    let data = try Data(contentsOf: url)
    struct Wrapped: Decodable { var cases: [ConformanceCase] }
    let decoder = JSONDecoder()
    do {
      return try decoder.decode([ConformanceCase].self, from: data)
    } catch {
      return try decoder.decode(Wrapped.self, from: data).cases
    }
  }
}
