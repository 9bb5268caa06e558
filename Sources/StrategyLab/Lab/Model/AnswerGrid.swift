import LabUnits

/// The time grid on which answers that are under way wait until they come, where they take long against a scrape.
///
/// A bin is a whole number of scrape intervals, so that a reading mostly meets the end of a bin.
struct AnswerGrid {
  /// The part of a scrape interval that answers may take and still be counted when their requests arrive.
  ///
  /// Of the requests of an interval no more than this part is then read one interval early.
  static let negligiblePart = 0.01
  /// Bins in the mean time of an answer, at the most.
  private static let binsInMean = 32.0
  /// Bins until the last answer, at the most.
  private static let binsInAll = 4096.0

  /// The width of a bin in nanoseconds.
  let width: Int64
  /// How many bins are kept, the one that is passing included.
  let bins: Int

  /// The grid of a scenario; nil where answers come fast enough to be counted at once.
  init?(_ scenario: Scenario) {
    let service = scenario.service
    let scrape = scenario.monitoring.scrapeInterval
    let added = service.sidecar?.latency.seconds ?? 0
    let mean = service.serviceTime.mean + added
    guard mean > Self.negligiblePart * scrape.seconds else { return nil }
    // Nothing is known later than this: an answer, a timeout, or that a replica was killed.
    let longest = min(
      max(service.timeout.seconds, service.terminationGrace.seconds) + added,
      scenario.experiment.horizon.seconds)
    let finest = max(mean / Self.binsInMean, longest / Self.binsInAll)
    let intervals = max(1, (finest / scrape.seconds).rounded(.down))
    let seconds = min(intervals * scrape.seconds, scenario.experiment.horizon.seconds)
    width = max(1, Int64(seconds * 1e9))
    bins = Int((longest / (Double(width) / 1e9)).rounded(.up)) + 3
  }

  /// The seconds of a bin.
  var seconds: Double { Double(width) / 1e9 }
}
