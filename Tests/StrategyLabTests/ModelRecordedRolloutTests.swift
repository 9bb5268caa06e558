import Foundation
import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Rollouts of the unmodified controllers of Kubernetes, recorded, played through the whole engine.
///
/// The recordings lie in `traces/` of the folder that the environment variable STRATEGYLAB_SHARED names;
/// without it there is nothing to compare with.
struct ModelRecordedRolloutTests {
  private static let folder = ProcessInfo.processInfo.environment["STRATEGYLAB_SHARED"].map {
    URL(fileURLWithPath: $0).appendingPathComponent("traces")
  }

  static var recordings: [String] {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasPrefix("roll_r") && $0.contains("_fixed") }.sorted()
  }

  private struct Recording: Decodable {
    struct Inputs: Decodable {
      var replicas: Int
      var minReadySeconds: Int
      var startS: Double
      var drainS: Double
      var clientQps: Double
      var clientBurst: Int
    }
    struct Rounded: Decodable {
      var maxSurge: Int
      var maxUnavailable: Int
    }
    struct Specification: Decodable { var rounded: Rounded }
    struct Summary: Decodable {
      var completeS: Double
      var lastPodRemovedS: Double
      var peakPodsHeld250Ms: Int
      var peakPodsWithTerminating: Int
      var mixedWindowS: Double
    }
    var inputs: Inputs
    var storedSpec: Specification
    var summary: Summary

    private enum CodingKeys: String, CodingKey { case inputs, storedSpec, summary }
  }

  private static func recording(_ file: String) throws -> Recording {
    let folder = try #require(folder)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Recording.self, from: Data(contentsOf: folder.appendingPathComponent(file)))
  }

  @Test(.enabled(if: !recordings.isEmpty), arguments: recordings)
  func playsWhatWasRecorded(_ file: String) throws {
    let recording = try Self.recording(file)
    let rounded = recording.storedSpec.rounded
    let inputs = recording.inputs
    let scenario = plainScenario(
      replicas: inputs.replicas, horizon: .minutes(5),
      strategies: [
        RollingUpdate(
          maxSurge: .count(rounded.maxSurge), maxUnavailable: .count(rounded.maxUnavailable))
      ]
    ) {
      $0.service.startup = .fixed(Span(seconds: inputs.startS))
      $0.service.drain = .fixed(Span(seconds: inputs.drainS))
      $0.service.minReady = .seconds(inputs.minReadySeconds)
      $0.cluster.controllerRate = inputs.clientQps
      $0.cluster.controllerBurst = inputs.clientBurst
    }
    let (run, timeline) = playOnce(scenario)
    let summary = recording.summary
    let complete = try #require(run.metrics[.releaseDuration])
    // The real controllers need some 10 ms a hop, look at availability once a second, and took 1.02 s longer
    // for a hundred replicas on two shared cores.
    let lag = 1.1
    #expect(abs(complete - summary.completeS) <= lag, "complete")
    #expect(abs(Self.lastGone(timeline) - summary.lastPodRemovedS) <= lag, "last one gone")
    #expect(abs(Self.mixedReady(timeline) - summary.mixedWindowS) <= lag, "mixed window")
    let peak = timeline.rows.map { $0.stable.live + $0.candidate.live }.max()
    #expect(peak == summary.peakPodsHeld250Ms)
    let most = run.metrics[.peakReplicas] ?? 0
    #expect(abs(most - Double(summary.peakPodsWithTerminating)) <= 2)
  }

  private static func lastGone(_ timeline: Timeline) -> Double {
    timeline.rows.first { $0.stable.notGone == 0 }?.time.seconds ?? -1
  }

  /// The time in which both versions have a ready replica.
  private static func mixedReady(_ timeline: Timeline) -> Double {
    zip(timeline.rows, timeline.rows.dropFirst()).reduce(0) { sum, pair in
      let isMixed = pair.0.stable.ready > 0 && pair.0.candidate.ready > 0
      return sum + (isMixed ? (pair.1.time - pair.0.time).seconds : 0)
    }
  }
}
