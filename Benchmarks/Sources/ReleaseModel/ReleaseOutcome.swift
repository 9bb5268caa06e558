/// What one replication of the release model came to.
struct ReleaseOutcome {
  private(set) var requests = 0
  private(set) var peak: Int
  /// A sum over all requests that changes when the latency of any one does.
  private(set) var digest: UInt64 = 0
  private var present: Int
  private var waitSum: Int64 = 0
  private var latencySum: Int64 = 0
  private let latencies = LatencyHistogram()

  init(replicas: Int) {
    present = replicas
    peak = replicas
  }

  /// Records a request that has its answer.
  @inline(__always)
  mutating func record(wait: Int64, service: Int64, number: UInt64, digests: Bool) {
    let latency = wait &+ service
    requests &+= 1
    waitSum &+= wait
    latencySum &+= latency
    latencies.add(latency)
    if digests { digest &+= Self.mixed(number, latency) }
  }

  /// So many more replicas are not gone.
  mutating func change(by difference: Int) {
    present += difference
    peak = max(peak, present)
  }

  /// The outcome as the members of a JSON object.
  var json: String {
    let count = Double(requests) * 1e9
    let digits = String(digest, radix: 16)
    return """
      {"requests": \(requests), "wait": \(Double(waitSum) / count), \
      "latency": \(Double(latencySum) / count), \
      "p50": \(Double(latencies.quantile(0.5)) * 1e-9), \
      "p99": \(Double(latencies.quantile(0.99)) * 1e-9), "peak": \(peak), \
      "digest": "\(String(repeating: "0", count: 16 - digits.count))\(digits)"}
      """
  }

  private static func mixed(_ number: UInt64, _ latency: Int64) -> UInt64 {
    var bits = (number &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(latency)
    bits = (bits ^ (bits >> 31)) &* 0xd6e8_feb8_6659_fd93
    return bits ^ (bits >> 32)
  }
}
