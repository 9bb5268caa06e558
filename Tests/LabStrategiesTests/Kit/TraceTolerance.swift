import LabUnits

/// How far a recording may be from what is played here, by what makes the real controllers slower.
///
/// The numbers in brackets are those of the list "how the controllers' own time shows" that comes with
/// the recordings. What is played here has no lag at all, so that most figures may only be larger there.
struct TraceTolerance {
  /// How much later than here it may be, in seconds.
  var late: Double
  /// How much earlier, in seconds.
  var early: Double
  /// How many replicas the held peak and the held floor may differ by.
  var peak = 0
  var floor = 0
  /// How many replicas a size may differ by at the same place of the sequence; nil: not compared.
  var size: Int?

  init(_ play: TracePlay) {
    let trace = play.trace
    let operations = Double(play.operations)
    let moments = Double(Set(play.cluster.record.scaleSteps.map(\.time)).count)
    // A moment is three hops of some 10 ms and a kubelet that is 25 to 90 ms late; each replica is a
    // request of some ms in batches (4); the machine was busy.
    late = 0.3 + 0.1 * moments + 0.005 * operations
    early = 0.1
    let isVaried = trace.isVaried
    size = isVaried ? 1 : nil
    let isOverBurst =
      trace.isLimited && 2 * operations > Double(trace.inputs.client_burst ?? 30)
    if isOverBurst {
      // (3) Each replica may cost half a request more than what is played here counts, and (7) the
      // replicas of a ReplicaSet that shrinks go as late as the client lets them.
      late += operations / 2 / trace.inputs.client_qps
      early += operations / 4 / trace.inputs.client_qps
      peak = play.ours.peakHeld / 5
      floor = trace.inputs.replicas / 10
      size = nil
    }
    if trace.inputs.min_ready_seconds > 0 {
      // (5) Whole seconds, cut, and a wake-up one second late: 2.1 to 4.8 s for 3 s.
      late += 1.8 + 0.2 * moments
      early += 0.9
      size = nil
    }
    switch trace.kind {
    case "undo":
      // (8) The floor may be missed by a replica that was counted twice.
      floor += 1
      // (9) Where all replicas become ready at the moment of the undoing, one that is started more, or
      // less, decides over a whole start-up.
      if !isVaried {
        late += trace.inputs.start_s
        early += trace.inputs.start_s
      }
    case "scale":
      // A replica that becomes ready within some ms of the change is shared out with it or after it.
      if let size { self.size = size + 1 }
    default: break
    }
  }
}

extension TracePlay {
  /// The replicas that were created or deleted here.
  var operations: Int {
    cluster.record.scaleSteps.reduce(0) { $0 + abs($1.to - $1.from) }
  }

  /// Everything in which the recording is further from what is played here than its kind explains.
  var differences: [String] {
    let tolerance = TraceTolerance(self)
    var found: [String] = cluster.issues
    func check(_ name: String, _ theirs: Int, _ ours: Int, by allowed: Int) {
      if abs(theirs - ours) > allowed { found.append("\(name) \(theirs), here \(ours)") }
    }
    func check(_ name: String, _ theirs: Double, _ ours: Double, times factor: Double = 1) {
      let difference = theirs - ours
      if difference > tolerance.late * factor || -difference > tolerance.early * factor {
        found.append("\(name) \(theirs), here \(ours)")
      }
    }
    check("held peak", theirs.peakHeld, ours.peakHeld, by: tolerance.peak)
    check("held floor", theirs.leastReadyHeld, ours.leastReadyHeld, by: tolerance.floor)
    switch (theirs.complete, ours.complete) {
    case (let theirs?, let ours?): check("complete", theirs, ours)
    case (nil, nil): break
    default: found.append("only one of both completes")
    }
    check("mixed window", theirs.mixedWindow, ours.mixedWindow)
    let peak = Double(max(theirs.peakHeld, ours.peakHeld))
    check("replica-seconds", theirs.replicaSeconds, ours.replicaSeconds, times: peak)
    switch (theirs.deadlineExceeded, ours.deadlineExceeded) {
    case (let theirs?, let ours?):
      // (6) Whole seconds and a wake-up one second late.
      if !(-0.1...1.6).contains(theirs - ours) {
        found.append("deadline exceeded \(theirs), here \(ours)")
      }
    case (nil, nil): break
    default: found.append("only one of both exceeds the deadline")
    }
    if let slack = tolerance.size, !isSameOrder(within: slack) {
      found.append("sizes \(theirs.sizes), here \(ours.sizes)")
    }
    return found
  }

  /// Whether the sizes follow each other as here, where (2) several changes may have been seen as one.
  private func isSameOrder(within slack: Int) -> Bool {
    func contains(_ path: [Sizes], _ others: [Sizes]) -> Bool {
      var place = others.startIndex
      for sizes in path {
        let next = others[place...].firstIndex {
          abs($0.old - sizes.old) <= slack && abs($0.new - sizes.new) <= slack
        }
        guard let next else { return false }
        place = next
      }
      return true
    }
    return contains(theirs.sizes, ours.sizes) && contains(ours.sizes, theirs.sizes)
  }
}
