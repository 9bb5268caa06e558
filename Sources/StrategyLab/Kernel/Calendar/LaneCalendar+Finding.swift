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
    while slot < end, slots[slot].first < 0 { slot += 1 }
    var place = slots[slot].first
    slots[slot] = Slot()
    let lane = lanes.count - 1
    while place >= 0 {
      let (entry, next) = (places[Int(place)].entry, places[Int(place)].next)
      if entry.time >= lanes[lane].lastTime {
        places[Int(place)].next = -1
        append(place, entry, to: lane)
      } else {
        places[Int(place)].next = free
        free = place
        calendar.enter(entry)
      }
      place = next
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
        if lane.first >= 0, lane.time < time || (lane.time == time && lane.order < order) {
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
