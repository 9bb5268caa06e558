/// A queueing system with closed forms, and a way to play it request by request.
public struct ReferenceSystem: Sendable {
  /// The system in Kendall's notation: `M/M/1`.
  public let name: String
  /// What arrives and who serves, in words.
  public let setting: String
  /// Tells its draws from those of the other systems, which would else meet the same luck.
  var number = 0
  /// What is measured, in the order of the values of ``play``.
  public let measures: [ReferenceMeasure]
  /// Plays one replication: its seed, its number and the requests to measure; gives one mean a measure.
  let play: @Sendable (_ seed: UInt64, _ replication: Int, _ requests: Int) -> [Double]

  /// A system from its parts.
  init(
    name: String, setting: String, measures: [ReferenceMeasure],
    play: @escaping @Sendable (_ seed: UInt64, _ replication: Int, _ requests: Int) -> [Double]
  ) {
    self.name = name
    self.setting = setting
    self.measures = measures
    self.play = play
  }

  /// The means of one replication.
  func means(seed: UInt64, replication: Int, requests: Int) -> [Double] {
    play(seed, number << 16 | replication, requests)
  }
}

/// A quantity of a reference system with the value that theory gives it.
public struct ReferenceMeasure: Sendable, Equatable {
  /// What is measured: `mean wait`.
  public let name: String
  /// The unit: `seconds`, `fraction` or `requests`.
  public let unit: String
  /// The value of the closed form.
  public let expected: Double

  /// A measure and its closed form.
  init(_ name: String, unit: String, expected: Double) {
    self.name = name
    self.unit = unit
    self.expected = expected
  }
}
