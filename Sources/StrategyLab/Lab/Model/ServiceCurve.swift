import LabKernel

/// How much of a service time lies beyond a time, read from a table: the excess E (S - t)⁺ in mean service times.
///
/// The nodes stand in each octave of the time at equal distances, so that a time finds its node by the bits of its
/// number, without a logarithm. Between nodes the excess is linear, which is an error below 10⁻⁴ means
/// and none where the law is a step at its mean.
struct ServiceCurve {
  /// Seconds of the mean.
  let mean: Double
  /// The law's variance divided by the square of its mean.
  let squaredVariation: Double
  /// Whether the law is the exponential one, whose queues have closed forms.
  let isExponential: Bool
  /// The table, for who reads it often: it counts no references, and holds as long as the curve does.
  let reader: Reader
  private let memory: Memory

  /// Nodes in an octave as a power of two, and the octaves: from 2⁻¹⁰ to 2¹⁴ means.
  private static let nodeBits: UInt64 = 6
  private static let lowest = -10
  private static let octaves = 24

  init(_ law: SpanDistribution) {
    mean = law.mean
    // Without a variance there is no formula; such a service is played request by request, and the waits
    // of this table only stand in for what has to be guessed beforehand.
    squaredVariation = min(law.squaredVariation, 100)
    if case .exponential = law { isExponential = true } else { isExponential = false }
    let nodes = 1 << Int(Self.nodeBits)
    var excess: [Double] = []
    excess.reserveCapacity(nodes * Self.octaves + 1)
    var octave = 0x1p-10
    for _ in 0..<Self.octaves {
      for node in 0..<nodes {
        let time = octave * (1 + Double(node) / Double(nodes))
        excess.append(mean > 0 ? law.meanExcess(over: time * mean) / mean : 0)
      }
      octave *= 2
    }
    excess.append(0)
    memory = Memory(excess)
    reader = memory.reader
  }

  /// A table that is being read.
  struct Reader: @unchecked Sendable {
    fileprivate let nodes: UnsafePointer<Double>
    fileprivate let last: Int

    /// The mean excess over a time, both in mean service times; before 0 it is the distance to the mean.
    @inline(__always)
    func excess(over time: Double) -> Double {
      guard time > 0x1p-10 else {
        return time <= 0 ? 1 - time : 1 + (nodes[0] - 1) * time * 0x1p10
      }
      let bits = time.bitPattern
      let node = Int(bits >> (52 - ServiceCurve.nodeBits)) - ServiceCurve.firstNode
      guard node < last else { return 0 }
      // The bits below the node's, as a number from 0 to 1.
      let rest = Double(bits & ServiceCurve.restMask) * ServiceCurve.restScale
      return nodes[node] + rest * (nodes[node + 1] - nodes[node])
    }
  }

  /// Who owns the table; it is written once.
  private final class Memory: @unchecked Sendable {
    let reader: Reader
    private let start: UnsafeMutablePointer<Double>

    init(_ nodes: [Double]) {
      start = .allocate(capacity: nodes.count)
      for (number, node) in nodes.enumerated() { (start + number).initialize(to: node) }
      reader = Reader(nodes: UnsafePointer(start), last: nodes.count - 1)
    }

    // A number needs no end of its own.
    deinit { start.deallocate() }
  }

  private static let firstNode = (1023 + lowest) << Int(nodeBits)
  private static let restMask: UInt64 = (1 << (52 - nodeBits)) - 1
  private static let restScale = 1 / Double(1 << (52 - nodeBits))
}
