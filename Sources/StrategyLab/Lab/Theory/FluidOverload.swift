/// A queue whose capacity falls below its arrivals for a while, as a fluid: the limit of many requests.
///
///     let overload = FluidOverload(
///       arrivalRate: 100, capacityDuring: 80, capacityAfter: 150, duration: 60)
///     overload.peakBacklog  // 1,200 requests
///     overload.drainTime    // 24 seconds
///
/// Newell (1982), "Applications of Queueing Theory", chapter 2. Requests are served in order and nobody gives up.
public struct FluidOverload: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// Requests a second that can be served during the shortage, 0 or more.
  public let capacityDuring: Double
  /// Requests a second that can be served afterwards, 0 or more.
  public let capacityAfter: Double
  /// The seconds that the shortage lasts, 0 or more.
  public let duration: Double

  /// A shortage of capacity.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - capacityDuring: Requests a second that can be served during the shortage, 0 or more.
  ///   - capacityAfter: Requests a second that can be served afterwards, 0 or more.
  ///   - duration: The seconds that the shortage lasts, 0 or more.
  public init(
    arrivalRate: Double, capacityDuring: Double, capacityAfter: Double, duration: Double
  ) {
    precondition(
      arrivalRate >= 0 && capacityDuring >= 0 && capacityAfter >= 0 && duration >= 0,
      "neither rates nor times are negative")
    self.arrivalRate = arrivalRate
    self.capacityDuring = capacityDuring
    self.capacityAfter = capacityAfter
    self.duration = duration
  }

  /// The requests that wait when capacity returns; the most that ever do if it then suffices.
  public var peakBacklog: Double { max(0, arrivalRate - capacityDuring) * duration }

  /// The seconds from the return of capacity until nobody waits; infinite if capacity still does not suffice.
  public var drainTime: Double {
    guard peakBacklog > 0 else { return 0 }
    return capacityAfter > arrivalRate ? peakBacklog / (capacityAfter - arrivalRate) : .infinity
  }

  /// The seconds in which somebody waits.
  public var overloadTime: Double { peakBacklog > 0 ? duration + drainTime : 0 }

  /// The seconds that all requests together wait.
  public var totalWait: Double { peakBacklog > 0 ? peakBacklog * overloadTime / 2 : 0 }

  /// The longest wait of a request, in seconds: that of whose service ends just as capacity returns.
  ///
  /// Infinite if capacity then still does not suffice; where it just suffices, all later requests wait as long.
  public var longestWait: Double {
    guard peakBacklog > 0 else { return 0 }
    return capacityAfter >= arrivalRate ? peakBacklog / arrivalRate : .infinity
  }

  /// The seconds after the beginning at which the request arrives that waits longest; nil if none does.
  public var longestWaitArrival: Double? {
    guard peakBacklog > 0, capacityAfter >= arrivalRate else { return nil }
    return capacityDuring * duration / arrivalRate
  }

  /// The wait of a request that arrives just as capacity returns, in seconds.
  public var waitAtReturn: Double { peakBacklog > 0 ? peakBacklog / capacityAfter : 0 }
}
