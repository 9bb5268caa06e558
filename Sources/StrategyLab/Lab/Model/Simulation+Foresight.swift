import LabKernel

/// Reading what coming events will need, many at once.
///
/// A large fleet does not fit into the processor's caches, and its replicas have their turns in random order, so that
/// most events would wait for memory: a fifth of the time of a release of a million. Reads of which none
/// needs another's result are answered together. So the rows of the next replicas, and of the nodes that they are
/// about to leave, are read in a row; few enough that they are still at hand when their turn comes.
extension Simulation {
  /// Fleets below this size stay in the caches anyway: with 32 bytes a replica and 16 a node, half a megabyte.
  private static let smallFleet = 16_384
  /// How many events of the sorted slot are looked at together: a replica and a node each, in the first cache.
  private static let eventsAtOnce = 192

  /// Reads what the next events are about.
  @inline(never)
  mutating func lookAhead() {
    let isLarge = replicas.count > Self.smallFleet
    let places = calendar.lookAhead(isLarge ? Self.eventsAtOnce : .max)
    let placesInLane = calendar.lookAheadInLane()
    guard isLarge else { return }
    var sum = 0
    for place in placesInLane { sum &+= look(at: calendar.comingInLane(place)) }
    for place in places { sum &+= look(at: calendar.coming(place)) }
    for place in places {
      let event = calendar.coming(place)
      if event.kind == .gone { sum &+= pool.freePlaces(of: Int(replicas[Int(event.entity)].node)) }
    }
    lookedAt = sum
  }

  /// Something of the replica that an event happens to.
  @inline(__always)
  private func look(at event: SimulationEvent) -> Int {
    switch event.kind {
    case .created, .deleted, .ready, .available, .endpointAdded, .endpointRemoved, .toldToStop,
      .gone:
      Int(replicas[Int(event.entity)].stamp)
    default: 0
    }
  }
}
