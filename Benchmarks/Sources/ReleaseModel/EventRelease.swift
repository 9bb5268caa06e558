import LabKernel
import LabUnits

/// The release model with an event for every end of a service, as any queue discipline can be played.
struct EventRelease {
  static func play(_ parameters: ReleaseParameters, replication: Int) -> ReleaseOutcome {
    var draws = RequestDraws(parameters, replication: replication)
    var update = RollingUpdate(parameters)
    var outcome = ReleaseOutcome(replicas: parameters.replicas)
    var replicas = ServingReplicas(parameters)
    defer { replicas.deallocate() }
    var number: UInt64 = 0
    var (arrival, service) = draws.spans(0)
    while true {
      let instant = min(arrival, update.nextChange)
      replicas.finish(through: instant, &outcome)
      guard instant < .max else { break }
      if update.nextChange <= arrival {
        update.advance(&outcome) { replicas.retire($0, at: $1) }
        continue
      }
      let request = ServingReplicas.Request(number: number, arrival: arrival, service: service)
      let place = draws.place(number, count: update.endpoints.count)
      replicas.admit(request, to: update.endpoints[place], &outcome)
      number &+= 1
      let next = draws.spans(number)
      arrival = arrival + next.gap < parameters.horizon ? arrival + next.gap : .max
      service = next.service
    }
    return outcome
  }
}

/// Replicas with busy workers and lines, and a wheel of the ends of services.
private struct ServingReplicas {
  struct Request: BitwiseCopyable {
    var number: UInt64
    var arrival: Int64
    var service: Int64
    /// The seat of who waits behind; none for the last.
    var next = none
  }

  struct Replica: BitwiseCopyable {
    var busy: Int32 = 0
    var leaves = false
    var first = none
    var last = none
  }

  static let none: Int32 = -1

  // Not an array, which would be asked at every request whether it is shared.
  private let replicas: UnsafeMutableBufferPointer<Replica>
  private var seats: [Request] = []
  private var freeSeat = none
  private var ends = EventWheel<Int32>()
  private let digests: Bool

  init(_ parameters: ReleaseParameters) {
    replicas = .allocate(capacity: 2 * parameters.replicas)
    replicas.initialize(repeating: Replica())
    digests = parameters.digests
  }

  func deallocate() { replicas.deallocate() }

  @inline(__always)
  mutating func admit(_ request: Request, to replica: Int, _ outcome: inout ReleaseOutcome) {
    if replicas[replica].busy < Int32(ReleaseParameters.workers) {
      replicas[replica].busy &+= 1
      serve(request, at: Int32(truncatingIfNeeded: replica), from: request.arrival, &outcome)
      return
    }
    let seat = seat(for: request)
    if replicas[replica].first == Self.none {
      replicas[replica].first = seat
    } else {
      seats[Int(replicas[replica].last)].next = seat
    }
    replicas[replica].last = seat
  }

  /// Ends all services that are due at an instant or before it.
  @inline(__always)
  mutating func finish(through instant: Int64, _ outcome: inout ReleaseOutcome) {
    while let end = ends.popFirst(through: Instant(nanoseconds: instant)) {
      let replica = Int(end.payload)
      let seat = replicas[replica].first
      if seat != Self.none {
        let request = seats[Int(seat)]
        replicas[replica].first = request.next
        seats[Int(seat)].next = freeSeat
        freeSeat = seat
        serve(request, at: end.payload, from: end.time.nanoseconds, &outcome)
      } else {
        replicas[replica].busy &-= 1
        if replicas[replica].busy == 0 && replicas[replica].leaves { outcome.change(by: -1) }
      }
    }
  }

  /// A replica that left the endpoints is gone when it is idle, which is told by ``finish(through:_:)``.
  mutating func retire(_ replica: Int, at instant: Int64) -> Int64? {
    if replicas[replica].busy == 0 { return instant }
    replicas[replica].leaves = true
    return nil
  }

  @inline(__always)
  private mutating func serve(
    _ request: Request, at replica: Int32, from start: Int64, _ outcome: inout ReleaseOutcome
  ) {
    ends.schedule(replica, at: Instant(nanoseconds: start &+ request.service))
    outcome.record(
      wait: start &- request.arrival, service: request.service, number: request.number,
      digests: digests)
  }

  private mutating func seat(for request: Request) -> Int32 {
    guard freeSeat != Self.none else {
      seats.append(request)
      return Int32(seats.count - 1)
    }
    let seat = freeSeat
    freeSeat = seats[Int(seat)].next
    seats[Int(seat)] = request
    return seat
  }
}
