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
}
