/// The fleet as the ledger of scarce things sees it.
extension Simulation {
  /// Notes how things stand now.
  ///
  /// Inlined where the books are kept it would have the whole simulation copied, also for those who do not ask.
  @inline(never)
  mutating func noteCourse() {
    let (stable, candidate) = (replicas.counts.stable, replicas.counts.candidate)
    let created = stable.notGone + candidate.notGone - uncreated
    let pending = stable.pending + candidate.pending - uncreated
    let homeless =
      compiled.quotaReplicas.map { max(0, min(pending, $0 - replicas.placed)) } ?? pending
    let missing = (homeless + pool.placesPerNode - 1) / pool.placesPerNode
    course.note(
      FleetCourse.Step(
        time: now, created: created, placed: created - pending,
        ready: stable.ready + candidate.ready,
        terminating: stable.terminating + candidate.terminating, nodes: pool.nodes,
        wantedNodes: pool.nodes + max(pool.nodesUnderWay, missing)))
  }
}
