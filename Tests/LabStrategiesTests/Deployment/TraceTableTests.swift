import Foundation
import LabStrategies
import LabUnits
import Testing

/// Plays every file of the folder of recordings with its own times, prints one table, and fails where a
/// recording is further away than its kind explains; see ``TraceTolerance``.
///
/// Rules go by the kind that a file's name begins with, so that further recordings need no change here.
@Suite struct TraceTableTests {
  private static let rollouts = ["roll", "recreate", "bad", "undo", "scale", "slow"]

  @Test(.enabled(if: Trace.folder != nil))
  func everyRecordingIsPlayed() throws {
    var lines = [Self.head]
    for file in Trace.files where Trace.kind(of: file) != "api" {
      guard Self.rollouts.contains(Trace.kind(of: file)) else {
        Issue.record("\(file): no rule for this kind of recording")
        continue
      }
      let trace: Trace
      do {
        trace = try JSONDecoder().decode(Trace.self, from: Trace.data(file))
      } catch {
        Issue.record("\(file): \(error)")
        continue
      }
      let play = TracePlay(trace)
      lines.append(Self.line(play))
      for difference in play.differences { Issue.record("\(trace): \(difference)") }
    }
    print(lines.joined(separator: "\n"))
  }

  @Test(
    .enabled(if: Trace.folder != nil), arguments: Trace.files.filter { Trace.kind(of: $0) == "api" }
  )
  func whatTheServerTakesOrRefusesIsTakenOrRefused(_ file: String) throws {
    let note = try JSONDecoder().decode(ServerNote.self, from: Trace.data(file))
    let inputs = note.inputs
    let surge = ServerNote.quantity(inputs.max_surge) ?? DeploymentUpdate.standardQuantity
    let unavailable =
      ServerNote.quantity(inputs.max_unavailable) ?? DeploymentUpdate.standardQuantity
    let update = DeploymentUpdate.rolling(maxSurge: surge, maxUnavailable: unavailable)
    #expect(update.problems.isEmpty == (note.rejected == nil), "\(update.problems)")
    guard let stored = note.stored_spec else { return }
    #expect(try surge.scaled(to: inputs.replicas, roundingUp: true) == stored.rounded.maxSurge)
    #expect(
      try unavailable.scaled(to: inputs.replicas, roundingUp: false)
        == stored.rounded.maxUnavailable)
    #expect(ProgressDeadline(seconds: stored.progressDeadlineSeconds) == .standard)
    #expect(stored.revisionHistoryLimit == RevisionHistory.standardLimit)
  }

  private static let head =
    "theirs, ours, difference: held peak | held floor | complete s | mixed window s | "
    + "replica-seconds | deadline s | scale steps"

  private static func line(_ play: TracePlay) -> String {
    let (theirs, ours) = (play.theirs, play.ours)
    let cells = [
      cell(theirs.peakHeld, ours.peakHeld), cell(theirs.leastReadyHeld, ours.leastReadyHeld),
      cell(theirs.complete, ours.complete), cell(theirs.mixedWindow, ours.mixedWindow),
      cell(theirs.replicaSeconds, ours.replicaSeconds),
      cell(theirs.deadlineExceeded, ours.deadlineExceeded),
      cell(theirs.sizes.count - 1, ours.sizes.count - 1),
    ]
    return "\(play.trace): " + cells.joined(separator: " | ")
  }

  private static func cell(_ theirs: Int, _ ours: Int) -> String {
    "\(theirs) \(ours) \(theirs - ours)"
  }

  private static func cell(_ theirs: Double?, _ ours: Double?) -> String {
    func text(_ value: Double?) -> String {
      value.map { String(format: "%.2f", $0) } ?? "-"
    }
    let difference = theirs.flatMap { theirs in ours.map { theirs - $0 } }
    return "\(text(theirs)) \(text(ours)) \(text(difference))"
  }
}

/// What the server stored of a Deployment, or why it refused it.
private struct ServerNote: Decodable {
  struct Inputs: Decodable {
    var replicas: Int
    var max_surge: String?
    var max_unavailable: String?
  }
  struct Rounded: Decodable {
    var maxSurge: Int
    var maxUnavailable: Int
  }
  struct Stored: Decodable {
    var progressDeadlineSeconds: Int
    var revisionHistoryLimit: Int
    var rounded: Rounded
  }

  var inputs: Inputs
  var stored_spec: Stored?
  var rejected: String?

  /// A number where the text is one, as the recordings write everything as text.
  static func quantity(_ text: String?) -> IntOrPercent? {
    guard let text, !text.isEmpty else { return nil }
    return Int(text).map { .integer($0) } ?? .text(text)
  }
}
