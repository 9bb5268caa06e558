/// How events leave lanes, the sorted slot and the heap, and how a slot is sorted.
extension LaneCalendar {
  /// Takes the first event of all out.
  ///
  /// - Precondition: One waits, and none that is due earlier in a slot that has not been sorted.
  @inlinable
  @inline(never)
  mutating func popFirst() -> Payload {
    let row = front.first
    if row < lanes.count { return popLane(row) }
    return row == lanes.count ? popSorted() : popHeap()
  }

  /// Takes the first event of a lane out.
  @inlinable
  @inline(__always)
  mutating func popLane(_ number: Int) -> Payload {
    var queue = lanes[number].queue
    let payload = queues.first(of: queue).payload
    queues.removeFirst(of: &queue)
    lanes[number].queue = queue
    if queue.isEmpty {
      lanes[number].lastTime = .min
      front.leave(number)
    } else {
      let next = queues.first(of: queue)
      front.enter(next.time, next.order, number)
    }
    return payload
  }

  /// Takes the first event of the sorted slot out.
  @inlinable
  @inline(__always)
  mutating func popSorted() -> Payload {
    let payload = sorted[head].payload
    head &+= 1
    enterSorted()
    return payload
  }

  /// Tells which event of the sorted slot is first.
  @inlinable
  @inline(__always)
  mutating func enterSorted() {
    if head < sorted.count {
      let next = sorted[head]
      front.enter(next.time, next.order, lanes.count)
    } else {
      front.leave(lanes.count)
    }
  }

  /// Takes the first event of the heap out.
  @inlinable
  mutating func popHeap() -> Payload {
    let first = heap[0].payload
    let last = heap.removeLast()
    if heap.isEmpty {
      front.leave(lanes.count &+ 1)
    } else {
      EventCalendar<Payload>.sink(last, in: heap.elements)
      let next = heap[0]
      front.enter(next.time, next.order, lanes.count &+ 1)
    }
    return first
  }

  /// Puts an event into the heap.
  @inlinable
  mutating func enterHeap(_ entry: Entry) {
    heap.append(entry)
    EventCalendar<Payload>.rise(entry, in: heap.elements)
    if heap[0].order == entry.order {
      front.enter(entry.time, entry.order, lanes.count &+ 1)
    }
  }

  /// Sorts the events of the next slots, until none that has not been sorted can hold the first event.
  @inlinable
  @inline(never)
  mutating func sortSlots() {
    while front.leader.time >= slotsBegin, slot < slotCount &- 1 {
      guard unsorted > 0 else { return skipSlots() }
      // Up to the slot of the first event that is sorted; in the last one is whatever is due later.
      let last = Int(min(front.leader.time >> slotBits, Int64(slotCount &- 1)))
      let slots = slots.elements
      slot &+= 1
      while slot < last, slots[slot].isEmpty { slot &+= 1 }
      slotsBegin = slot < slotCount &- 1 ? Int64(slot &+ 1) << slotBits : .max
      guard !slots[slot].isEmpty else { continue }
      // Whatever was sorted before belonged to an earlier slot, and has left.
      sorted.removeAll()
      head = 0
      shown = 0
      var list = slots[slot]
      slots[slot] = .init()
      while !list.isEmpty {
        sorted.append(queues.first(of: list))
        queues.removeFirst(of: &list)
      }
      // Of the lists of slots nothing is announced.
      queues.news = -1
      unsorted &-= sorted.count
      sorter.sort(&sorted, from: Int64(slot) << slotBits, bits: slotBits)
      enterSorted()
    }
  }

  /// Passes over slots without events, up to that of the first event of all.
  @inlinable
  mutating func skipSlots() {
    let first = front.leader
    // While nothing waits at all, what is planned next may be due in any slot.
    guard !front.isEmpty else { return }
    slot = Int(min(first.time >> slotBits, Int64(slotCount &- 1)))
    slotsBegin = slot < slotCount &- 1 ? Int64(slot &+ 1) << slotBits : .max
  }
}
