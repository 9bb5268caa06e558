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
    files { $0.contains("roll_r") && $0.contains("_fixed") }
  }

  /// Undone or scaled in the middle, every replica with the same start-up; a drain or a start-up of its own for
  /// each replica cannot be said in a scenario.
  static var changedInTheMiddle: [String] {
    files { ($0.contains("undo_r") || $0.contains("scale_r")) && !$0.contains("_varied") }
      .filter { !$0.contains("bad") }
  }

  private static func files(_ isWanted: (String) -> Bool) -> [String] {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") && isWanted($0) }.sorted()
  }

  private struct Recording: Decodable {
    struct Inputs: Decodable {
      var replicas: Int
      var minReadySeconds: Int
      var startS: Double
      var drainS: Double
      var clientQps: Double
      var clientBurst: Int
      var maxSurge: String?
      var maxUnavailable: String?
      var actions: [Action]?
    }
    struct Action: Decodable {
      var `do`: String
      var replicas: Int?
      var ackedAtS: Double
    }
    struct Summary: Decodable {
      var completeS: Double
      var lastPodRemovedS: Double
      var peakPodsHeld250Ms: Int
      var peakPodsWithTerminating: Int
      var mixedWindowS: Double
      var leastReadyHeld250Ms: Int
    }
    var inputs: Inputs
    var summary: Summary

  }

  private static func recording(_ file: String) throws -> Recording {
    let folder = try #require(folder)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Recording.self, from: Data(contentsOf: folder.appendingPathComponent(file)))
  }

  /// The scenario of a recording, under a strategy.
  private static func scenario(
    _ recording: Recording, _ wrap: (RollingUpdate) -> any ReleaseStrategy = { $0 }
  ) -> Scenario {
    let inputs = recording.inputs
    let update = RollingUpdate(
      maxSurge: quantity(inputs.maxSurge), maxUnavailable: quantity(inputs.maxUnavailable))
    return plainScenario(
      replicas: inputs.replicas, horizon: .minutes(5), strategies: [wrap(update)]
    ) {
      $0.service.startup = .fixed(Span(seconds: inputs.startS))
      $0.service.drain = .fixed(Span(seconds: inputs.drainS))
      $0.service.minReady = .seconds(inputs.minReadySeconds)
      $0.cluster.controllerRate = inputs.clientQps
      $0.cluster.controllerBurst = inputs.clientBurst
    }
  }

  /// A quantity as a recording writes it; what it leaves out is a quarter.
  private static func quantity(_ text: String?) -> ReplicaQuantity {
    guard let text, !text.isEmpty else { return .share(.percent(25)) }
    return text.hasSuffix("%")
      ? .share(.percent(Int(text.dropLast()) ?? 0)) : .count(Int(text) ?? 0)
  }

  /// How much later than the engine the recorded controllers may be, in seconds.
  ///
  /// They need some 10 ms a hop, look at availability once a second, and took 1.02 s longer for a hundred
  /// replicas on two shared cores. Where their client is held to some requests a second, each replica costs
  /// them up to half a request more than the engine counts: its event, and its part in a status.
  private static func lag(_ recording: Recording) -> Double {
    let extra = Double(replicas(recording)) / recording.inputs.clientQps
    return 1.1 + (isHeld(recording) ? extra : 0)
  }

  /// Whether the client cannot create and delete everything at once.
  private static func isHeld(_ recording: Recording) -> Bool {
    recording.inputs.clientQps < 100 && 2 * replicas(recording) > recording.inputs.clientBurst
  }

  /// The most replicas that were asked for.
  private static func replicas(_ recording: Recording) -> Int {
    max(recording.inputs.replicas, recording.inputs.actions?.first?.replicas ?? 0)
  }

  /// The most replicas that were there and not terminating; what waits for the client is not there yet.
  private static func peak(_ timeline: Timeline) -> Int? {
    timeline.rows.map {
      $0.stable.starting + $0.stable.ready + $0.candidate.starting + $0.candidate.ready
    }.max()
  }

  @Test(.enabled(if: !recordings.isEmpty), arguments: recordings)
  func playsWhatWasRecorded(_ file: String) throws {
    let recording = try Self.recording(file)
    let scenario = Self.scenario(recording)
    let (run, timeline) = playOnce(scenario)
    let summary = recording.summary
    let complete = try #require(run.metrics[.releaseDuration])
    let lag = Self.lag(recording)
    #expect(abs(complete - summary.completeS) <= lag, "complete")
    #expect(abs(Self.lastGone(timeline) - summary.lastPodRemovedS) <= lag, "last one gone")
    #expect(abs(Self.mixedReady(timeline) - summary.mixedWindowS) <= lag, "mixed window")
    #expect(Self.peak(timeline) == summary.peakPodsHeld250Ms)
    let most = run.metrics[.peakReplicas] ?? 0
    // A client that is held lets replicas drain one after the other, each when it is its turn.
    let slack = Self.isHeld(recording) ? 0.1 * most : 2
    #expect(abs(most - Double(summary.peakPodsWithTerminating)) <= slack)
  }

  /// What is undone or scaled in the middle, by a controller that is told so at the recorded time.
  ///
  /// Where all replicas become ready at the moment of an undoing, one replica that was started more or less
  /// decides over a whole start-up, in the recorded controllers too.
  @Test(.enabled(if: !changedInTheMiddle.isEmpty), arguments: changedInTheMiddle)
  func playsWhatChangedInTheMiddle(_ file: String) throws {
    let recording = try Self.recording(file)
    let action = try #require(recording.inputs.actions?.first)
    let change = ChangedUpdate.Change(
      time: .zero + Span(seconds: action.ackedAtS), replicas: action.replicas)
    let scenario = Self.scenario(recording) { ChangedUpdate(update: $0, change: change) }
    let (run, timeline) = playOnce(scenario)
    let summary = recording.summary
    let end =
      action.replicas == nil
      ? Self.lastWhole(timeline) : try #require(run.metrics[.releaseDuration])
    let startUp = action.replicas == nil ? recording.inputs.startS : 0
    let lag = Self.lag(recording) + startUp
    #expect(abs(end - summary.completeS) <= lag, "complete \(end) for \(summary.completeS)")
    #expect(abs(Self.mixedReady(timeline) - summary.mixedWindowS) <= lag, "mixed window")
    #expect(Self.peak(timeline) == summary.peakPodsHeld250Ms)
    let least = timeline.rows.map { $0.stable.ready + $0.candidate.ready }.min() ?? 0
    #expect((0...1).contains(least - summary.leastReadyHeld250Ms))
  }

  /// When stable was whole and alone for good.
  private static func lastWhole(_ timeline: Timeline) -> Double {
    let index = timeline.rows.lastIndex {
      $0.candidate.live > 0 || $0.stable.available < $0.stable.desired
    }
    return index.map { timeline.rows[min($0 + 1, timeline.rows.count - 1)].time.seconds } ?? -1
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

/// A rolling update that is undone, or asked for another number of replicas, at a set time.
private struct ChangedUpdate: ReleaseStrategy {
  struct Change {
    var time: Instant
    /// The new number; nil to undo.
    var replicas: Int?
  }

  static let kind = "rolling-update"
  static let summary = RollingUpdate.summary
  static let parameters: [Parameter] = []

  var update: RollingUpdate
  var change: Change

  init(update: RollingUpdate, change: Change) {
    (self.update, self.change) = (update, change)
  }

  init(_ values: ParameterValues) { preconditionFailure("it is never read from a file") }

  func problems(replicas: Int) -> [StrategyProblem] { [] }
  func outline(replicas: Int) -> [String] { [] }
  var leastDuration: Span { .zero }
  var needsTrafficRouting: Bool { false }

  func makeController(replicas: Int) -> any ReleaseController {
    Controller(inner: update.makeController(replicas: replicas), change: change)
  }

  private struct Controller: ReleaseController {
    var inner: any ReleaseController
    let change: Change
    var hasAsked = false

    mutating func reconcile(_ observation: FleetObservation, into orders: inout [ReleaseOrder]) {
      var observation = observation
      if !hasAsked {
        hasAsked = true
        orders.append(.wake(at: change.time))
      }
      if observation.now >= change.time {
        if let replicas = change.replicas {
          observation.desiredReplicas = replicas
        } else if !observation.isRollbackOrdered {
          orders.append(.rollBack(because: "somebody undid it"))
          return
        }
      }
      inner.reconcile(observation, into: &orders)
    }
  }
}
