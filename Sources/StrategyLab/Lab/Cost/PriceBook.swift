import LabUnits

/// What a provider asks for processor and memory, with its source and its date.
public struct PriceBook: Sendable, Hashable {
  /// How the command line names it: `aws-m5`.
  public var name: String
  /// Dollars for a core for an hour.
  public var corePerHour: Double
  /// Dollars for a gibibyte for an hour.
  public var gibibytePerHour: Double
  /// Where the price stands.
  public var source: String
  /// When it stood there.
  public var date: String

  /// A book whose prices are written for processor and memory.
  public init(
    name: String, corePerHour: Double, gibibytePerHour: Double, source: String, date: String
  ) {
    self.name = name
    self.corePerHour = corePerHour
    self.gibibytePerHour = gibibytePerHour
    self.source = source
    self.date = date
  }

  /// A book from the price of a whole node, which is split as OpenCost does.
  ///
  /// The prices of a core and of a gibibyte keep the ratio of OpenCost's defaults, and their sum is the node's:
  /// OpenCost specification v0.1, appendix A (opencost/opencost, spec/opencost-specv01.md @ 5f65333).
  ///
  /// - Parameters:
  ///   - name: How the command line names it.
  ///   - nodePerHour: Dollars for the node for an hour.
  ///   - cores: Its cores, above 0.
  ///   - gibibytes: Its memory, above 0.
  ///   - source: Where the price stands.
  ///   - date: When it stood there.
  public init(
    name: String, nodePerHour: Double, cores: Double, gibibytes: Double, source: String,
    date: String
  ) {
    precondition(cores > 0 && gibibytes > 0, "a node has processor and memory")
    let scale =
      nodePerHour / (cores * Self.standard.corePerHour + gibibytes * Self.standard.gibibytePerHour)
    self.init(
      name: name, corePerHour: scale * Self.standard.corePerHour,
      gibibytePerHour: scale * Self.standard.gibibytePerHour, source: source, date: date)
  }

  /// Dollars for an hour of a node of some size.
  public func nodePerHour(_ capacity: ComputeResources) -> Double {
    capacity.cores * corePerHour + capacity.gibibytes * gibibytePerHour
  }

  /// The prices that scenarios have by default.
  public static let standard = PriceBook(
    name: "gcp-n2", corePerHour: 0.031611, gibibytePerHour: 0.004237,
    source: "OpenCost configs/default.json @ 5f65333, GCP us-central1, the list price of n2",
    date: "2026-07-30")

  /// The books that come with the program.
  public static let all: [PriceBook] = [
    standard,
    PriceBook(
      name: "gcp-n2-spot", nodePerHour: 0.04606, cores: 2, gibibytes: 8,
      source: "n2-standard-2 spot us-central1, Cyclenerd pricing.yml @ fd66b26",
      date: "2026-07-30"),
    PriceBook(
      name: "gcp-e2", nodePerHour: 0.06701142, cores: 2, gibibytes: 8,
      source: "e2-standard-2 us-central1, Cyclenerd pricing.yml @ fd66b26", date: "2026-07-30"),
    PriceBook(
      name: "aws-m5", nodePerHour: 0.096, cores: 2, gibibytes: 8,
      source: "m5.large us-east-1, karpenter-provider-aws zz_generated.pricing_aws.go @ 1d92708",
      date: "2026-07-20"),
    PriceBook(
      name: "aws-m7g", nodePerHour: 0.0816, cores: 2, gibibytes: 8,
      source: "m7g.large us-east-1, karpenter-provider-aws zz_generated.pricing_aws.go @ 1d92708",
      date: "2026-07-20"),
    PriceBook(
      name: "aws-fargate", corePerHour: 0.04048, gibibytePerHour: 0.004445,
      source: "Fargate us-east-1 Linux x86, infracost ecs_service_test", date: "2026-08-21"),
    PriceBook(
      name: "azure-dsv5", nodePerHour: 0.096, cores: 2, gibibytes: 8,
      source: "D2s_v5 eastus, karpenter-provider-azure zz_generated.pricing.go @ 352646f",
      date: "2026-06-18"),
  ]
}

extension Scenario {
  /// Replaces the prices of the cluster by those of a book.
  public mutating func take(_ book: PriceBook) {
    cluster.prices.corePerHour = book.corePerHour
    cluster.prices.gibibytePerHour = book.gibibytePerHour
    cluster.prices.nodePerHour = book.nodePerHour(cluster.nodeCapacity)
  }
}
