import Foundation
import GRDB
import StrategyLab

@testable import LabStore

/// A folder that is gone when the test ends.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "strategylab-store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  /// The path of the store of most tests.
  var store: String { path("runs.sqlite") }

  /// The names of what lies in the folder, sorted.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: URL(fileURLWithPath: path(name)))
  }

  /// A store with a complete experiment, closed.
  @discardableResult
  func makeStore(
    _ name: String = "runs.sqlite", seed: UInt64 = 1, replications: Int = 12
  ) throws -> ExperimentRecord {
    let store = try ExperimentStore(path: path(name), access: .readWrite)
    var source = RecordSource(seed: seed)
    let record = source.record(replications: replications)
    let number = try store.begin(record.header)
    try store.append(record.runs, to: number)
    try store.complete(number, timelines: record.timelines)
    try store.close()
    return record
  }

  /// Runs SQL on a file by hand, as another program would.
  @discardableResult
  func raw<Value>(_ name: String, _ body: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: path(name))
    let value = try queue.inDatabase(body)
    try queue.close()
    return value
  }
}
