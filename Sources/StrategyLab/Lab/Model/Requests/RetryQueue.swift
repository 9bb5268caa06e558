import LabKernel
import LabUnits

/// Requests that will be sent again, and the budget that keeps them from becoming a storm.
///
/// The budget is that of a service mesh: within a window, retries may be a share of the requests, and some every
/// second beside it (Linkerd, service profiles, `retryBudget`). The window moves in tenths.
struct RetryQueue {
  let policy: RetryPolicy
  private var calendar = EventCalendar<OpenRequest>()
  private var requests = [Int](repeating: 0, count: tenths)
  private var spent = [Int](repeating: 0, count: tenths)
  private var tenth: Int64 = 0

  private static let tenths = 10

  /// An empty queue.
  init(_ policy: RetryPolicy) { self.policy = policy }

  /// When the first one is sent, in nanoseconds; infinite if none waits.
  var next: Double { calendar.nextTime.map { Double($0.nanoseconds) } ?? .infinity }

  /// Adds a request that is sent again when it says.
  mutating func add(_ request: OpenRequest) {
    calendar.schedule(request, at: Instant(nanoseconds: request.decided))
  }

  /// Takes out the request that is sent first.
  mutating func takeFirst() -> OpenRequest? { calendar.popFirst()?.payload }

  /// Counts a request that arrives for the first time.
  mutating func noteRequest(at arrival: Int64) {
    move(to: arrival)
    requests[place] += 1
  }

  /// Spends a retry if the budget has one.
  mutating func spend(at instant: Int64) -> Bool {
    move(to: instant)
    let all = Double(requests.reduce(0, +))
    let allowed =
      all * policy.budget.fraction + policy.minimumPerSecond * policy.window.seconds
    guard Double(spent.reduce(0, +)) + 1 <= allowed else { return false }
    spent[place] += 1
    return true
  }

  private var place: Int { Int(tenth % Int64(Self.tenths)) }

  private mutating func move(to instant: Int64) {
    let length = max(1, policy.window.nanoseconds / Int64(Self.tenths))
    let now = instant / length
    guard now > tenth else { return }
    for passed in 1...min(now - tenth, Int64(Self.tenths)) {
      let index = Int((tenth + passed) % Int64(Self.tenths))
      requests[index] = 0
      spent[index] = 0
    }
    tenth = now
  }
}
