import LabKernel

/// How likely an answer has come after a time, and the integral of that, read from a latency table.
///
/// The probability is linear between the table's rows, which stand in ratios of a few percent.
struct AnswerLaw {
  fileprivate struct Node {
    var time: Double
    var answered: Double
    var integral: Double
  }

  private var nodes: [Node]

  /// The law of latencies that ascend, each with the probability that an answer takes longer.
  init(_ rows: [(latency: Double, survival: Double)]) {
    nodes = [Node(time: 0, answered: 0, integral: 0)]
    nodes.reserveCapacity(rows.count + 1)
    var last = nodes[0]
    for row in rows where row.latency > last.time {
      let answered = max(last.answered, 1 - row.survival)
      let integral = last.integral + (row.latency - last.time) * (answered + last.answered) / 2
      last = Node(time: row.latency, answered: answered, integral: integral)
      nodes.append(last)
    }
  }

  /// Reads the law at times that mostly ascend.
  struct Reader {
    fileprivate let nodes: [Node]
    private var place = 0

    fileprivate init(nodes: [Node]) { self.nodes = nodes }

    /// The probability that an answer has come by a time, and its integral from 0 on.
    mutating func callAsFunction(_ time: Double) -> (answered: Double, integral: Double) {
      guard time > 0 else { return (0, 0) }
      if nodes[place].time > time { place = 0 }
      while place + 1 < nodes.count, nodes[place + 1].time <= time { place += 1 }
      let node = nodes[place]
      let span = time - node.time
      guard place + 1 < nodes.count else {
        return (node.answered, node.integral + node.answered * span)
      }
      let next = nodes[place + 1]
      let answered =
        node.answered + (next.answered - node.answered) * (span / (next.time - node.time))
      return (answered, node.integral + (node.answered + answered) / 2 * span)
    }
  }

  /// A reader that begins at 0.
  var reader: Reader { Reader(nodes: nodes) }

  /// The law of the first of a session's answers, from its first request on.
  ///
  /// Of the requests that follow while the session runs some are of the same kind, and one of them may be answered
  /// before the first. With F this law, k their rate while the session runs, and D its mean rest, which has no memory, a
  /// session that still runs has no answer of a later request within r seconds with a probability y that follows
  ///
  ///     dy/dr = 1/D - (1/D + k F(r)) y,    y(0) = 1
  ///
  /// and no answer at all with the probability (1 - F(r)) y(r).
  ///
  /// - Parameters:
  ///   - law: how sessions run.
  ///   - share: the part of their later requests that is of this kind.
  /// - Returns: the law of the time from a session's first request of this kind to its first answer.
  /// - Complexity: linear in the table's rows.
  func first(ofSessions law: SessionLaw, share: Double) -> AnswerLaw {
    let rate = law.following / law.duration * share
    guard rate > 0 else { return self }
    let end = 1 / law.duration
    var none = 1.0
    var rows: [(latency: Double, survival: Double)] = []
    rows.reserveCapacity(nodes.count)
    for (node, next) in zip(nodes, nodes.dropFirst()) {
      let hazard = end + rate * (node.answered + next.answered) / 2
      let level = end / hazard
      none = level + (none - level) * Elementary.exponential(-hazard * (next.time - node.time))
      rows.append((next.time, (1 - next.answered) * none))
    }
    return AnswerLaw(rows)
  }
}
