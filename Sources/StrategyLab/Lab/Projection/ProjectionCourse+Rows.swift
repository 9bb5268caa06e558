import LabStrategies
import LabUnits

extension ProjectionCourse {
  /// The fewest steps by which a strategy is told step by step; one with fewer is told in waves.
  private static let fewestSteps = 3
  /// The parts into which the waves of a course without many events are cut.
  private static let waves = 8

  /// Whether the strategy has steps that tell its course.
  var isStepwise: Bool { marks.count >= Self.fewestSteps }

  /// The stretches of the release: its steps, or its waves.
  var rows: [Projection.Row] { isStepwise ? stepRows : waveRows }

  /// A stretch for every instant at which anything changed.
  var everyRow: [Projection.Row] {
    var kept: [Int] = []
    for position in moments.indices {
      guard let last = kept.last else {
        kept.append(position)
        continue
      }
      if Self.isChange(from: moments[last], to: moments[position]) { kept.append(position) }
    }
    return kept.indices.map { index in
      let moment = moments[kept[index]]
      return Projection.Row(
        title: moment.events.joined(separator: "; "), begin: moment.time,
        end: index + 1 < kept.count ? moments[kept[index + 1]].time : nil,
        wantedWeight: wantedWeight(from: moment.time), trueWeight: moment.weight,
        stable: moment.stable, candidate: moment.candidate, peak: peak(at: kept[index]))
    }
  }

  /// A stretch for each step, with the fleet as the next step finds it.
  private var stepRows: [Projection.Row] {
    var rows: [Projection.Row] = []
    var peak = 0
    func append(
      _ title: String, number: Int?, wanted: TrafficWeight?, from begin: Instant, to end: Instant?,
      _ stable: ReplicaCounts, _ candidate: ReplicaCounts, _ weight: Double
    ) {
      if let end {
        let before = position(upTo: Instant(nanoseconds: end.nanoseconds - 1))
        if moments[before].time < end { peak = max(peak, self.peak(at: before)) }
      }
      peak = max(peak, stable.notGone + candidate.notGone)
      rows.append(
        Projection.Row(
          number: number, title: title, begin: begin, end: end, wantedWeight: wanted,
          trueWeight: weight, stable: stable, candidate: candidate, peak: peak))
    }
    if let first = marks.first, first.time > .zero {
      append(
        "before the first step", number: 0, wanted: nil, from: .zero, to: first.time, first.stable,
        first.candidate, first.candidateWeight)
    }
    for (index, mark) in marks.enumerated() {
      let (step, begin) = (mark.step, mark.time)
      if index + 1 < marks.count {
        let next = marks[index + 1]
        append(
          step.title, number: step.number, wanted: step.wantedWeight, from: begin, to: next.time,
          next.stable, next.candidate, next.candidateWeight)
      } else {
        let end = finish.map { max($0, begin) }
        let last = moments[position(upTo: end ?? rest)]
        append(
          step.title, number: step.number, wanted: step.wantedWeight, from: begin, to: end,
          last.stable, last.candidate, last.weight)
      }
    }
    if let finish, rest > finish {
      let last = moments[position(upTo: rest)]
      append(
        "after the last step", number: 0, wanted: nil, from: finish, to: rest, last.stable,
        last.candidate, last.weight)
    }
    return rows
  }

  /// A stretch for each wave of replicas, or from event to event where there are many.
  private var waveRows: [Projection.Row] {
    let bounds = waveBounds
    var rows = zip(bounds, bounds.dropFirst()).map { begin, end in
      let place = position(upTo: end)
      let moment = moments[place]
      return Projection.Row(
        title: title(from: begin), begin: begin, end: end, wantedWeight: wantedWeight(from: begin),
        trueWeight: moment.weight,
        stable: moment.stable, candidate: moment.candidate, peak: peak(at: place))
    }
    if finish == nil, let last = bounds.last {
      let place = position(upTo: last)
      let moment = moments[place]
      rows.append(
        Projection.Row(
          title: title(from: last), begin: last, end: nil, trueWeight: moment.weight,
          stable: moment.stable, candidate: moment.candidate, peak: peak(at: place)))
    }
    return rows
  }

  private func title(from begin: Instant) -> String {
    let begun = marks.filter { $0.time == begin }.map(\.step.title)
    if !begun.isEmpty { return begun.joined(separator: "; ") }
    let moment = moments[position(upTo: begin)]
    return moment.time == begin ? moment.events.joined(separator: "; ") : ""
  }

  /// The weight that a step asks for at an instant; that all traffic shall move in the end says nothing of a wave.
  private func wantedWeight(from begin: Instant) -> TrafficWeight? {
    let wanted = marks.last { $0.time == begin && $0.step.wantedWeight != nil }?.step.wantedWeight
    return isStepwise || wanted != .allCandidate ? wanted : nil
  }

  /// The instants between which the waves lie: the beginning, what happened, the end, the last replica gone.
  private var waveBounds: [Instant] {
    let events = moments.filter { !$0.events.isEmpty }.map(\.time)
    var bounds = [moments[0].time, rest] + events
    if let finish { bounds.append(finish) }
    if events.count <= Self.fewestSteps {
      if let top = moments.max(by: { $0.notGone < $1.notGone })?.notGone,
        let peak = moments.first(where: { $0.notGone == top })
      {
        bounds.append(peak.time)
      }
      if let trafficComplete, trafficComplete <= rest { bounds.append(trafficComplete) }
      bounds += progressBounds
    }
    var ascending: [Instant] = []
    for bound in bounds.sorted() where bound != ascending.last { ascending.append(bound) }
    return ascending
  }

  /// When each eighth of the exchange was done: replicas of the candidate ready, replicas of stable not any more.
  private var progressBounds: [Instant] {
    let whole = moments[0].stable.desired + moments[0].stable.terminating
    func progress(_ moment: Moment) -> Int {
      moment.candidate.ready + max(0, whole - moment.stable.ready)
    }
    let (first, last) = (progress(moments[0]), progress(moments[position(upTo: finish ?? rest)]))
    guard last > first else { return [] }
    return (1...Self.waves).compactMap { part in
      let wanted = first + ((last - first) * part + Self.waves - 1) / Self.waves
      return moments.first { progress($0) >= wanted }?.time
    }
  }
}
