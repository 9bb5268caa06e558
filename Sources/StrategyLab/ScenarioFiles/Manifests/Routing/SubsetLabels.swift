import LabStrategies

/// The labels of the subsets of DestinationRules, found by host and name.
///
/// Rendered charts hold thousands of rules: those of one host are found by a key, those of wildcards are
/// looked through.
struct SubsetLabels {
  private var rules: [String: DestinationRule] = [:]
  private var wildcards: [DestinationRule] = []

  /// The subsets of some rules; of two for one host the first counts.
  init(_ rules: [DestinationRule]) {
    for rule in rules {
      if rule.host.hasPrefix("*") {
        wildcards.append(rule)
      } else {
        let key = SubsetLabels.key(rule.host, in: rule.namespace)
        if self.rules[key] == nil { self.rules[key] = rule }
      }
    }
  }

  /// The labels of a destination's subset; nil if no rule describes it.
  func labels(of destination: RouteDestination, in namespace: String) -> [String: String]? {
    let rule =
      rules[SubsetLabels.key(destination.host, in: namespace)]
      ?? wildcards.first { $0.speaks(of: destination.host, in: namespace) }
    return rule?.subsets.first { $0.name == destination.subset }?.labels
  }

  private static func key(_ host: String, in namespace: String) -> String {
    let service = HostName.service(host, in: namespace)
    return "\(service.namespace)/\(service.name)"
  }
}
