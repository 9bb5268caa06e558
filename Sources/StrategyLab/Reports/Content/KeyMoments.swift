import StrategyLab

/// The moments of a timeline that a reader wants to see: what happened, not every count.
struct KeyMoments {
  /// One line: an event, or a run of the same event.
  struct Moment {
    /// The fleet when the event had happened; for a run, after the last of it.
    var row: Timeline.Row
    /// How often the event happened one right after the other.
    var count: Int
    /// The time of the last of them.
    var lastTime: Double
  }

  /// The moments in order of time.
  let moments: [Moment]
  /// Events that were left out because there were too many.
  let omitted: Int
  /// How many moments stand before those that were left out; nil if none were.
  let gap: Int?

  /// The key moments of a timeline; at most `limit` of them, the first two thirds and the last third.
  init(_ timeline: Timeline, limit: Int = 40) {
    var all: [Moment] = []
    for row in timeline.rows where !row.event.isEmpty {
      if let last = all.indices.last, all[last].row.event == row.event {
        let first = all[last].row.time
        all[last].row = row
        all[last].row.time = first
        all[last].count += 1
        all[last].lastTime = row.time.seconds
      } else {
        all.append(Moment(row: row, count: 1, lastTime: row.time.seconds))
      }
    }
    omitted = max(0, all.count - limit)
    let head = limit * 2 / 3
    gap = omitted == 0 ? nil : head
    moments = omitted == 0 ? all : Array(all.prefix(head) + all.suffix(limit - head))
  }
}
