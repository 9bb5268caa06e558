import LabUnits

/// Something that replicas take besides processor and memory, and of which there is only so much.
///
///     scarce:
///       - {kind: connections, perReplica: 19, limit: 237}
///       - {kind: gpus, limit: 8, perNode: 4}
public struct ScarceThing: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// What reports call it.
  public var name: String
  /// How much of it one replica takes.
  public var perReplica: Int
  /// How much others take all the time.
  public var others: Int
  /// How much there is; nil: nobody knows a limit.
  public var limit: Int?
  /// How much one node has; nil: it is not bound to nodes.
  public var perNode: Int?

  /// A scarce thing.
  public init(
    kind: Kind, name: String, perReplica: Int, others: Int = 0, limit: Int? = nil,
    perNode: Int? = nil
  ) {
    self.kind = kind
    self.name = name
    self.perReplica = perReplica
    self.others = others
    self.limit = limit
    self.perNode = perNode
  }

  /// The kinds of scarce things, in the order in which the reference lists them.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Connections to a database.
    case connections
    /// Graphics processors.
    case gpus
    /// Addresses of a subnet, or of a node.
    case addresses
    /// Licences that a running replica holds.
    case licences
    /// Partitions of a topic that a group of consumers shares.
    case partitions
    /// Targets of a load balancer.
    case targets
  }

  /// What becomes of a replica that gets none.
  public enum Shortage: String, Sendable, Hashable {
    /// It waits, as it does for a place.
    case waits
    /// It runs, and is refused what it asks for.
    case isRefused
    /// It runs, and has nothing to do.
    case isIdle
  }

  /// The most replicas that find enough of it; nil: no limit.
  public var replicas: Int? {
    guard let limit, perReplica > 0 else { return nil }
    return max(0, limit - others) / perReplica
  }
}

extension ScarceThing.Kind {
  /// What becomes of a replica that gets none.
  public var shortage: ScarceThing.Shortage {
    switch self {
    case .gpus, .addresses, .licences: .waits
    case .connections: .isRefused
    case .partitions, .targets: .isIdle
    }
  }

  /// Whether a node can have its own.
  var isBoundToNodes: Bool { self == .gpus || self == .addresses }

  private var summary: String {
    switch self {
    case .connections:
      "Connections to a database: a pool in every replica on a node, terminating ones included. Beyond the limit they are refused."
    case .gpus: "Graphics processors. A replica that finds none waits."
    case .addresses:
      "Addresses of a subnet or of a node. A replica that finds none waits until a terminating one has gone."
    case .licences: "Licences that a replica holds while it is on a node. Without one it waits."
    case .partitions:
      "Partitions of a topic that a group of consumers shares. Ready replicas above their number idle."
    case .targets:
      "Targets of a load balancer: replicas that are ready or terminating. Those above the limit get no requests."
    }
  }

  private var perReplica: Parameter {
    let kind = ParameterKind.integer(1...100_000)
    let meaning = "How many one replica takes."
    return self == .connections
      ? .required("perReplica", kind, "How many one replica takes: the sum of its pools.")
      : .standard("perReplica", kind, "1", meaning, source: "convention of StrategyLab")
  }

  fileprivate var form: VariantForm {
    var parameters = [
      perReplica,
      .optional(
        "limit", .integer(1...100_000_000),
        "How many there are; if left out, the ledger says how many are needed."),
    ]
    if self == .partitions {
      parameters = [
        .required("limit", .integer(1...100_000_000), "How many partitions the topic has.")
      ]
    } else {
      parameters.append(
        .standard(
          "others", .integer(0...100_000_000), "0", "How many others take all the time.",
          source: "convention of StrategyLab"))
    }
    if isBoundToNodes {
      parameters.append(
        .optional(
          "perNode", .integer(1...100_000),
          "How many one node has; a node then takes no more replicas than that allows."))
    }
    return VariantForm(name: rawValue, summary: summary, parameters: parameters)
  }
}

extension ScarceThing {
  /// How a scenario file writes a scarce thing.
  public static let family = VariantFamily(
    name: "scarce thing",
    commonParameters: [
      .optional("name", .text, "What reports call it. Default: the kind.")
    ],
    forms: Kind.allCases.map(\.form))

  /// The thing that a scenario file describes; nil for a kind that there is not.
  init?(kind name: String, _ values: ParameterValues) {
    guard let kind = Kind(rawValue: name) else { return nil }
    self.init(
      kind: kind, name: values.has("name") ? values.text("name") : name,
      perReplica: values.has("perReplica") ? values.integer("perReplica") : 1,
      others: values.has("others") ? values.integer("others") : 0,
      limit: values.has("limit") ? values.integer("limit") : nil,
      perNode: values.has("perNode") ? values.integer("perNode") : nil)
  }
}
