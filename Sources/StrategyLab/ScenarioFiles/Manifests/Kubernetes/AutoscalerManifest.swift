/// A HorizontalPodAutoscaler: what it scales, between which counts, by which measure.
///
/// Source: Kubernetes, pkg/apis/autoscaling/validation/validation.go and v2/defaults.go.
struct AutoscalerManifest {
  /// The object.
  let object: ManifestObject
  /// `Deployment` and `web`: what is scaled.
  let targetKind: String
  /// The name of what is scaled.
  let target: Given<String>?
  /// The fewest replicas; nil if nothing is written, which means 1.
  let minimum: Given<Int>?
  /// The most replicas.
  let maximum: Given<Int>?
  /// The processor use in percent of the requests that it aims at; nil if it aims at something else.
  let processorTarget: Given<Int>?
  /// Seconds that it waits for the highest recommendation before it scales down.
  let scaleDownStabilization: Given<Int>?

  /// An autoscaler of the versions v1 or v2.
  init(_ object: ManifestObject) {
    self.object = object
    var fields = object.fields
    var spec = fields.section("spec")
    var reference = spec?.section("scaleTargetRef")
    targetKind = reference?.text("kind")?.value ?? ""
    target = reference?.text("name")
    reference?.pass(["apiVersion"])
    reference?.close()
    let minimum = spec?.integer("minReplicas")
    let maximum = spec?.integer("maxReplicas", 1...Int(Int32.max))
    self.minimum = minimum
    self.maximum = maximum
    if let spec {
      if reference == nil {
        spec.findings.report(
          .missingKey("scaleTargetRef", owner: spec.path, example: "scaleTargetRef: ..."),
          at: spec.place)
      }
      if maximum == nil, !spec.has("maxReplicas") {
        spec.findings.report(
          .missingKey("maxReplicas", owner: spec.path, example: "maxReplicas: 10"), at: spec.place)
      }
    }
    if let minimum, let maximum, maximum.value < minimum.value {
      object.fields.findings.refuse(
        "maxReplicas \(maximum.value) is below minReplicas \(minimum.value)",
        hint: "write at least \(minimum.value)", at: maximum.place)
    }
    var processorTarget = spec?.integer("targetCPUUtilizationPercentage", 1...Int(Int32.max))
    for var metric in spec?.sections("metrics") ?? [] {
      if let found = AutoscalerManifest.processor(&metric) {
        processorTarget = processorTarget ?? found
      }
    }
    self.processorTarget = processorTarget
    scaleDownStabilization = spec.flatMap { AutoscalerManifest.stabilization($0) }
    spec?.pass(["behavior"])
    spec?.close()
    fields.pass(["status"])
    fields.close()
  }

  private static func processor(_ metric: inout ManifestFields) -> Given<Int>? {
    let kinds = ["Resource", "Pods", "Object", "External", "ContainerResource"]
    let type = metric.choice("type", kinds)?.value
    guard type == "Resource" || type == "ContainerResource" else {
      metric.leaveOut(
        ["pods", "object", "external", "resource", "containerResource"],
        "the model scales by processor use alone")
      metric.close()
      return nil
    }
    var resource = metric.section(type == "Resource" ? "resource" : "containerResource")
    let name = resource?.choice("name", ["cpu", "memory"])?.value
    resource?.pass(["container"])
    var target = resource?.section("target")
    _ = target?.choice("type", ["Utilization", "AverageValue", "Value"])
    var found: Given<Int>?
    if name == "cpu" {
      found = target?.integer("averageUtilization", 1...Int(Int32.max))
    } else {
      target?.leaveOut(["averageUtilization"], "the model scales by processor use alone")
    }
    target?.leaveOut(["averageValue", "value"], "the model scales by processor use alone")
    target?.close()
    resource?.close()
    metric.close()
    return found
  }

  private static func stabilization(_ spec: ManifestFields) -> Given<Int>? {
    var spec = spec
    guard var behavior = spec.section("behavior") else { return nil }
    var found: Given<Int>?
    for key in ["scaleDown", "scaleUp"] {
      guard var rules = behavior.section(key) else { continue }
      let window = rules.integer("stabilizationWindowSeconds", 0...3600)
      if key == "scaleDown" {
        found = window
      } else if let window, window.value > 0 {
        rules.leaveOut(["stabilizationWindowSeconds"], "the model scales up at once")
      }
      _ = rules.choice("selectPolicy", ["Max", "Min", "Disabled"])
      rules.leaveOut(
        ["policies", "selectPolicy", "tolerance"], "the model scales by the default policies")
      rules.close()
    }
    behavior.close()
    return found
  }

  /// Whether it scales a workload.
  func scales(_ workload: WorkloadManifest) -> Bool {
    object.namespace == workload.object.namespace && target?.value == workload.object.name
      && targetKind == workload.object.kind
  }
}
