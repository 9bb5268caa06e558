/// The pods of a workload: labels, containers, how they stop.
struct PodTemplate {
  /// The labels that every pod gets.
  let labels: [String: String]
  /// The annotations that every pod gets.
  let annotations: [(key: String, value: Given<String>)]
  /// The labels with their places.
  let givenLabels: [(key: String, value: Given<String>)]
  /// The containers that run side by side, sidecars among the init containers included.
  let containers: [ContainerManifest]
  /// The containers that run one after the other before those.
  let initContainers: [ContainerManifest]
  /// Seconds until a terminating pod is killed; nil if the default holds.
  let terminationGrace: Given<Int>?
  /// Where the template stands.
  let place: ManifestPlace
}

extension PodTemplate {
  /// The template behind `template`; nil if there is none.
  ///
  /// - Parameters:
  ///   - fields: The section `spec` of a workload.
  ///   - object: The workload.
  init?(_ fields: inout ManifestFields, of object: ManifestObject) {
    guard var template = fields.section("template") else { return nil }
    var labels: [(key: String, value: Given<String>)] = []
    var annotations: [(key: String, value: Given<String>)] = []
    if var metadata = template.section("metadata") {
      labels = metadata.labels("labels")
      annotations = metadata.labels("annotations")
      metadata.pass([
        "name", "generateName", "namespace", "creationTimestamp", "finalizers", "ownerReferences",
      ])
      metadata.close()
    }
    var spec = template.section("spec")
    if spec == nil {
      template.findings.refuse(
        "\(object.title) has no spec.template.spec", hint: "write the pod's containers",
        at: template.place)
    }
    let all = spec.map { PodTemplate.containers($0.findings, &spec) } ?? ([], [])
    let grace = spec?.integer("terminationGracePeriodSeconds")
    PodTemplate.closeSpec(&spec)
    template.close()
    self.init(
      labels: Dictionary(
        labels.map { ($0.key, $0.value.value) }, uniquingKeysWith: { first, _ in first }),
      annotations: annotations, givenLabels: labels, containers: all.0, initContainers: all.1,
      terminationGrace: grace, place: template.place)
  }

  private static func containers(_ findings: ManifestFindings, _ spec: inout ManifestFields?)
    -> ([ContainerManifest], [ContainerManifest])
  {
    guard var fields = spec else { return ([], []) }
    let running = fields.sections("containers").map { ContainerManifest($0, isInit: false) }
    if running.isEmpty {
      findings.refuse(
        "the pod has no container", hint: "write at least one container with name and image",
        at: fields.place(of: "containers"))
    }
    let initial = fields.sections("initContainers").map { ContainerManifest($0, isInit: true) }
    var names: Set<String> = []
    for container in running + initial where !container.name.isEmpty {
      if !names.insert(container.name).inserted {
        findings.refuse(
          "two containers are called '\(container.name)'", hint: "give each a name of its own",
          at: container.place)
      }
    }
    spec = fields
    return (running + initial.filter { $0.runsAlways }, initial.filter { !$0.runsAlways })
  }

  private static func closeSpec(_ spec: inout ManifestFields?) {
    guard var fields = spec else { return }
    fields.leaveOut(
      [
        "affinity", "nodeSelector", "nodeName", "tolerations", "topologySpreadConstraints",
        "schedulerName", "runtimeClassName", "overhead", "resourceClaims", "schedulingGates",
        "resources",
      ], "every node of the model takes every pod that fits")
    fields.leaveOut(
      ["priorityClassName", "priority", "preemptionPolicy"], "nothing is preempted in the model")
    fields.leaveOut(["ephemeralContainers", "readinessGates", "activeDeadlineSeconds"])
    fields.leaveOut(
      ["hostNetwork", "hostPID", "hostIPC", "hostUsers"], "ports of nodes are not modelled")
    _ = fields.choice("restartPolicy", ["Always", "OnFailure", "Never"])
    fields.pass([
      "volumes", "serviceAccountName", "serviceAccount", "automountServiceAccountToken",
      "securityContext", "imagePullSecrets", "hostname", "hostnameOverride", "subdomain",
      "hostAliases", "dnsPolicy", "dnsConfig", "enableServiceLinks", "shareProcessNamespace",
      "setHostnameAsFQDN", "os",
    ])
    fields.close()
    spec = fields
  }

  /// The pod's processor and memory without its proxy, and the proxy's, as the scheduler counts them.
  ///
  /// Init containers run before the others, so the larger of both counts.
  /// Source: Kubernetes, pkg/api/v1/resource, `PodRequests`.
  func requests() -> (pod: Requests, proxy: ContainerManifest?) {
    let proxy = containers.count > 1 ? containers.first { $0.isProxy } : nil
    var sum = Requests()
    for container in containers where container.name != proxy?.name { sum.add(container) }
    for container in initContainers { sum.raise(to: container) }
    return (sum, proxy)
  }

  /// What containers request together, and the places that say so.
  struct Requests {
    /// Thousandths of a core; nil if no container says.
    var milliCores: Int64?
    /// Bytes of memory; nil if no container says.
    var memoryBytes: Int64?
    /// The places of the processor requests.
    var coreOrigins: [Given<Int64>] = []
    /// The places of the memory requests.
    var memoryOrigins: [Given<Int64>] = []

    /// Adds a container that runs beside the others.
    mutating func add(_ container: ContainerManifest) {
      if let cpu = container.cpu {
        milliCores = (milliCores ?? 0) + cpu.value
        coreOrigins.append(cpu)
      }
      if let memory = container.memory {
        memoryBytes = (memoryBytes ?? 0) + memory.value
        memoryOrigins.append(memory)
      }
    }

    /// Takes a container into account that runs before the others.
    mutating func raise(to container: ContainerManifest) {
      if let cpu = container.cpu, cpu.value > milliCores ?? 0 {
        (milliCores, coreOrigins) = (cpu.value, [cpu])
      }
      if let memory = container.memory, memory.value > memoryBytes ?? 0 {
        (memoryBytes, memoryOrigins) = (memory.value, [memory])
      }
    }
  }
}
