import LabStrategies
import LabUnits
import StrategyLab

/// Timelines as the model would write them, made by hand.
enum FixtureTimelines {
  /// The timelines of the realistic fixture's strategies.
  static func all(_ index: Int) -> [Timeline] {
    switch index {
    case 0: [recreate(index, defect: nil), recreate(index, defect: "errors")]
    case 1: [rolling(index, defect: nil), rolling(index, defect: "errors")]
    case 2: [blueGreen(index, defect: nil), blueGreen(index, defect: "errors")]
    case 3: [canary(index, defect: nil), canary(index, defect: "errors")]
    default: [shadow(index)]
    }
  }

  /// Collects what happens at which time, then plays it.
  struct Script {
    private var entries: [(time: Double, change: (inout Timeline.Row) -> Void)] = []

    mutating func at(
      _ time: Double, _ event: String = "",
      _ change: @escaping (inout Timeline.Row) -> Void = { _ in }
    ) {
      entries.append(
        (
          time,
          { row in
            row.event = event
            change(&row)
          }
        ))
    }

    func timeline(_ index: Int, replication: Int, defect: String?, replicas: Int = 40) -> Timeline {
      var row = Timeline.Row(
        time: .zero, event: "",
        stable: ReplicaCounts(
          desired: replicas, ready: replicas, available: replicas),
        candidate: ReplicaCounts(), candidateWeight: 0)
      var rows: [Timeline.Row] = []
      let sorted = entries.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
      }
      for (_, entry) in sorted {
        row.time = .zero + Span(seconds: entry.time)
        entry.change(&row)
        rows.append(row)
      }
      return Timeline(
        strategyIndex: index, replication: replication, defect: defect, rows: rows)
    }
  }

  typealias Part = WritableKeyPath<Timeline.Row, ReplicaCounts>

  /// Starts replicas of a version one by one.
  static func start(
    _ count: Int, of part: Part, at time: Double, lasting: Double, in script: inout Script
  ) {
    script.at(time) {
      $0[keyPath: part].starting += count; $0[keyPath: part].desired += count
    }
    for number in 0..<count {
      script.at(time + lasting * (0.5 + Double(number) / Double(count))) { row in
        row[keyPath: part].starting -= 1
        row[keyPath: part].ready += 1
        row[keyPath: part].available += 1
      }
    }
  }

  /// Stops replicas of a version, which drain for a while.
  static func stop(
    _ count: Int, of part: Part, at time: Double, draining: Double = 12, in script: inout Script
  ) {
    script.at(time) { row in
      row[keyPath: part].desired -= count
      row[keyPath: part].ready -= count
      row[keyPath: part].available -= count
      row[keyPath: part].terminating += count
    }
    for number in 0..<count {
      script.at(time + draining * (0.4 + 0.6 * Double(number) / Double(count))) {
        $0[keyPath: part].terminating -= 1
      }
    }
  }

  /// Traffic follows the endpoints.
  private static func byReplicas(_ timeline: Timeline) -> Timeline {
    var result = timeline
    for index in result.rows.indices {
      let row = result.rows[index]
      let ready = row.stable.ready + row.candidate.ready
      result.rows[index].candidateWeight =
        ready == 0 ? 0 : Double(row.candidate.ready) / Double(ready)
    }
    return result
  }

  static func recreate(_ index: Int, defect: String?) -> Timeline {
    var script = Script()
    script.at(0, "release begins")
    stop(40, of: \.stable, at: 0, in: &script)
    start(40, of: \.candidate, at: 14, lasting: 40, in: &script)
    if defect != nil {
      script.at(205, "errors above 2% for 3 checks")
      script.at(230, "roll-back ordered by people")
      stop(40, of: \.candidate, at: 230, in: &script)
      start(40, of: \.stable, at: 244, lasting: 40, in: &script)
      script.at(305, "rolled back")
    } else {
      script.at(76, "promoted")
    }
    return byReplicas(script.timeline(index, replication: defect == nil ? 1 : 2, defect: defect))
  }

  static func rolling(_ index: Int, defect: String?) -> Timeline {
    var script = Script()
    script.at(0, "release begins")
    let batches = defect == nil ? 4 : 3
    for batch in 0..<batches {
      let time = Double(batch) * 62
      start(10, of: \.candidate, at: time, lasting: 32, in: &script)
      stop(10, of: \.stable, at: time + 50, in: &script)
    }
    if defect != nil {
      script.at(171, "burn rate above 14")
      script.at(180, "roll-back ordered")
      for batch in 0..<3 {
        let time = 180 + Double(batch) * 55
        start(10, of: \.stable, at: time, lasting: 32, in: &script)
        stop(10, of: \.candidate, at: time + 48, in: &script)
      }
      script.at(352, "rolled back")
    } else {
      script.at(250, "promoted")
    }
    return byReplicas(script.timeline(index, replication: defect == nil ? 1 : 2, defect: defect))
  }

  static func blueGreen(_ index: Int, defect: String?) -> Timeline {
    var script = Script()
    script.at(0, "release begins: 40 replicas provisioned")
    start(40, of: \.candidate, at: 0, lasting: 60, in: &script)
    script.at(91, "checks begin")
    script.at(211, "checks passed")
    script.at(212, "all traffic to candidate") { $0.candidateWeight = 1 }
    if defect != nil {
      script.at(301, "error rate 4.1%, limit 2%")
      script.at(306, "roll-back ordered")
      script.at(308, "all traffic to stable") { $0.candidateWeight = 0 }
      stop(40, of: \.candidate, at: 320, in: &script)
      script.at(334, "rolled back")
    } else {
      stop(40, of: \.stable, at: 812, draining: 30, in: &script)
      script.at(844, "promoted")
    }
    return script.timeline(index, replication: defect == nil ? 1 : 2, defect: defect)
  }

  static func canary(_ index: Int, defect: String?) -> Timeline {
    var script = Script()
    script.at(0, "step 1: 5% to candidate")
    start(2, of: \.candidate, at: 0, lasting: 40, in: &script)
    script.at(61, "traffic split 5%") { $0.candidateWeight = 0.05 }
    if defect != nil {
      script.at(180, "error rate 3.8%, limit 2%")
      script.at(240, "analysis failed: roll-back ordered")
      script.at(243, "all traffic to stable") { $0.candidateWeight = 0 }
      stop(2, of: \.candidate, at: 244, in: &script)
      script.at(258, "rolled back")
      return script.timeline(index, replication: 2, defect: defect)
    }
    script.at(361, "step 2: 25% to candidate")
    start(8, of: \.candidate, at: 361, lasting: 40, in: &script)
    script.at(422, "traffic split 25%") { $0.candidateWeight = 0.25 }
    script.at(1022, "step 3: 50% to candidate")
    start(10, of: \.candidate, at: 1022, lasting: 40, in: &script)
    script.at(1083, "traffic split 50%") { $0.candidateWeight = 0.5 }
    script.at(1683, "analysis passed: promote")
    start(20, of: \.candidate, at: 1683, lasting: 40, in: &script)
    script.at(1744, "all traffic to candidate") { $0.candidateWeight = 1 }
    stop(40, of: \.stable, at: 1750, draining: 30, in: &script)
    script.at(1782, "promoted")
    return script.timeline(index, replication: 1, defect: nil)
  }

  static func shadow(_ index: Int) -> Timeline {
    var script = Script()
    script.at(0, "release begins: 40 replicas provisioned")
    start(40, of: \.candidate, at: 0, lasting: 60, in: &script)
    script.at(95, "mirror 20% of requests")
    script.at(995, "analysis passed: switch")
    script.at(997, "all traffic to candidate") { $0.candidateWeight = 1 }
    stop(40, of: \.stable, at: 1010, draining: 30, in: &script)
    script.at(1044, "promoted")
    return script.timeline(index, replication: 1, defect: nil)
  }

  /// A rolling update in few rows.
  static func tiny(_ index: Int) -> Timeline {
    var script = Script()
    script.at(0, "release begins")
    start(2, of: \.candidate, at: 0, lasting: 20, in: &script)
    stop(2, of: \.stable, at: 31, in: &script)
    script.at(45, "promoted")
    return byReplicas(script.timeline(index, replication: 0, defect: nil, replicas: 2))
  }

  /// A canary's good and defective release in few rows.
  static func tinyCanary(_ index: Int) -> [Timeline] {
    [nil, "errors"].map { defect in
      var script = Script()
      script.at(0, "step 1: 50% to candidate")
      start(1, of: \.candidate, at: 0, lasting: 20, in: &script)
      script.at(21.5, "traffic split 50%") { $0.candidateWeight = 0.5 }
      if defect == nil {
        script.at(81.5, "all traffic to candidate") { $0.candidateWeight = 1 }
        stop(2, of: \.stable, at: 82, in: &script)
        script.at(95, "promoted")
      } else {
        script.at(51.25, "roll-back ordered")
        script.at(52, "all traffic to stable") { $0.candidateWeight = 0 }
        stop(1, of: \.candidate, at: 52, in: &script)
        script.at(65, "rolled back")
      }
      return script.timeline(index, replication: defect == nil ? 0 : 3, defect: defect, replicas: 2)
    }
  }
}
