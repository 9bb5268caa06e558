import BenchmarkSupport

/// Plays the release model of `Peers/README.md` on the kernel and prints one line of JSON.
@main
struct ReleaseModel {
  static func main() {
    var words = CommandWords(
      usage: "release-model recursion|events REPLICAS RATE SECONDS [--replications N] [--seed N] "
        + "[--digest]",
      flags: ["--digest"])
    let road = words.next()
    guard road == "recursion" || road == "events" else { words.fail() }
    var parameters = ReleaseParameters(
      replicas: words.nextCount(), rate: words.nextNumber(),
      horizon: Int64(words.nextNumber() * 1e9))
    parameters.seed = UInt64(words.number("--seed", default: 1))
    parameters.digests = words.has("--digest")
    var outcomes: [ReleaseOutcome] = []
    var seconds = 0.0
    for replication in 0..<words.number("--replications", default: 1) {
      let before = ProcessorClock.seconds
      let outcome =
        road == "recursion"
        ? RecursionRelease.play(parameters, replication: replication)
        : EventRelease.play(parameters, replication: replication)
      seconds += ProcessorClock.seconds - before
      outcomes.append(outcome)
    }
    let list = outcomes.map(\.json).joined(separator: ", ")
    let requests = outcomes.reduce(0) { $0 + $1.requests }
    print("{\"replications\": [\(list)], \"requests\": \(requests), \"seconds\": \(seconds)}")
  }
}
