import LabKernel
import LabStrategies
import LabUnits

/// One release to be played: the service, where it runs, who uses it, what may go wrong, how it may be released.
///
/// A scenario is a plain value. Files, positions and text formats are the business of the reader that
/// makes it; everything below works on this value alone.
public struct Scenario: Sendable {
  /// A short name, used for the folder of the reports.
  public var name: String
  /// A line that says what the scenario is about.
  public var title: String
  /// What runs, and how a replica lives.
  public var service: ServiceModel
  /// Where it runs.
  public var cluster: ClusterModel
  /// What replicas take besides processor and memory, and of which there is only so much.
  public var scarce: [ScarceThing]
  /// What changes the desired replicas by themselves; nil: nothing does.
  public var autoscaler: AutoscalerModel?
  /// How many requests arrive, and when.
  public var traffic: TrafficModel
  /// Who sends them.
  public var users: UserModel
  /// What may be wrong with the candidate.
  public var release: ReleaseRisk
  /// What watches the release.
  public var monitoring: MonitoringModel
  /// Who reacts, and how late.
  public var people: PeopleModel
  /// What failures and time cost.
  public var costs: CostModel
  /// The strategies to compare, in the file's order.
  public var strategies: [NamedStrategy]
  /// How the comparison is run.
  public var experiment: ExperimentPlan

  /// A scenario from its parts.
  public init(
    name: String, title: String, service: ServiceModel, cluster: ClusterModel,
    scarce: [ScarceThing] = [], autoscaler: AutoscalerModel? = nil, traffic: TrafficModel,
    users: UserModel, release: ReleaseRisk, monitoring: MonitoringModel, people: PeopleModel,
    costs: CostModel,
    strategies: [NamedStrategy], experiment: ExperimentPlan
  ) {
    self.name = name
    self.title = title
    self.service = service
    self.cluster = cluster
    self.scarce = scarce
    self.autoscaler = autoscaler
    self.traffic = traffic
    self.users = users
    self.release = release
    self.monitoring = monitoring
    self.people = people
    self.costs = costs
    self.strategies = strategies
    self.experiment = experiment
  }
}

/// A strategy under the name that reports call it by.
public struct NamedStrategy: Sendable {
  /// The name, unique in the scenario.
  public var name: String
  /// The strategy and its parameters.
  public var strategy: any ReleaseStrategy

  /// A named strategy.
  public init(name: String, strategy: any ReleaseStrategy) {
    self.name = name
    self.strategy = strategy
  }

  /// The kind as scenario files write it.
  public var kind: String { type(of: strategy).kind }
}

/// A contradiction between keys of a scenario, found after every single key was read well.
public struct ScenarioProblem: Sendable, Hashable {
  /// The path of the key to point at: `strategies[1].maxSurge`.
  public let path: String
  /// What was found and what was expected.
  public let message: String
  /// How to mend it; empty if the message says it all.
  public let hint: String

  /// A contradiction at a path.
  public init(path: String, message: String, hint: String = "") {
    self.path = path
    self.message = message
    self.hint = hint
  }
}

/// One fact that a scenario assumes, for the list at the end of a report.
public struct Assumption: Sendable, Hashable, Codable {
  /// The path of the key: `service.terminationGrace`.
  public let path: String
  /// The value as the file or the default writes it.
  public let value: String
  /// Whether the file says so; otherwise it is the default.
  public let isGiven: Bool
  /// Where the default comes from; empty for what the file says.
  public let source: String

  /// An assumption.
  public init(path: String, value: String, isGiven: Bool, source: String) {
    self.path = path
    self.value = value
    self.isGiven = isGiven
    self.source = source
  }
}
