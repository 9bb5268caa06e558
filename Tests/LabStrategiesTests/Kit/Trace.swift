import Foundation
import LabStrategies
import LabUnits

/// A recorded rollout of the real controllers, as far as it can be played again.
///
/// Recordings are too large to keep beside the tests; whoever has them names their folder in the
/// environment (`STRATEGYLAB_SHARED`, with the recordings in `traces`).
struct Trace: Decodable {
  struct Inputs: Decodable {
    var name: String
    var replicas: Int
    var strategy: String
    var min_ready_seconds: Int
    var start_s: Double
    var drain_s: Double
    var start_s_by_version: [String: [Double]]?
    var drain_s_list: [Double]?
    var crash_versions: [String]?
    var max_surge: String?
    var max_unavailable: String?
    var actions: [Action]?
    var client_qps: Double
    var client_burst: Int?
    var progress_deadline_seconds: Int?
  }

  struct Action: Decodable {
    var `do`: String
    var replicas: Int?
    var acked_at_s: Double?
  }

  struct ScaleStep: Decodable {
    var t: Double
    var version: String
    var from: Int
    var to: Int
  }

  struct Summary: Decodable {
    var complete_s: Double?
    var last_pod_removed_s: Double?
    var peak_pods_held_250ms: Int
    var peak_pods_with_terminating: Int
    var peak_spec_replicas: Int
    var least_ready_held_250ms: Int
    var scale_steps: Int
    var replica_seconds: Double
    var mixed_window_s: Double
    var end_s: Double
    var progress_deadline_exceeded_s: Double?
  }

  var inputs: Inputs
  var summary: Summary
  var scale_steps: [ScaleStep]

  /// The folder of the recordings; nil where none is named.
  static let folder = ProcessInfo.processInfo.environment["STRATEGYLAB_SHARED"].map {
    URL(filePath: $0).appending(path: "traces")
  }

  /// The names of all files of recordings, sorted.
  static let files: [String] = {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted()
  }()

  /// The content of a file of the folder.
  static func data(_ file: String) throws -> Data {
    struct NoFolder: Error {}
    guard let folder else { throw NoFolder() }
    return try Data(contentsOf: folder.appending(path: file))
  }

  /// The recordings whose names begin with one of the words, sorted; none where no folder is named.
  static func named(_ prefixes: String...) -> [Trace] {
    files.filter { file in prefixes.contains { file.hasPrefix($0) } }
      .compactMap { file in
        guard let data = try? data(file) else { return nil }
        return try? JSONDecoder().decode(Trace.self, from: data)
      }
  }

  /// The kind of a file, by the first word of its name after the number of a repetition: `roll`, `undo`.
  static func kind(of file: String) -> String {
    let words = file.split(separator: "_")
    let isRepeated = words.count > 1 && words[0].hasPrefix("rep")
    return String(words[isRepeated ? 1 : 0])
  }

  /// What was done: `roll`, `recreate`, `bad`, `undo`, `scale` or `slow`.
  var kind: String { Self.kind(of: inputs.name) }

  /// Whether the client of the controllers was held to so few requests a second that it can show.
  var isLimited: Bool { inputs.client_qps < 100 }

  /// Whether each replica had a start-up of its own.
  var isVaried: Bool { inputs.start_s_by_version != nil }

  /// The strategy that was recorded.
  var strategy: any PhasedStrategy {
    inputs.strategy == "Recreate"
      ? Recreate()
      : RollingUpdate(
        maxSurge: quantity(inputs.max_surge), maxUnavailable: quantity(inputs.max_unavailable))
  }

  /// The cluster with the very delays of the recording.
  var world: ToyCluster.World {
    let inputs = inputs
    var world = ToyCluster.World(replicas: inputs.replicas)
    world.minReady = .seconds(inputs.min_ready_seconds)
    if isLimited {
      world.client = ToyClient(perSecond: inputs.client_qps, burst: inputs.client_burst ?? 30)
    }
    world.startUp = { version, index in
      let name = version == .stable ? "v1" : "v2"
      if inputs.crash_versions?.contains(name) == true { return nil }
      return Span(seconds: inputs.start_s_by_version?[name]?[index] ?? inputs.start_s)
    }
    world.drain = { Span(seconds: inputs.drain_s_list?[$0] ?? inputs.drain_s) }
    for action in inputs.actions ?? [] {
      let time = Instant.zero + Span(seconds: action.acked_at_s ?? 0)
      if let replicas = action.replicas { world.resize = (time, replicas) }
      if action.do == "undo" { world.rollback = time }
    }
    return world
  }

  private func quantity(_ text: String?) -> ReplicaQuantity {
    guard let text else { return Standard.quarter }
    return text.hasSuffix("%")
      ? .share(.percent(Int(text.dropLast()) ?? 0)) : .count(Int(text) ?? 0)
  }
}

extension Trace: CustomStringConvertible {
  var description: String { inputs.name }
}
