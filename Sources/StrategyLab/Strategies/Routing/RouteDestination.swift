/// Where a router sends a request: a service, and of it a subset.
public struct RouteDestination: Sendable, Hashable {
  /// The service's host or name.
  public var host: String
  /// The subset of its endpoints; empty for all of them.
  public var subset: String
  /// The service's port; nil if it does not matter.
  public var port: Int?

  /// A destination.
  public init(host: String, subset: String = "", port: Int? = nil) {
    self.host = host
    self.subset = subset
    self.port = port
  }

  /// The destination in one word: `reviews/v2`.
  public var name: String { subset.isEmpty ? host : "\(host)/\(subset)" }
}

/// A destination with its weight among others.
public struct WeightedDestination: Sendable, Hashable {
  /// Where to.
  public var destination: RouteDestination
  /// The weight, 0 or more; what it is worth depends on the others' weights.
  public var weight: Int

  /// A destination with a weight.
  public init(_ destination: RouteDestination, weight: Int) {
    self.destination = destination
    self.weight = weight
  }

  /// What share of the requests each destination gets: weight over sum.
  ///
  /// One destination gets everything, whatever its weight; of several those with weight 0 get nothing.
  ///
  /// - Returns: the destinations that get something, in their order; empty if there are several and none has a weight.
  public static func shares(_ weighted: [WeightedDestination]) -> [RouteShare] {
    if weighted.count == 1 { return [RouteShare(weighted[0].destination, 1)] }
    let sum = weighted.reduce(0.0) { $0 + Double(max(0, $1.weight)) }
    guard sum > 0 else { return [] }
    return weighted.filter { $0.weight > 0 }.map {
      RouteShare($0.destination, Double($0.weight) / sum)
    }
  }
}

/// A destination and what share of the requests it gets.
public struct RouteShare: Sendable, Hashable {
  /// Where to.
  public var destination: RouteDestination
  /// The probability that a request goes there, above 0 and up to 1.
  public var share: Double

  /// A share of the requests.
  public init(_ destination: RouteDestination, _ share: Double) {
    self.destination = destination
    self.share = share
  }
}
