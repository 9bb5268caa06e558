extension ArgoVirtualService {
  /// Sets the candidate's weight on the routes that get weights, and on the mirror routes.
  ///
  /// The candidate gets the weight, an experiment what it asks for, an additional subset what it has, and
  /// stable the rest. Destinations that are none of these are removed.
  ///
  /// - Parameters:
  ///   - weight: The candidate's weight, 0 to 100.
  ///   - experiments: The services of an experiment with their weights, in their order.
  /// - Throws: ``Fault`` if a route is missing, or one of the sides in it; nothing is changed then.
  ///
  /// Source: `reconcileVirtualServiceHTTPRoutes` and `generateVirtualServicePatches`.
  public mutating func setWeight(
    _ weight: Int, experiments: [(service: String, weight: Int)] = []
  ) throws(Fault) {
    let indexes = try weightedIndexes()
    for index in indexes {
      guard case .route(let destinations) = http[index].action else { continue }
      if let missing = sides.missing(in: destinations) { throw .noDestination(missing) }
    }
    for index in indexes {
      guard case .route(let destinations) = http[index].action else { continue }
      http[index].action = .route(weighted(destinations, weight, experiments))
    }
  }

  /// Sends requests that match to the candidate alone, whatever the weight is; without a match that ends.
  ///
  /// Source: `SetHeaderRoute`.
  public mutating func setHeaderRoute(_ name: String, matches: [HTTPMatch]?) throws(Fault) {
    http.removeAll { $0.name == name }
    guard let matches else { return }
    let candidate = try templateRoute().first { sides.isCanary($0.destination) }?.destination
    let destination =
      candidate
      ?? RouteDestination(
        host: sides.canaryService, subset: sides.canarySubset)
    http.append(
      HTTPRule(
        name: name, matches: matches,
        action: .route([WeightedDestination(destination, weight: 100)])))
    order()
  }

  /// Copies requests that match to the candidate, with the weights as they are; without a match that ends.
  ///
  /// Source: `SetMirrorRoute`.
  public mutating func setMirrorRoute(_ name: String, matches: [HTTPMatch]?, percentage: Int = 100)
    throws(Fault)
  {
    http.removeAll { $0.name == name }
    guard let matches else { return }
    let destinations = try templateRoute()
    let candidate = destinations.first { sides.isCanary($0.destination) }?.destination
    var rule = HTTPRule(name: name, matches: matches, action: .route(destinations))
    rule.mirrors = [
      HTTPRule.Mirror(
        candidate ?? RouteDestination(host: sides.canaryService, subset: sides.canarySubset),
        share: Double(percentage) / 100)
    ]
    http.append(rule)
    order()
  }

  /// Removes every route that is managed.
  ///
  /// Source: `RemoveManagedRoutes`.
  ///
  /// - Parameter stepRoutes: The routes that the steps name, also those that are not listed as managed.
  public mutating func removeManaged(stepRoutes: [String] = []) {
    http.removeAll { managedRoutes.contains($0.name) || stepRoutes.contains($0.name) }
  }

  /// Puts the managed routes in front, in the order in which they are listed.
  private mutating func order() {
    let managed = managedRoutes.flatMap { name in http.filter { $0.name == name } }
    http = managed + http.filter { !managedRoutes.contains($0.name) }
  }

  /// The routes that get weights: those of the user, and managed ones that mirror.
  private func weightedIndexes() throws(Fault) -> [Int] {
    let own = try ownIndexes()
    let mirrors = http.indices.filter {
      managedRoutes.contains(http[$0].name) && !http[$0].mirrors.isEmpty
    }
    return mirrors.filter { !own.contains($0) } + own
  }

  /// The user's routes that get weights.
  private func ownIndexes() throws(Fault) -> [Int] {
    let own = http.indices.filter { !managedRoutes.contains(http[$0].name) }
    return try Self.indexes(of: routes, among: own.map { http[$0].name }).map { own[$0] }
  }

  /// The destinations of the first route that gets weights.
  private func templateRoute() throws(Fault) -> [WeightedDestination] {
    guard let index = try ownIndexes().first, case .route(let destinations) = http[index].action
    else { return [] }
    return destinations
  }

  private func weighted(
    _ destinations: [WeightedDestination], _ weight: Int,
    _ experiments: [(service: String, weight: Int)]
  ) -> [WeightedDestination] {
    let kept = destinations.filter { sides.additionalSubsets.contains($0.destination.subset) }
    let others = (kept.map(\.weight) + experiments.map(\.weight)).reduce(0, +)
    let port = destinations.first?.destination.port
    var result: [WeightedDestination] = []
    for item in destinations {
      if sides.isStable(item.destination) {
        let rest = max(0, 100 - weight - others)
        result.append(WeightedDestination(item.destination, weight: rest))
      } else if sides.isCanary(item.destination) {
        result.append(WeightedDestination(item.destination, weight: weight))
      } else if sides.additionalSubsets.contains(item.destination.subset) {
        result.append(item)
      }
    }
    for experiment in experiments {
      let destination = RouteDestination(host: experiment.service, port: port)
      result.append(WeightedDestination(destination, weight: experiment.weight))
    }
    return result
  }
}
