import LabUnits

/// One step of a strategy as people number and name it, for plans and timelines.
public struct ReleaseStep: Sendable, Hashable {
  /// Its place in the strategy, from 1; 0 for what comes before the first and after the last.
  public var number: Int
  /// What is done: `setWeight 20`, `pause 5m`, `switch the active service`.
  public var title: String
  /// The candidate's share of the traffic that the strategy asks for; nil if the step does not speak of it.
  public var wantedWeight: TrafficWeight?
  /// Whether the step ends only when a person says so.
  public var waitsForPerson: Bool
  /// Whether the title becomes a line of the timeline; not where the controller announces what it does in words of its own.
  public var isAnnounced: Bool

  /// A step.
  public init(
    number: Int, title: String, wantedWeight: TrafficWeight? = nil, waitsForPerson: Bool = false,
    isAnnounced: Bool = true
  ) {
    self.number = number
    self.title = title
    self.wantedWeight = wantedWeight
    self.waitsForPerson = waitsForPerson
    self.isAnnounced = isAnnounced
  }
}
