import LabStrategies
import LabUnits
import Testing

/// Plays every recording that is at hand, replica by replica with its own delays, and compares.
///
/// Without the recordings there is nothing to play; ``RecordedRolloutTests`` then stands alone.
@Suite struct TraceReplayTests {
  @Test(
    arguments: Trace.named("roll_", "rep1_roll", "rep2_roll", "rep3_roll", "rep4_roll", "rep5_roll")
  )
  func playsTheRollingUpdate(_ trace: Trace) throws {
    let cluster = play(trace)
    let (ours, theirs) = (cluster.record, trace.summary)
    #expect(ours.most(\.live) == theirs.peak_pods_held_250ms)
    #expect(ours.least(\.ready) == theirs.least_ready_held_250ms)
    // The client of the real controllers sent 20 requests a second in some recordings: with many
    // replicas, that slowness is in every figure below.
    if trace.inputs.client_qps < 100, trace.inputs.replicas > 10 { return }
    #expect(ours.most(\.notGone) == theirs.peak_pods_with_terminating)
    try expectSameEnd(cluster, trace, lag: 1.1)
    let replicaSeconds = ours.integral { $0.stable.live + $0.candidate.live }
    #expect(abs(replicaSeconds - theirs.replica_seconds) < 1.1 * Double(ours.most(\.live)))
    // Equal start-ups let the real controllers see one change as several.
    if trace.inputs.start_s_by_version != nil, trace.inputs.min_ready_seconds == 0 {
      #expect(abs(ours.scaleSteps.count - theirs.scale_steps) <= 2)
    }
  }

  @Test(arguments: Trace.named("recreate_", "bad_"))
  func playsTheStopAndTheUndoing(_ trace: Trace) throws {
    let cluster = play(trace)
    #expect(cluster.record.most(\.live) == trace.summary.peak_pods_held_250ms)
    #expect(cluster.record.most(\.notGone) == trace.summary.peak_pods_with_terminating)
    #expect(cluster.record.least(\.ready) == trace.summary.least_ready_held_250ms)
    #expect(cluster.record.scaleSteps.count == trace.summary.scale_steps)
    if trace.summary.complete_s != nil { try expectSameEnd(cluster, trace, lag: 0.5) }
  }

  /// Where all replicas become ready at the moment of the undoing, one replica more or less that was
  /// started decides over a whole start-up, in the real controllers too; those recordings are left out.
  @Test(
    arguments: Trace.named("undo_", "rep2_undo", "rep3_undo").filter {
      $0.inputs.start_s_by_version != nil || $0.inputs.replicas == 5
    })
  func undoesInTheMiddle(_ trace: Trace) throws {
    let cluster = play(trace)
    #expect(cluster.record.most(\.live) == trace.summary.peak_pods_held_250ms)
    #expect(cluster.record.least(\.ready) == trace.summary.least_ready_held_250ms)
    #expect(abs(cluster.record.most(\.notGone) - trace.summary.peak_pods_with_terminating) <= 1)
    #expect(cluster.record.scaleSteps.count == trace.summary.scale_steps)
    try expectSameEnd(cluster, trace, lag: 0.5)
  }

  @Test(arguments: Trace.named("scale_", "rep1_scale", "rep3_scale", "rep4_scale", "rep5_scale"))
  func changesTheDesiredReplicasInTheMiddle(_ trace: Trace) throws {
    let cluster = play(trace)
    #expect(cluster.record.most(\.desired) == trace.summary.peak_spec_replicas)
    #expect(cluster.record.least(\.ready) == trace.summary.least_ready_held_250ms)
    if trace.summary.complete_s != nil { try expectSameEnd(cluster, trace, lag: 1.3) }
  }

  private func play(_ trace: Trace) -> ToyCluster {
    let controller = trace.strategy.makeController(replicas: trace.inputs.replicas)
    let cluster = ToyCluster.play(controller, trace.world)
    #expect(cluster.issues == [])
    return cluster
  }

  private func expectSameEnd(_ cluster: ToyCluster, _ trace: Trace, lag: Double) throws {
    let ours = try #require(cluster.record.ends.last).time.seconds
    let theirs = try #require(trace.summary.complete_s)
    #expect(ours <= theirs + 0.01 && theirs - ours <= lag, "\(ours) s for \(theirs) s")
  }
}
