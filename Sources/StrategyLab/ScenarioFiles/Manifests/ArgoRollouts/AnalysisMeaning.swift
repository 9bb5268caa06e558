import LabUnits

/// What a metric of a template means in the model: a share of failed, or of slow, requests.
///
/// A query is not run here, so what it measures is told from its bounds, its name and its text; what was
/// assumed is said in ``remark``.
struct AnalysisMeaning: Hashable {
  /// What is counted: `failures` or `slow`.
  var measure: String
  /// The share up to which a measurement is good.
  var maximum: Share
  /// The latency above which a request is slow, where that is counted.
  var slowThreshold: Span?
  /// How the condition was understood.
  var remark: String

  /// The meaning of what is good by a condition; nil if it is neither a share nor a latency.
  ///
  /// - Parameters:
  ///   - good: The values that are good.
  ///   - name: The metric's name.
  ///   - query: What is asked, in the provider's language.
  init?(good: AnalysisCondition, name: String, query: String) {
    guard let meaning = AnalysisMeaning(bounds: good, name: name, query: query) else { return nil }
    self = meaning
    if good.acceptsNothing == true { remark += "; no data, which would pass, is an error here" }
  }

  private init?(bounds good: AnalysisCondition, name: String, query: String) {
    let words = (name + " " + query).lowercased()
    func speaks(_ of: String...) -> Bool { of.contains { words.contains($0) } }
    let isLatency = speaks(
      "latency", "duration", "histogram_quantile", "response_time", "response-time", "responsetime",
      "p99", "p95", "p90", "p50")
    let isPercentage = speaks("percent", "100 *", "100*", "* 100", "*100")
    if isLatency {
      guard let limit = good.greatest, limit > 0, limit < 1e9, good.least.map({ $0 <= 0 }) ?? true
      else { return nil }
      self.init(latency: limit, words: words)
      return
    }
    // A success rate may also be held below 1, and an error rate above 0, which says nothing.
    let whole = isPercentage || (good.least ?? 0) > 1 || (good.greatest ?? 0) > 1 ? 100.0 : 1.0
    if let least = good.least, least > 0, least <= whole,
      good.greatest.map({ $0 >= whole }) ?? true
    {
      guard least >= whole / 2 || speaks("success", "availab", "2xx") else { return nil }
      self.init(
        measure: "failures", maximum: Self.share(1 - least / whole), slowThreshold: nil,
        remark: "understood as a success rate"
          + (whole == 100 ? " in percent" : ""))
      return
    }
    if let greatest = good.greatest, greatest >= 0, greatest < whole,
      good.least.map({ $0 <= 0 }) ?? true
    {
      guard whole == 1 || isPercentage, greatest <= whole / 2 || speaks("error", "fail", "5xx")
      else { return nil }
      self.init(
        measure: "failures", maximum: Self.share(greatest / whole), slowThreshold: nil,
        remark: "understood as an error rate" + (whole == 100 ? " in percent" : ""))
      return
    }
    return nil
  }

  private init(measure: String, maximum: Share, slowThreshold: Span?, remark: String) {
    self.measure = measure
    self.maximum = maximum
    self.slowThreshold = slowThreshold
    self.remark = remark
  }

  private init(latency limit: Double, words: String) {
    let (unit, isSeconds) = Self.unit(of: words, limit)
    let span = Span(seconds: isSeconds ? limit : limit / 1000)
    let quantile = Self.quantile(in: words)
    self.init(
      measure: "slow", maximum: Self.share(1 - (quantile ?? 0.5)), slowThreshold: span,
      remark:
        "\(quantile.map { "the quantile \(Self.text($0))" } ?? "an average, taken as the median,")"
        + " of a latency \(unit)")
  }

  /// The nearest share in millionths, so that 1 - 0.95 is 5%.
  private static func share(_ fraction: Double) -> Share {
    Share(millionths: Int64((min(max(fraction, 0), 1) * 1_000_000).rounded()))
  }

  private static func text(_ fraction: Double) -> String { "\(fraction)" }

  private static func unit(of words: String, _ limit: Double) -> (String, isSeconds: Bool) {
    let scaled = ["* 1000", "*1000", "1000 *", "1000*"].contains { words.contains($0) }
    if words.contains("_milliseconds") || words.contains("_ms") || words.contains("millis") {
      return ("in milliseconds, by the query", false)
    }
    if words.contains("_seconds") {
      return scaled
        ? ("in milliseconds, by the query", false) : ("in seconds, by the query", true)
    }
    // Nobody allows a minute, and nobody asks for 60 ms in a unit that is seconds.
    return limit <= 30
      ? ("in seconds, by its size", true) : ("in milliseconds, by its size", false)
  }

  /// The quantile that a query or a name speaks of: `histogram_quantile(0.99`, `p95`.
  private static func quantile(in words: String) -> Double? {
    if let call = words.firstRange(of: "histogram_quantile(") {
      let number = words[call.upperBound...].drop { $0.isWhitespace }
        .prefix { $0.isNumber || $0 == "." }
      if let value = Double(number), value > 0, value < 1 { return value }
    }
    let named: [(String, Double)] = [
      ("p999", 0.999), ("p99", 0.99), ("p95", 0.95), ("p90", 0.9), ("p75", 0.75), ("p50", 0.5),
      ("99th", 0.99), ("95th", 0.95), ("90th", 0.9), ("median", 0.5),
    ]
    return named.first { words.contains($0.0) }?.1
  }
}
