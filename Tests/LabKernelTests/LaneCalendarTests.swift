import LabKernel
import LabUnits
import Testing

struct LaneCalendarTests {
  /// What a random plan of events looks like: how many slots, until when, and how far ahead events are planned.
  private struct Plan {
    var slots: Int
    var horizon: Int64
    var farthest: Int
  }

  private static let plans = [
    Plan(slots: 1, horizon: .max, farthest: 40), Plan(slots: 7, horizon: 5_000, farthest: 40),
    Plan(slots: 64, horizon: 3_000, farthest: 900), Plan(slots: 4096, horizon: 3_000, farthest: 3),
    // Much is due after the horizon, in the last slot.
    Plan(slots: 16, horizon: 100, farthest: 300),
  ]

  @Test(arguments: 0..<20) func eventsLeaveAsFromACalendarWithoutLanes(entity: Int) {
    let plan = Self.plans[entity % Self.plans.count]
    var stream = RandomStream.testing(entity: entity)
    var plain = EventCalendar<Int>()
    var lanes = LaneCalendar<Int>(
      lanes: 3, slots: plan.slots, until: Instant(nanoseconds: plan.horizon))
    var now = Instant.zero
    for number in 0..<3000 {
      if stream.index(below: 100) < 52 {
        let lane = stream.index(below: 4)
        // Lanes get what comes a fixed time later, and now and then what does not fit.
        let isFixed = lane < 3 && stream.index(below: 10) > 0
        let ahead = isFixed ? lane * 7 : stream.index(below: plan.farthest)
        let instant = now + Span(nanoseconds: Int64(ahead))
        plain.schedule(number, at: instant)
        if lane < 3 {
          lanes.schedule(number, at: instant, lane: lane)
        } else {
          lanes.schedule(number, at: instant)
        }
      } else {
        let next = lanes.nextTime()
        #expect(next == plain.nextTime)
        guard let next else { continue }
        now = next
        #expect(lanes.popFirst(at: now) == plain.popFirst()?.payload)
      }
      if number % 100 == 0 { #expect(lanes.count == plain.count) }
    }
    while let next = plain.nextTime {
      #expect(lanes.nextTime() == next)
      #expect(lanes.popFirst(at: next) == plain.popFirst()?.payload)
    }
    #expect(lanes.nextTime() == nil && lanes.popFirst(at: now) == nil && lanes.count == 0)
  }

  @Test func nothingIsDueAtAnotherInstant() {
    var calendar = LaneCalendar<Int>(lanes: 1)
    calendar.schedule(1, at: .zero + .seconds(5), lane: 0)
    #expect(calendar.popFirst(at: .zero + .seconds(4)) == nil)
    #expect(calendar.popFirst(at: .zero + .seconds(5)) == 1)
    #expect(calendar.popFirst(at: .zero + .seconds(5)) == nil)
  }

  @Test func anEmptiedCalendarIsAsNew() {
    var calendar = LaneCalendar<Int>(lanes: 2, slots: 8, until: .zero + .seconds(80))
    for number in 0..<50 {
      calendar.schedule(number, at: .zero + .seconds(number), lane: number % 2)
      calendar.schedule(number, at: .zero + .seconds(79 - number))
    }
    for second in 0..<20 { _ = calendar.popFirst(at: .zero + .seconds(second)) }
    calendar.removeAll()
    #expect(calendar.count == 0 && calendar.nextTime() == nil)
    calendar.schedule(1, at: .zero + .seconds(9))
    calendar.schedule(2, at: .zero + .seconds(9), lane: 1)
    calendar.schedule(3, at: .zero + .seconds(8), lane: 0)
    #expect(calendar.popFirst(at: .zero + .seconds(8)) == 3)
    #expect(calendar.popFirst(at: .zero + .seconds(9)) == 1)
    #expect(calendar.popFirst(at: .zero + .seconds(9)) == 2)
  }

  @Test func theEventsOfASlotAreShownInTheirOrder() {
    var stream = RandomStream.testing(entity: 0)
    var calendar = LaneCalendar<Int>(lanes: 1, slots: 16, until: Instant(nanoseconds: 10_000))
    for number in 0..<500 {
      // After the first slot, which is the present one, and counts as sorted.
      calendar.schedule(number, at: Instant(nanoseconds: 2_000 + Int64(stream.index(below: 8_000))))
    }
    var (shown, left): ([Int], [Int]) = ([], [])
    while let next = calendar.nextTime() {
      if calendar.hasNews { shown += calendar.lookAhead(7).map { calendar.coming($0) } }
      #expect(!calendar.hasNews && calendar.lookAhead(7).isEmpty)
      while let number = calendar.popFirst(at: next) {
        if calendar.hasNews { shown += calendar.lookAhead(7).map { calendar.coming($0) } }
        left.append(number)
      }
    }
    #expect(left.count == 500 && shown == left)
  }

  @Test func theEventsOfALongLaneAreShownBeforeTheirTurn() {
    var calendar = LaneCalendar<Int>(lanes: 2)
    for number in 0..<100 { calendar.schedule(number, at: .zero + .seconds(number), lane: 1) }
    for number in 0..<100 {
      #expect(calendar.popFirst(at: .zero + .seconds(number)) == number)
      let shown = calendar.lookAheadInLane().map { calendar.comingInLane($0) }
      // Two pieces of 16 ahead, of which the last one may still be written and is not shown.
      let isShown = number % 16 == 15 && number < 80 && number + 17 < 96
      #expect(shown == (isShown ? Array(number + 17..<number + 33) : []), "after \(number)")
      #expect(!calendar.hasNews)
    }
    #expect(calendar.nextTime() == nil)
  }
}
