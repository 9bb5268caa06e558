import LabKernel
import LabUnits

/// What a defect does to the candidate, in the terms of the model; a good release has the standard values.
public struct DefectEffect: Sendable, Hashable {
  /// The probability with which the candidate fails a request that it hurts, 0 to 1.
  public var failureProbability = 0.0
  /// What the candidate's service time is multiplied by.
  public var serviceTimeFactor = 1.0
  /// The share of users who can be hurt at all, 0 to 1.
  public var affectedUsers = 1.0
  /// A replica hurts only after having been up for a time drawn from this law; nil: from the start.
  public var onsetUptime: SpanDistribution?
  /// A replica hurts only while it gets more than so many requests a second; nil: at any rate.
  public var loadThreshold: Double?
  /// The probability with which a start crashes before it is ready.
  public var startFailureProbability = 0.0
  /// A ready replica crashes after a time drawn from this law; nil: never.
  public var crashUptime: SpanDistribution?
  /// The probability with which a request fails whose session met the other version just before.
  public var versionChangeFailureProbability = 0.0
  /// The share of the candidate's requests whose writes must be repaired when the release is undone.
  public var writesToRepair = 0.0

  /// No defect at all.
  public init() {}
}

/// A kind of defect: its keys in a scenario file and what they do.
///
/// A kind is added by one file that conforms to this protocol and one line in ``DefectRegistry``.
public protocol DefectKind: Sendable {
  /// Name, definition and keys.
  static var form: VariantForm { get }
  /// What a defect of this kind does, with the keys that a scenario gives it.
  static func effect(_ values: ParameterValues) -> DefectEffect
}

/// All defect kinds that a scenario can name.
public enum DefectRegistry {
  /// Every kind, in the order in which the reference lists them.
  public static let all: [any DefectKind.Type] = [
    ErrorsDefect.self, LatencyDefect.self, CrashDefect.self, LeakDefect.self, LoadDefect.self,
    CohortDefect.self, IncompatibleDefect.self,
  ]

  /// How a scenario file writes a defect.
  public static let family = VariantFamily(
    name: "defect",
    commonParameters: [
      .optional("name", .text, "What reports call this defect. Default: the kind."),
      .standard(
        "weight", .number(0...1_000_000), "1",
        "How often this defect is the one, relative to the others of the catalog.",
        source: "assumption of StrategyLab: all alike; no statistic was found"),
    ],
    forms: all.map { $0.form })
}
