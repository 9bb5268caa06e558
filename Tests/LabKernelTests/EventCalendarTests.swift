import LabKernel
import LabUnits
import Testing

/// An event as the written order sees it, for comparison with a sorted array.
private struct ReferenceEvent: Comparable {
  var time: Int64
  var priority: UInt8
  var sequence: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.time, left.priority, left.sequence) < (right.time, right.priority, right.sequence)
  }
}

@Test(arguments: [0, 1, 2, 3, 4, 5, 6, 20, 21, 22, 85, 86, 400], [1, 3, 1_000_000_000])
func eventsLeaveAsFromASortedArray(count: Int, times: Int) {
  var stream = RandomStream.testing(entity: count)
  var calendar = EventCalendar<Int>()
  var reference: [ReferenceEvent] = []
  for sequence in 0..<count {
    let event = ReferenceEvent(
      time: Int64(stream.index(below: times)), priority: UInt8(stream.index(below: 3)) * 100,
      sequence: sequence)
    reference.append(event)
    calendar.schedule(
      sequence, at: Instant(nanoseconds: event.time), priority: event.priority)
    calendar.checkInvariants()
  }
  for event in reference.sorted() {
    #expect(calendar.nextTime == Instant(nanoseconds: event.time))
    let first = calendar.popFirst()
    #expect(first?.payload == event.sequence && first?.time.nanoseconds == event.time)
    calendar.checkInvariants()
  }
  #expect(calendar.isEmpty && calendar.nextTime == nil && calendar.popFirst() == nil)
}

@Test(arguments: 0..<20)
func mixedOperationsKeepTheOrder(entity: Int) {
  var stream = RandomStream.testing(entity: entity)
  var calendar = EventCalendar<Int>(minimumCapacity: 16)
  var reference: [ReferenceEvent] = []
  for sequence in 0..<300 {
    if stream.index(below: 5) < 3 {
      let event = ReferenceEvent(
        time: Int64(stream.index(below: 40)), priority: UInt8(stream.index(below: 256)),
        sequence: sequence)
      calendar.schedule(sequence, at: Instant(nanoseconds: event.time), priority: event.priority)
      let place = reference.firstIndex { event < $0 } ?? reference.count
      reference.insert(event, at: place)
    } else {
      let first = calendar.popFirst()
      #expect(first?.payload == reference.first?.sequence)
      if !reference.isEmpty { reference.removeFirst() }
    }
    #expect(calendar.count == reference.count)
    calendar.checkInvariants()
  }
}

@Test func simultaneousEventsLeaveByPriorityThenByScheduling() {
  var calendar = EventCalendar<Int>()
  calendar.schedule(1, at: .zero)
  calendar.schedule(2, at: .zero, priority: 255)
  calendar.schedule(3, at: .zero, priority: 0)
  calendar.schedule(4, at: .zero)
  calendar.schedule(5, at: Instant(nanoseconds: -1), priority: 255)
  var order: [Int] = []
  while let (_, payload) = calendar.popFirst() { order.append(payload) }
  #expect(order == [5, 3, 1, 4, 2])
}

@Test func timesReachBothEndsOfTheClock() {
  var calendar = EventCalendar<Int>()
  calendar.schedule(1, at: .distantFuture, priority: 255)
  calendar.schedule(2, at: Instant(nanoseconds: .min))
  #expect(calendar.popFirst()?.payload == 2)
  #expect(calendar.popFirst()?.payload == 1)
}

@Test func removingAllLeavesACalendarAsNew() {
  var calendar = EventCalendar<Int>()
  for payload in 0..<50 { calendar.schedule(payload, at: Instant(nanoseconds: 1)) }
  calendar.removeAll(keepingCapacity: true)
  #expect(calendar.isEmpty && calendar.nextTime == nil)
  for payload in 0..<50 { calendar.schedule(payload, at: Instant(nanoseconds: 1)) }
  calendar.checkInvariants()
  for payload in 0..<50 { #expect(calendar.popFirst()?.payload == payload) }
}

@Test func copyOfACalendarGoesItsOwnWay() {
  var calendar = EventCalendar<Int>()
  for payload in 0..<10 { calendar.schedule(payload, at: Instant(nanoseconds: 1)) }
  var copy = calendar
  _ = copy.popFirst()
  copy.schedule(99, at: .zero)
  #expect(calendar.count == 10 && calendar.popFirst()?.payload == 0)
  #expect(copy.count == 10 && copy.popFirst()?.payload == 99)
}
