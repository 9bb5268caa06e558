import LabUnits
import StrategyLab

/// Recorded traffic: a CSV file turned into a rate that is constant between steps.
///
/// - A *rate* holds from its row until the next one.
/// - A *count* is spread over the usual (median) step to the next row; where a sample is missing, its
///   rate holds through the gap. Zeros stay zeros.
/// - *Arrivals* are counted in bins from the start of the release; a last bin that the trace does not
///   fill is left out. Where requests are played one by one, they arrive as they were recorded.
struct TraceFile {
  /// What the scenario says about its trace.
  struct Options {
    /// `auto`, `rate`, `count` or `arrivals`.
    var values = "auto"
    /// What every rate is multiplied by.
    var scale = 1.0
    /// How long after the first row the release begins.
    var from = Span.zero
    /// The length of the pieces in which arrivals are counted.
    var bin = Span.seconds(10)
    /// How far the trace must reach.
    var horizon: Span
  }

  /// The largest file that is read, in bytes.
  static let sizeLimit = 100_000_000
  /// The most pieces in which arrivals are counted.
  static let binLimit = 1_000_000

  /// The traffic; nil if something is wrong.
  private(set) var traffic: TrafficModel?
  /// What is wrong with the trace.
  private(set) var faults: [LocatedFault] = []
  /// What is wrong with how the scenario uses it, each with the key to point at.
  private(set) var misuse: [(key: String, fault: ScenarioFault)] = []

  private let options: Options
  private var rates: [TrafficModel.Step] = []

  /// Reads a trace.
  init(_ bytes: [UInt8], _ options: Options) {
    self.options = options
    if let problem = TextCheck.problem(in: bytes) {
      faults = [LocatedFault(fault: .trace(.notText(problem.fact.reason)), mark: problem.mark)]
      return
    }
    let table = TraceTable(bytes, values: options.values)
    faults = table.faults
    guard faults.isEmpty else { return }
    let length = table.content == .arrivals ? countArrivals(table) : holdRates(table)
    if length < options.from + options.horizon, misuse.isEmpty {
      let fault = TraceFault.tooShort(
        length: length, from: options.from, horizon: options.horizon)
      misuse.append((options.from == .zero ? "file" : "from", .trace(fault)))
    }
    if faults.isEmpty, misuse.isEmpty, !rates.isEmpty {
      var traffic = TrafficModel(steps: rates, form: "trace")
      // Arrivals that are multiplied are no longer the ones that were recorded.
      if table.content == .arrivals, options.scale == 1 {
        let from = options.from.nanoseconds
        traffic.arrivals = table.times.lazy
          .filter { $0 >= from && $0 - from < options.horizon.nanoseconds }.map { $0 - from }
      }
      self.traffic = traffic
    }
  }

  /// Makes steps of rates or counts; the result is how long the trace is.
  private mutating func holdRates(_ table: TraceTable) -> Span {
    let times = table.times
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
    guard !gaps.isEmpty else { return .zero }
    let usual = gaps[gaps.count / 2]
    for (index, time) in times.enumerated() {
      let end = index + 1 < times.count ? times[index + 1] : time + usual
      guard end > options.from.nanoseconds else { continue }
      let value = table.values[index]
      // A row before its time tells of the shorter time; one after a gap, only of the usual step.
      let seconds = Span(nanoseconds: min(end - time, usual)).seconds
      append(table.content == .rate ? value : value / seconds, at: time - options.from.nanoseconds)
    }
    return Span(nanoseconds: times[times.count - 1] + usual)
  }

  /// Makes steps of arrivals; the result is how long the trace is in whole bins.
  private mutating func countArrivals(_ table: TraceTable) -> Span {
    let bin = options.bin.nanoseconds
    let from = options.from.nanoseconds
    let last = table.times.last ?? 0
    guard options.horizon.nanoseconds / bin < TraceFile.binLimit else {
      misuse.append(("bin", .trace(.tooManyBins(bin: options.bin, limit: TraceFile.binLimit))))
      return .zero
    }
    guard last >= from else { return Span(nanoseconds: last) }
    let wholeBins = (last - from) / bin
    let neededBins = (options.horizon.nanoseconds + bin - 1) / bin
    var counts = [Int](repeating: 0, count: Int(min(wholeBins, neededBins)))
    for time in table.times where time >= from && (time - from) / bin < counts.count {
      counts[Int((time - from) / bin)] += 1
    }
    for (index, count) in counts.enumerated() {
      append(Double(count) / options.bin.seconds, at: Int64(index) * bin)
    }
    return Span(nanoseconds: from + wholeBins * bin)
  }

  /// Adds a rate unless it lies beyond the horizon or changes nothing.
  private mutating func append(_ rate: Double, at start: Int64) {
    guard start < options.horizon.nanoseconds || rates.isEmpty else { return }
    let scaled = rate * options.scale
    guard scaled <= 1e12 else {
      if misuse.isEmpty {
        misuse.append(("scale", .trace(.rateTooHigh(NumberText.text(rate)))))
      }
      return
    }
    if rates.last?.requestsPerSecond == scaled { return }
    rates.append(
      TrafficModel.Step(start: Instant(nanoseconds: max(0, start)), requestsPerSecond: scaled))
  }
}
