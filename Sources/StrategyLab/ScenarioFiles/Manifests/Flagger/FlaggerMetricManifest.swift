import LabStrategies
import LabUnits

/// A metric of a Canary, as far as the model can measure it.
///
/// The built-in metrics are shares of bad requests: `request-success-rate` with a least percentage, and
/// `request-duration`, which is the 99th percentile, with a greatest number of milliseconds. What a
/// query of one's own measures is not known, and the metric is left out.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `CanaryMetric`.
struct FlaggerMetricManifest {
  /// What the metric is played as; nil if it is left out.
  let metric: Given<FlaggerMetric>?
  /// The name as it stands there.
  let name: Given<String>?
  /// Over how long the metric looks back; nil if it is not said.
  let interval: Given<Span>?
  /// Above which duration a request is slow; nil if the metric does not look at durations.
  let slowThreshold: Given<Span>?

  /// Whether a MetricTemplate of a name and a namespace is described by some manifest.
  typealias HasTemplate = (_ name: String, _ namespace: String?) -> Bool

  /// Reads an item of the list and reports what is wrong with it.
  init(_ fields: ManifestFields, hasTemplate: HasTemplate) {
    var fields = fields
    let name = fields.text("name")
    let interval = fields.flaggerSpan("interval")
    let window = interval?.value ?? FlaggerDefaults.metricInterval
    let legacy = fields.number("threshold")
    var range = fields.section("thresholdRange")
    let (least, most) = (range?.number("min"), range?.number("max"))
    range?.close()
    fields.pass(["templateVariables"])
    let query = fields.text("query")
    let template = fields.flaggerReference("templateRef", kinds: [])
    if let template, !hasTemplate(template.name.value, template.namespace) {
      fields.findings.refuse(
        .manifestReference, "no manifest describes the MetricTemplate '\(template.name.value)'",
        hint: "give its manifest too", at: template.name.place)
    }
    fields.close()
    let findings = fields.findings
    let item = (object: fields.object, path: fields.path, place: fields.place)
    func leaveOut(_ reason: String) {
      findings.leaveOut(
        LeftOutField(object: item.object, path: item.path, reason: reason, place: item.place))
    }
    var metric: Given<FlaggerMetric>?
    var slowThreshold: Given<Span>?
    switch name?.value {
    case nil:
      findings.report(
        .missingKey("name", owner: "a metric", example: "name: request-success-rate"),
        at: item.place)
    case "request-success-rate" where query == nil && template == nil:
      if let bound = least ?? (range == nil ? legacy : nil) {
        let share = Self.failures(bound.value)
        metric = bound.map { _ in
          FlaggerMetric(
            name: "request-success-rate", of: .failures, maximum: share, interval: window)
        }
      } else {
        leaveOut("no least success rate is given, so the metric halts nothing")
      }
    case "request-duration" where query == nil && template == nil:
      if let bound = most ?? (range == nil ? legacy : nil), bound.value > 0 {
        slowThreshold = bound.map { Span(seconds: min($0, 1e9) / 1000) }
        metric = bound.map { _ in
          FlaggerMetric(
            name: "request-duration", of: .slow, maximum: .percent(1), interval: window)
        }
      } else {
        leaveOut("no greatest duration is given, so the metric halts nothing")
      }
    default:
      leaveOut("what a query of one's own measures is not modelled; the metric passes")
    }
    self.name = name
    self.interval = interval
    self.metric = metric
    self.slowThreshold = slowThreshold
  }

  /// The share of failures that a least success rate in percent allows.
  private static func failures(_ least: Double) -> Share {
    Share(millionths: Int64((1e4 * (100 - min(max(least, 0), 100))).rounded()))
  }
}
