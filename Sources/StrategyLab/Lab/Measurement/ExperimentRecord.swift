import LabUnits

/// Everything that is known of an experiment: what was asked, what was assumed, and how every run came out.
///
/// A report is made from this value alone, so that one rebuilt from the store is the same to the byte.
public struct ExperimentRecord: Sendable, Equatable {
  /// What was asked.
  public var header: Header
  /// Every run: all replications of the first strategy in order, then those of the next.
  public var runs: [RunResult]
  /// The runs that were written down moment by moment: for each strategy a good release, and a defective one if there was one.
  public var timelines: [Timeline]

  /// An experiment's record.
  public init(header: Header, runs: [RunResult], timelines: [Timeline]) {
    self.header = header
    self.runs = runs
    self.timelines = timelines
  }

  /// What an experiment was asked to do.
  public struct Header: Sendable, Equatable, Codable {
    /// The scenario's short name.
    public var scenarioName: String
    /// The scenario's title.
    public var scenarioTitle: String
    /// The scenario file, to the byte.
    public var scenarioText: String
    /// The recorded traffic that the scenario names, to the byte, kept so that `resume` needs no file; nil where it names none.
    public var traceText: String?
    /// The hash of the scenario file and of the trace it names, in hexadecimal.
    public var scenarioHash: String
    /// The version of the program that played it.
    public var programVersion: String
    /// Where the random draws come from.
    public var seed: UInt64
    /// Replications planned for each strategy; with a precision the most that are played.
    public var replications: Int
    /// The half-width asked for, as a share of the mean, in millionths; nil for a fixed number of replications.
    public var precisionMillionths: Int64?
    /// The span over which every strategy is measured, in nanoseconds.
    public var horizonNanoseconds: Int64
    /// The replicas that the service shall have.
    public var desiredReplicas: Int
    /// The probability that a release is defective, 0 to 1.
    public var defectProbability: Double
    /// Which strategy the others are compared with, from 0.
    public var baselineIndex: Int
    /// The strategies, in the scenario's order.
    public var strategies: [Strategy]
    /// Every value that the scenario assumes, given or by default, in the order of the reference.
    public var assumptions: [Assumption]
    /// How closely requests were played, and why.
    public var detail: DetailChoice

    /// The header of an experiment.
    public init(
      scenarioName: String, scenarioTitle: String, scenarioText: String,
      traceText: String? = nil, scenarioHash: String, programVersion: String, seed: UInt64,
      replications: Int, precisionMillionths: Int64?,
      horizonNanoseconds: Int64, desiredReplicas: Int, defectProbability: Double,
      baselineIndex: Int, strategies: [Strategy], assumptions: [Assumption],
      detail: DetailChoice = DetailChoice(level: .flow, reason: "")
    ) {
      self.scenarioName = scenarioName
      self.scenarioTitle = scenarioTitle
      self.scenarioText = scenarioText
      self.traceText = traceText
      self.scenarioHash = scenarioHash
      self.programVersion = programVersion
      self.seed = seed
      self.replications = replications
      self.precisionMillionths = precisionMillionths
      self.horizonNanoseconds = horizonNanoseconds
      self.desiredReplicas = desiredReplicas
      self.defectProbability = defectProbability
      self.baselineIndex = baselineIndex
      self.strategies = strategies
      self.assumptions = assumptions
      self.detail = detail
    }
  }

  /// A strategy as reports show it.
  public struct Strategy: Sendable, Equatable, Codable {
    /// The name, unique in the experiment.
    public var name: String
    /// The kind: `blue-green`.
    public var kind: String
    /// Its steps in words, one line each.
    public var outline: [String]

    /// A strategy as reports show it.
    public init(name: String, kind: String, outline: [String]) {
      self.name = name
      self.kind = kind
      self.outline = outline
    }
  }
}
