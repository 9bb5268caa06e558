extension EventWheel {
  /// Puts an event where it belongs: near, on the list of its slot, or far.
  @inlinable
  @inline(__always)
  mutating func place(_ entry: Entry) {
    let slot = entry.time >> shift
    let ahead = slot &- current
    if ahead <= 0 {
      approach(entry)
    } else if ahead < Int64(slots.count) {
      list(entry, at: Int(truncatingIfNeeded: slot) & (slots.count &- 1))
    } else {
      counts.far &+= 1
      Self.insert(entry, into: &far)
    }
  }

  /// Puts an event among those that are near.
  @inlinable
  @inline(__always)
  mutating func approach(_ entry: Entry) {
    guard let before = first else {
      first = entry
      return
    }
    if entry.isBefore(before) {
      first = entry
      Self.insert(before, into: &near)
    } else {
      Self.insert(entry, into: &near)
    }
  }

  /// Puts an event on the list of a slot.
  @inlinable
  @inline(__always)
  mutating func list(_ entry: Entry, at slot: Int) {
    listed &+= 1
    let node = unused
    guard node >= 0 else {
      nodes.append(Node(entry: entry, next: slots[slot]))
      slots[slot] = Int32(truncatingIfNeeded: nodes.count &- 1)
      return
    }
    unused = nodes[Int(node)].next
    nodes[Int(node)] = Node(entry: entry, next: slots[slot])
    slots[slot] = node
  }

  /// Turns the wheel to the first slot with an event, but not past the slot of an instant.
  ///
  /// No event was near; afterwards all of that slot are.
  @inlinable
  mutating func turn(through instant: Int64) {
    if counts.passed &+ counts.found > patience { tune() }
    let last = instant >> shift
    let nextFar = far.isEmpty ? Int64.max : far[0].time >> shift
    if listed == 0 {
      guard nextFar <= last else { return }
      current = nextFar
    } else {
      let begin = current
      let end = min(last, nextFar)
      let list = slots.withUnsafeMutableBufferPointer { slots in
        let mask = slots.count &- 1
        while current < end {
          current &+= 1
          let list = slots[Int(truncatingIfNeeded: current) & mask]
          guard list < 0 else {
            slots[Int(truncatingIfNeeded: current) & mask] = -1
            return list
          }
        }
        return -1
      }
      counts.passed &+= Int(truncatingIfNeeded: current &- begin)
      if list >= 0 { take(list) }
    }
    if nextFar <= current { takeFar() }
  }

  /// Moves a list to the events that are near.
  @inlinable
  @inline(__always)
  mutating func take(_ list: Int32) {
    var last = Int(list)
    while true {
      let node = nodes[last]
      approach(node.entry)
      listed &-= 1
      counts.found &+= 1
      guard node.next >= 0 else { break }
      last = Int(node.next)
    }
    nodes[last].next = unused
    unused = list
  }

  /// Moves what was far, and is due in the current slot, to the events that are near.
  @usableFromInline
  @inline(never)
  mutating func takeFar() {
    while !far.isEmpty && far[0].time >> shift <= current {
      approach(far[0])
      Self.removeFirst(&far)
    }
  }

  /// Makes slots longer, shorter or more, where events are sparse, dense or far.
  @usableFromInline
  @inline(never)
  mutating func tune() {
    let (passed, found) = (counts.passed, counts.found)
    var change: Int64 = 0
    if passed > 4 * found {
      change = 1
    } else if found > 2 * passed && shift > 4 {
      change = -1
    }
    // A turn shall be long enough for nearly all; a slot without an event is four bytes.
    let grows = change <= 0 && counts.far > found / 32 && slots.count < 16 * max(count, 64)
    counts = Counts()
    patience = max(4096, 2 * count)
    guard change != 0 || grows else { return }
    rebuild(shift: shift + change, slots: grows ? 2 * slots.count : slots.count)
  }

  private mutating func rebuild(shift newShift: Int64, slots number: Int) {
    var entries = far
    for node in slots where node >= 0 {
      var node = Int(node)
      while node >= 0 {
        entries.append(nodes[node].entry)
        node = Int(nodes[node].next)
      }
    }
    far.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
    unused = -1
    listed = 0
    slots = Array(repeating: -1, count: number)
    // The slot of the last nanosecond of the old one: what was near stays near.
    current = (((current &+ 1) << shift) &- 1) >> newShift
    shift = newShift
    for entry in entries { place(entry) }
    counts = Counts()
  }

  @inlinable
  @inline(__always)
  static func insert(_ entry: Entry, into heap: inout [Entry]) {
    heap.append(entry)
    heap.withUnsafeMutableBufferPointer { EventCalendar<Payload>.rise(entry, in: $0) }
  }

  @inlinable
  @inline(__always)
  static func removeFirst(_ heap: inout [Entry]) {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap.withUnsafeMutableBufferPointer { EventCalendar<Payload>.sink(last, in: $0) }
  }
}
