/// A line of a release's bill.
public enum CostCause: String, Sendable, Hashable, CaseIterable {
  /// Processor that replicas request beyond the steady state.
  case processor
  /// Memory that replicas request beyond the steady state.
  case memory
  /// Processor and memory that their proxies request beyond the steady state.
  case sidecars
  /// Nodes beyond the steady state, where nodes are billed.
  case nodes
  /// Requests that failed because of the release.
  case failedRequests = "failed_requests"
  /// Users who met such a failure.
  case harmedUsers = "harmed_users"
  /// Minutes of an incident.
  case incidents
  /// Writes to repair.
  case repairs
  /// People's time.
  case people

  /// Whether somebody sends an invoice for it; the others are estimates, from the prices that a scenario gives to harm.
  public var isInvoiced: Bool {
    switch self {
    case .processor, .memory, .sidecars, .nodes: true
    case .failedRequests, .harmedUsers, .incidents, .repairs, .people: false
    }
  }
}

extension Scenario {
  /// The parts of the price of a replica, or of the nodes, that stand on lines of their own; they sum to 1.
  public var invoiceShares: [CostCause: Double] {
    guard cluster.prices.billing == .requests else { return [.nodes: 1] }
    let (own, all) = (service.request, service.replicaRequest)
    func dollars(_ cores: Double, _ gibibytes: Double) -> Double {
      cores * cluster.prices.corePerHour + gibibytes * cluster.prices.gibibytePerHour
    }
    let whole = dollars(all.cores, all.gibibytes)
    guard whole > 0 else { return [:] }
    let processor = dollars(own.cores, 0) / whole
    let memory = dollars(0, own.gibibytes) / whole
    return [.processor: processor, .memory: memory, .sidecars: max(0, 1 - processor - memory)]
      .filter { $0.key != .sidecars || service.sidecar != nil }
  }
}

extension ReleaseCosts {
  /// The amount of a line, in dollars.
  ///
  /// - Parameters:
  ///   - cause: The line.
  ///   - shares: The parts of the infrastructure's lines.
  /// - Returns: what stands on it.
  func amount(of cause: CostCause, _ shares: [CostCause: Double]) -> Double {
    switch cause {
    case .processor, .memory, .sidecars, .nodes:
      (infrastructure - steadyInfrastructure) * (shares[cause] ?? 0)
    case .failedRequests: failedRequests
    case .harmedUsers: harmedUsers
    case .incidents: incident
    case .repairs: repairs
    case .people: people
    }
  }
}
