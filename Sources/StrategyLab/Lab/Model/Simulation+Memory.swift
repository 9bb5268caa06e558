/// Memory that one replication leaves to the next.
extension Simulation {
  /// Leaves to another simulation of the same experiment what this one has allocated, and nothing of what it knows but
  /// the spans of a world that both play in.
  ///
  /// A fleet of the same size needs as much again. Everything that is not named here is new, so that no replication can
  /// be told from one that is played alone.
  mutating func giveMemory(to next: inout Simulation) {
    swap(&calendar, &next.calendar)
    swap(&replicas, &next.replicas)
    swap(&pool, &next.pool)
    swap(&deletionOrder, &next.deletionOrder)
    swap(&waiting, &next.waiting)
    swap(&chosen, &next.chosen)
    swap(&orders, &next.orders)
    swap(&drawnSpans, &next.drawnSpans)
    if !world.drawsLike(next.world) { next.drawnSpans.removeAll() }
    next.calendar.removeAll()
    next.replicas.removeAll()
    // Starts over when the replication begins.
    next.pool.reset(nodes: 0)
    next.deletionOrder.stable.removeAll()
    next.deletionOrder.candidate.removeAll()
    next.waiting.removeAll()
    next.chosen.removeAll()
    next.orders.removeAll(keepingCapacity: true)
  }
}
