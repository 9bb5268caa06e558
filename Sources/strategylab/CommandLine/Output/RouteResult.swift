import LabScenarioFiles
import LabStrategies
import StrategyLab

/// What became of the requests that `route` played.
struct RouteResult {
  /// Copies that a mirror got.
  struct Mirror {
    /// Who got them.
    let name: String
    /// The share of the requests.
    let share: Double
    /// How many of the requests that were played.
    let copies: Int
  }

  /// Counts that were seen, held against the rules.
  struct Verdict {
    /// The counts with the version's share.
    let counts: [(name: String, count: Int, share: Double)]
    /// How often counts are at least as far out.
    let probability: Double

    /// All counts together.
    var total: Int { counts.reduce(0) { $0 + $1.count } }
    /// Whether nothing speaks against the rules, at 5%.
    var isOrdinary: Bool { probability >= 0.05 }
  }

  let route: ChosenRoute
  let play: RoutePlay
  let mirrors: [Mirror]
  let aborted: Int
  let verdict: Verdict?
  let users: Int
  /// What was read and plays no part.
  let leftOut: [String]
  private let aliases: [String: String]

  init(
    _ route: ChosenRoute, manifests: RoutingManifests, endpoints: [String: Int], requests: Int,
    users: Int, requestsPerUser: Int, seed: UInt64, observed: VersionCounts?
  ) {
    self.route = route
    self.users = users
    leftOut = manifests.leftOut
    let shares = route.outcome.shares
    let backends = manifests.backends(
      of: shares.map(\.destination), in: route.namespace, endpoints: endpoints)
    var versions: [RoutePlay.Version] = []
    var aliases: [String: String] = [:]
    for (item, parts) in zip(shares, backends) {
      let isUnserved = route.outcome.unserved.contains(item.destination)
      for part in parts {
        let name = part.name + (isUnserved ? " (503)" : "")
        if let index = versions.firstIndex(where: { $0.name == name }) {
          versions[index].share += item.share * part.share
        } else {
          versions.append(RoutePlay.Version(name, share: item.share * part.share))
        }
        guard parts.count == 1 else { continue }
        for alias in [item.destination.name, item.destination.subset, item.destination.host]
        where !alias.isEmpty && aliases[alias] == nil {
          aliases[alias] = name
        }
      }
    }
    for version in versions { aliases[version.name] = version.name }
    self.aliases = aliases
    let abort = route.outcome.abort
    aborted = RoutePlay.copies(
      share: abort?.share ?? 0, index: 1_000_000, of: requests, seed: seed)
    var isSticky = false
    if case .version = route.outcome.stickiness { isSticky = true }
    play = RoutePlay(
      versions, requests: requests - aborted, requestsPerUser: requestsPerUser, isSticky: isSticky,
      users: users, seed: seed)
    let sent = play.requests
    mirrors = route.outcome.mirrors.enumerated().map { index, mirror in
      Mirror(
        name: mirror.destination.name, share: mirror.share,
        copies: RoutePlay.copies(share: mirror.share, index: index, of: sent, seed: seed))
    }
    let played = play.rows.map(\.version)
    let names = aliases
    verdict = observed.map { Self.verdict($0, played, names) }
  }

  /// How many of the requests that were seen went to a version; nil if nobody said.
  func seen(of version: String) -> Int? {
    let counts = (verdict?.counts ?? []).filter { aliases[$0.name] == version }
    return counts.isEmpty ? nil : counts.reduce(0) { $0 + $1.count }
  }

  /// A name among the counts that no version has.
  func unknownVersion(in observed: VersionCounts) -> String? {
    observed.counts.first { aliases[$0.name] == nil }?.name
  }

  private static func verdict(
    _ observed: VersionCounts, _ versions: [RoutePlay.Version], _ aliases: [String: String]
  ) -> Verdict {
    let total = observed.counts.reduce(0) { $0 + $1.count }
    let counts = observed.counts.map { item in
      let share = versions.first { $0.name == aliases[item.name] }?.share ?? 0
      return (name: item.name, count: item.count, share: share)
    }
    // With two versions one count says all; with more the least is corrected for the number of looks.
    let looks = max(1, counts.count - 1)
    let least = counts.map {
      OrdinaryCount.probability(of: $0.count, trials: total, probability: $0.share)
    }.min()
    return Verdict(counts: counts, probability: min(1, (least ?? 1) * Double(looks)))
  }
}
