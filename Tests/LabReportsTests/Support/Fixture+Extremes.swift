import LabStrategies
import LabUnits
import StrategyLab

extension Fixture {
  /// Twenty strategies, some of them with names that are too long, one with 2,000 replicas.
  static func many() -> Fixture { manyFixture }

  private static let manyFixture = makeMany()

  private static func makeMany() -> Fixture {
    let profiles = (0..<20).map { number in
      var profile = Fixture.profiles[number % 5]
      let exposure = profile.exposure * (0.6 + 0.8 * noise(number, 77))
      profile.name =
        number == 7
        ? "canary with a very long name that nobody would choose but somebody will write anyway"
        : "\(profile.name)-\(number)"
      profile.exposure = exposure
      profile.people *= 0.5 + noise(number, 78)
      return profile
    }
    return Fixture(
      profiles: profiles, replications: 80, defectProbability: 0.3,
      timelines: { index in
        if index == 1 { return [large(index)] }
        return FixtureTimelines.all(index % 5).map { timeline in
          var timeline = timeline
          timeline.strategyIndex = index
          return timeline
        }
      })
  }

  /// One strategy, one replication, no defect.
  static func one() -> Fixture {
    Fixture(
      profiles: [profiles[2]], replications: 1, defectProbability: 0,
      timelines: { [FixtureTimelines.blueGreen($0, defect: nil)] })
  }

  /// Names that try to break every format.
  static let hostileNames = [
    "a|b`c`<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "\u{1B}[31mred\u{7}\u{9B}2J",
    "line\nbreak\r\n# heading\t\u{202E}txt", "🚀 ロケット \"quoted\", & 'more' ]]> \\",
  ]

  /// The realistic fixture under hostile names everywhere.
  static func hostile() -> Fixture { hostileFixture }

  private static let hostileFixture = makeHostile()

  private static func makeHostile() -> Fixture {
    var fixture = realistic(replications: 12)
    for index in fixture.record.header.strategies.indices {
      fixture.record.header.strategies[index].name = hostileNames[index]
      fixture.record.header.strategies[index].kind = hostileNames[(index + 1) % 5]
      fixture.record.header.strategies[index].outline = hostileNames
    }
    let all = hostileNames.joined(separator: " ")
    fixture.record.header.scenarioName = all
    fixture.record.header.scenarioTitle = all
    fixture.record.header.scenarioHash = all
    fixture.record.header.programVersion = all
    fixture.record.header.assumptions = hostileNames.map {
      Assumption(path: $0, value: $0, isGiven: $0.hasPrefix("="), source: $0)
    }
    for index in fixture.record.runs.indices {
      if fixture.record.runs[index].defect != nil {
        fixture.record.runs[index].defect = hostileNames[index % 5]
      }
      if fixture.record.runs[index].outcome == .stalled {
        fixture.record.runs[index].stallReason = hostileNames[(index + 2) % 5]
      }
    }
    for index in fixture.record.timelines.indices {
      if fixture.record.timelines[index].defect != nil {
        fixture.record.timelines[index].defect = hostileNames[index % 5]
      }
      for row in fixture.record.timelines[index].rows.indices
      where !fixture.record.timelines[index].rows[row].event.isEmpty {
        fixture.record.timelines[index].rows[row].event = hostileNames[row % 5]
      }
    }
    fixture.comparison = FixtureStatistics.comparison(of: fixture.record)
    return fixture
  }

  /// A rolling update of 2,000 replicas, one row a change.
  static func large(_ index: Int) -> Timeline {
    var script = FixtureTimelines.Script()
    script.at(0, "release begins")
    for batch in 0..<4 {
      FixtureTimelines.start(
        500, of: \.candidate, at: Double(batch) * 200, lasting: 120, in: &script)
      FixtureTimelines.stop(500, of: \.stable, at: Double(batch) * 200 + 185, in: &script)
    }
    script.at(830, "promoted")
    return script.timeline(index, replication: 0, defect: nil, replicas: 2_000)
  }
}
