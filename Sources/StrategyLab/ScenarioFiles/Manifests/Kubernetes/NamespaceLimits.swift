/// A ResourceQuota: what all pods of a namespace may request together.
struct QuotaManifest {
  /// The object.
  let object: ManifestObject
  /// The most pods.
  let pods: Given<Int64>?
  /// The most processor, in thousandths of a core.
  let milliCores: Given<Int64>?
  /// The most memory, in bytes.
  let memoryBytes: Given<Int64>?
  /// Whether the quota holds for every pod, and not only for some.
  let isForAll: Bool

  /// A quota.
  init(_ object: ManifestObject) {
    self.object = object
    var fields = object.fields
    var spec = fields.section("spec")
    isForAll = !(spec.map { $0.has("scopes") || $0.has("scopeSelector") } ?? false)
    spec?.leaveOut(
      ["scopes", "scopeSelector"], "a quota for some pods only plays no part in the model")
    var hard = spec?.section("hard")
    let cpu = hard?.milliCores("requests.cpu")
    let otherCPU = hard?.milliCores("cpu")
    let memory = hard?.bytes("requests.memory")
    let otherMemory = hard?.bytes("memory")
    let pods = hard?.countQuantity("pods")
    let count = hard?.countQuantity("count/pods")
    func least(_ one: Given<Int64>?, _ other: Given<Int64>?) -> Given<Int64>? {
      guard let one, let other else { return one ?? other }
      return one.value <= other.value ? one : other
    }
    milliCores = least(cpu, otherCPU)
    memoryBytes = least(memory, otherMemory)
    self.pods = least(pods, count)
    let uncounted = (hard?.keys ?? []).filter { QuotaManifest.isUncounted($0) }
    hard?.leaveOut(uncounted, "the model counts pods and what they request")
    hard?.close()
    spec?.close()
    fields.pass(["status"])
    fields.close()
  }

  /// Whether a resource is one that quotas may name and the model does not count.
  private static func isUncounted(_ key: String) -> Bool {
    let others = [
      "configmaps", "secrets", "services", "persistentvolumeclaims", "replicationcontrollers",
      "resourcequotas", "ephemeral-storage", "services.loadbalancers", "services.nodeports",
    ]
    return others.contains(key) || key.hasPrefix("limits.")
      || key.hasPrefix("count/") && key != "count/pods" || key.contains("storage")
      || key.hasPrefix("requests.") && key.contains("/")
  }
}

/// A LimitRange: what containers request that say nothing.
struct LimitRangeManifest {
  /// The object.
  let object: ManifestObject
  /// Thousandths of a core for each container that requests none.
  let milliCores: Given<Int64>?
  /// Bytes of memory for each container that requests none.
  let memoryBytes: Given<Int64>?

  /// A range of limits.
  init(_ object: ManifestObject) {
    self.object = object
    var fields = object.fields
    var spec = fields.section("spec")
    var cpu: Given<Int64>?
    var memory: Given<Int64>?
    for var limit in spec?.sections("limits") ?? [] {
      let isContainer = limit.text("type")?.value == "Container"
      // What is requested by default is the limit by default where nothing else is written.
      for key in ["defaultRequest", "default"] {
        guard var amounts = limit.section(key) else { continue }
        let found = (amounts.milliCores("cpu"), amounts.bytes("memory"))
        if isContainer { (cpu, memory) = (cpu ?? found.0, memory ?? found.1) }
        amounts.leaveOut(["ephemeral-storage"])
        amounts.close()
      }
      limit.leaveOut(["min", "max", "maxLimitRequestRatio"], "no request is held against it")
      limit.close()
    }
    (milliCores, memoryBytes) = (cpu, memory)
    spec?.close()
    fields.close()
  }
}

/// A PodDisruptionBudget: read, checked, and without a part in a release.
struct DisruptionBudgetManifest {
  /// The object.
  let object: ManifestObject
  /// Which pods it protects.
  let selector: LabelSelector?

  /// A budget.
  init(_ object: ManifestObject) {
    self.object = object
    var fields = object.fields
    var spec = fields.section("spec")
    selector = spec?.labelSelector("selector")
    let least = spec?.replicaQuantity("minAvailable")
    let most = spec?.replicaQuantity("maxUnavailable")
    if least != nil, let most {
      object.fields.findings.refuse(
        "minAvailable and maxUnavailable are both written", hint: "write one of them",
        at: most.place)
    }
    spec?.leaveOut(
      ["minAvailable", "maxUnavailable"],
      "a budget holds back evictions, and a controller that releases deletes its pods without one")
    spec?.pass(["unhealthyPodEvictionPolicy"])
    spec?.close()
    fields.pass(["status"])
    fields.close()
  }

  /// Whether it protects the pods of a workload.
  func selects(_ workload: WorkloadManifest) -> Bool {
    object.namespace == workload.object.namespace
      && selector?.selects(workload.podLabels) ?? false
  }
}
