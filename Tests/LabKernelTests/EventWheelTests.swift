import LabKernel
import LabUnits
import Testing

/// The wheel against the calendar, whose order is checked against a sorted array.
private struct TwinQueues {
  var calendar = EventCalendar<Int>()
  var wheel = EventWheel<Int>()
  var scheduled = 0

  mutating func schedule(at time: Int64, priority: UInt8 = 128) {
    calendar.schedule(scheduled, at: Instant(nanoseconds: time), priority: priority)
    wheel.schedule(scheduled, at: Instant(nanoseconds: time), priority: priority)
    scheduled += 1
  }

  /// Takes the first event of both and returns when it was due; -1 when none waits.
  mutating func popFirst() -> Int64 {
    let expected = calendar.popFirst()
    let found = wheel.popFirst()
    #expect(found?.payload == expected?.payload && found?.time == expected?.time)
    #expect(wheel.count == calendar.count)
    return expected?.time.nanoseconds ?? -1
  }
}

@Test(arguments: [0, 1, 2, 5, 21, 400], [1, 3, 1_000_000_000, 900_000_000_000_000])
func eventsLeaveTheWheelAsTheCalendar(count: Int, times: Int) {
  var stream = RandomStream.testing(entity: count)
  var queues = TwinQueues()
  for _ in 0..<count {
    queues.schedule(
      at: Int64(stream.index(below: times)), priority: UInt8(stream.index(below: 3)) * 100)
  }
  for _ in 0...count { _ = queues.popFirst() }
  #expect(queues.wheel.isEmpty)
}

/// Increments of three scales, so that the wheel has to make its slots longer, shorter and more.
@Test(arguments: [1, 20, 300], [30, 40_000_000, 3_600_000_000_000])
func holdingKeepsTheOrderWhileTheWheelTunesItself(pending: Int, meanIncrement: Int) {
  var stream = RandomStream.testing(entity: pending)
  var queues = TwinQueues()
  for _ in 0..<pending { queues.schedule(at: Int64(stream.index(below: 2 * meanIncrement))) }
  for hold in 0..<9000 {
    let now = queues.popFirst()
    let isFar = hold % 10 == 0
    let increment = stream.index(below: isFar ? 40 * meanIncrement : 2 * meanIncrement)
    queues.schedule(at: now + Int64(increment), priority: UInt8(stream.index(below: 2)))
  }
}

@Test func nothingLeavesBeforeTheInstantThatIsAskedFor() {
  var stream = RandomStream.testing(entity: 7)
  var wheel = EventWheel<Int64>()
  var waiting: [Int64] = []
  var now: Int64 = 0
  for _ in 0..<3000 {
    let time = now + Int64(stream.index(below: 50_000_000))
    wheel.schedule(time, at: Instant(nanoseconds: time))
    waiting.append(time)
    now += Int64(stream.index(below: 20_000_000))
    let due = waiting.filter { $0 <= now }.sorted()
    waiting.removeAll { $0 <= now }
    var left: [Int64] = []
    while let event = wheel.popFirst(through: Instant(nanoseconds: now)) {
      left.append(event.payload)
    }
    #expect(left == due)
  }
}

@Test func tenThousandEventsOfOneInstantLeaveInTheirOrder() {
  var wheel = EventWheel<Int>()
  for payload in 0..<10_000 { wheel.schedule(payload, at: .zero + .seconds(60)) }
  #expect(wheel.popFirst(through: .zero + .seconds(59)) == nil)
  #expect((0..<10_000).allSatisfy { wheel.popFirst()?.payload == $0 })
}

@Test func wheelReachesBothEndsOfTheClock() {
  var wheel = EventWheel<Int>()
  wheel.schedule(1, at: .distantFuture, priority: 255)
  wheel.schedule(2, at: Instant(nanoseconds: .min))
  wheel.schedule(3, at: .zero)
  #expect(wheel.popFirst()?.payload == 2)
  #expect(wheel.popFirst()?.payload == 3)
  #expect(wheel.popFirst()?.payload == 1)
  wheel.schedule(4, at: .zero)
  #expect(wheel.popFirst()?.payload == 4)
}

@Test func copyOfAWheelGoesItsOwnWay() {
  var wheel = EventWheel<Int>()
  for payload in 0..<10 { wheel.schedule(payload, at: .zero + .seconds(1)) }
  var copy = wheel
  _ = copy.popFirst()
  copy.schedule(99, at: .zero)
  #expect(wheel.count == 10 && wheel.popFirst()?.payload == 0)
  #expect(copy.count == 10 && copy.popFirst()?.payload == 99)
}
