import LabUnits

/// How many hosts AWS CodeDeploy keeps healthy while it deploys to them in place.
///
/// As many hosts as stand above the minimum are taken out at a time, and the deployment stops when
/// failures bring the healthy ones down to it.
///
///     MinimumHealthyHosts(.share(.percent(50)), of: 9)   // keeps 5, so 4 at a time
///
/// Source: AWS CodeDeploy user guide, "Instance health" and "Predefined deployment configurations for an
/// EC2/on-premises compute platform".
public struct MinimumHealthyHosts: Sendable, Hashable {
  /// A configuration that CodeDeploy publishes under a name.
  public enum Preset: String, Sendable, Hashable, CaseIterable {
    /// One host at a time.
    case oneAtATime = "OneAtATime"
    /// At most half of the hosts at a time, rounded down.
    case halfAtATime = "HalfAtATime"
    /// All hosts at once.
    case allAtOnce = "AllAtOnce"

    /// The preset of a name, with or without the prefix of published names; nil if there is none.
    public init?(name: String) {
      let prefix = CodeDeployPreset.prefix
      self.init(rawValue: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name)
    }

    /// The hosts that it keeps healthy among so many.
    public func minimum(of hosts: Int) -> Int {
      switch self {
      case .oneAtATime: max(0, hosts - 1)
      case .halfAtATime: Share.percent(50).replicas(of: hosts, rounding: .up)
      case .allAtOnce: 0
      }
    }
  }

  /// The hosts of the deployment group.
  public let hosts: Int
  /// The hosts that are kept healthy.
  public let minimum: Int

  /// A number of hosts, or a share of them that rounds up.
  public init(_ quantity: ReplicaQuantity, of hosts: Int) {
    self.hosts = hosts
    minimum = max(0, quantity.replicas(of: hosts, rounding: .up))
  }

  /// The hosts that a published configuration keeps healthy.
  public init(_ preset: Preset, of hosts: Int) {
    self.init(.count(preset.minimum(of: hosts)), of: hosts)
  }

  /// The hosts that are deployed to at a time while all are healthy.
  public var batch: Int { max(0, hosts - minimum) }

  /// Whether no host can be taken out, so that the deployment fails before it begins.
  public var failsImmediately: Bool { hosts > 0 && batch == 0 }

  /// The failed hosts that stop the deployment, unless the last of them is the last host.
  public var failuresThatStop: Int { batch }

  /// The hosts that must be deployed to for the deployment to succeed: at least one.
  public var successNeedsAtLeast: Int { max(1, minimum) }
}
