import LabUnits

/// How fast a HorizontalPodAutoscaler may move in one direction, and how long it hesitates.
///
/// Source: Kubernetes, autoscaling/v2, `HPAScalingRules`; pkg/apis/autoscaling/v2/defaults.go.
public struct ScalingRules: Sendable, Hashable {
  /// Which of several policies decides.
  public enum Selection: String, Sendable, Hashable, CaseIterable {
    /// The one that allows the largest change.
    case max
    /// The one that allows the smallest change.
    case min
    /// None: there is no move in this direction.
    case disabled
  }

  /// How much may change within a period.
  public enum Amount: Sendable, Hashable {
    /// So many replicas.
    case pods(Int)
    /// So large a part of the replicas at the beginning of the period.
    case share(Share)
  }

  /// A limit on the change within a period that ends now.
  public struct Policy: Sendable, Hashable {
    /// How much may change.
    public var amount: Amount
    /// The length of the period.
    public var period: Span

    /// A limit on the change within a period.
    public init(_ amount: Amount, per period: Span) {
      self.amount = amount
      self.period = period
    }
  }

  /// The limits; without any there is no move in this direction.
  public var policies: [Policy]
  /// Which of them decides.
  public var selection: Selection
  /// A recommendation is followed only as far as all recommendations of this time agree.
  public var stabilization: Span

  /// Rules for one direction.
  public init(policies: [Policy], selection: Selection = .max, stabilization: Span) {
    self.policies = policies
    self.selection = selection
    self.stabilization = stabilization
  }

  /// Upward, unless written: at once, the larger of 4 replicas and 100% in 15 s.
  public static let standardUp = ScalingRules(
    policies: [
      Policy(.pods(4), per: .seconds(15)), Policy(.share(.whole), per: .seconds(15)),
    ], stabilization: .zero)

  /// Downward, unless written: all of it in 15 s, as far as the recommendations of five minutes agree.
  public static let standardDown = ScalingRules(
    policies: [Policy(.share(.whole), per: .seconds(15))], stabilization: .seconds(300))
}

extension ScalingRules {
  /// The most replicas that a move upward may reach now.
  ///
  /// - Parameters:
  ///   - current: The present replicas.
  ///   - history: The moves so far.
  ///   - now: The present.
  /// - Returns: a number that is never below the present one.
  public func upperLimit(current: Int, history: ScalingHistory, at now: Instant) -> Int {
    let limits = policies.map { policy in
      let start = current - history.change(within: policy.period, before: now)
      // Upstream's own floating point: a share may round up to one replica more than exact arithmetic.
      return switch policy.amount {
      case .pods(let count): Replicas.sum(start, count)
      case .share(let share):
        Replicas.whole((Double(start) * (1 + share.fraction)).rounded(.up))
      }
    }
    return Swift.max(current, selected(limits, isUpward: true) ?? current)
  }

  /// The fewest replicas that a move downward may reach now.
  ///
  /// - Parameters:
  ///   - current: The present replicas.
  ///   - history: The moves so far.
  ///   - now: The present.
  /// - Returns: a number that is never above the present one.
  public func lowerLimit(current: Int, history: ScalingHistory, at now: Instant) -> Int {
    let limits = policies.map { policy in
      let start = current - history.change(within: policy.period, before: now)
      return switch policy.amount {
      case .pods(let count): Replicas.sum(start, -count)
      case .share(let share):
        Replicas.whole((Double(start) * (1 - share.fraction)).rounded(.towardZero))
      }
    }
    return Swift.min(current, selected(limits, isUpward: false) ?? current)
  }

  private func selected(_ limits: [Int], isUpward: Bool) -> Int? {
    switch selection {
    case .max: isUpward ? limits.max() : limits.min()
    case .min: isUpward ? limits.min() : limits.max()
    case .disabled: nil
    }
  }
}

/// Arithmetic on replica counts that stays within what upstream's 32 bits hold.
enum Replicas {
  static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right < 0 ? Int(Int32.min) : Int(Int32.max)) : sum
  }

  /// A whole number of replicas; not a number is none.
  static func whole(_ value: Double) -> Int {
    value.isNaN ? 0 : Int(Swift.min(Swift.max(value, Double(Int32.min)), Double(Int32.max)))
  }
}
