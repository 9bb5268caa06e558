import LabStrategies
import LabUnits

/// The client of a ReplicaSet controller: so many requests a second, with so many at once.
///
/// Each replica that is created or deleted is a request, and an event about its ReplicaSet is another,
/// until the event recorder holds the events of one object back. Each status that is written is one too.
///
/// Source: client-go, util/flowcontrol (a token bucket) and tools/record/events_cache.go (25 events of
/// an object at once); kube-controller-manager, 20 a second and 30 at once.
struct ToyClient {
  static let eventsOfOneObject = 25

  private let interval: Double
  private let burst: Double
  private var tokens: Double
  private var time = Instant.zero
  private var events = [0, 0]
  private var waitingEvents = 0

  init(perSecond: Double, burst: Int) {
    interval = 1 / perSecond
    self.burst = Double(burst)
    tokens = Double(burst)
  }

  /// When a request that is made now is let through.
  mutating func request(at now: Instant) -> Instant {
    if now > time {
      refill(until: now)
      // The events of a moment are sent behind all that the moment itself asked for.
      tokens -= Double(waitingEvents)
      waitingEvents = 0
    }
    tokens -= 1
    return tokens >= 0 ? now : now + Span(seconds: -tokens * interval)
  }

  /// When a replica of a version is created or deleted that is asked for now; the event comes behind it.
  mutating func operation(on version: ReleaseVersion, at now: Instant) -> Instant {
    let instant = request(at: now)
    if events[version.rawValue] < Self.eventsOfOneObject {
      events[version.rawValue] += 1
      waitingEvents += 1
    }
    return instant
  }

  private mutating func refill(until now: Instant) {
    tokens = min(burst, tokens + (now - time).seconds / interval)
    time = now
  }
}
