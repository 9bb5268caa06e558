/// Where the first event waits, and what the slots still hold before it.
extension LaneCalendar {
  /// Looks where the first event waits.
  @inlinable
  @inline(__always)
  mutating func find() {
    findSorted()
    while slot + 1 < slots.count, source < 0 || Int(firstTime >> slotBits) > slot {
      sortNextSlot()
      findSorted()
    }
  }

  /// Sorts in the events of the next slot that has any, if what is known to be first is not before it.
  @inlinable
  mutating func sortNextSlot() {
    let end = source < 0 ? slots.count - 1 : min(Int(firstTime >> slotBits), slots.count - 1)
    slot += 1
    while slot < end, slots[slot].isEmpty { slot += 1 }
    var due = slots[slot]
    slots[slot] = .init()
    let lane = lanes.count - 1
    while !due.isEmpty {
      let entry = queues.first(of: due)
      queues.removeFirst(of: &due)
      if entry.time >= lanes[lane].lastTime {
        append(entry, to: lane)
      } else {
        calendar.enter(entry)
      }
    }
  }

  /// Looks where the first event waits of all that have been sorted in.
  @inlinable
  @inline(__always)
  mutating func findSorted() {
    var time = Int64.max
    var order = UInt64.max
    var place = -1
    if !calendar.isEmpty {
      time = calendar.entries[0].time
      order = calendar.entries[0].order
      place = lanes.count
    }
    lanes.withUnsafeBufferPointer { lanes in
      for number in lanes.indices {
        let lane = lanes[number]
        if !lane.queue.isEmpty, lane.time < time || (lane.time == time && lane.order < order) {
          time = lane.time
          order = lane.order
          place = number
        }
      }
    }
    source = place
    firstTime = time
  }
}
