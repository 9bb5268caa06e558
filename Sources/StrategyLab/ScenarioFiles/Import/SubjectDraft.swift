import LabUnits
import StrategyLab

/// What manifests say about the service and its cluster, as keys of a scenario.
struct SubjectDraft {
  /// The manifests.
  let set: ManifestSet
  /// What is released.
  let subject: ReleaseSubject
  /// The scenario so far; it begins as the profile.
  var draft: DraftNode
  /// Remarks for the reader of the scenario.
  var notes: [String] = []
  /// Whether the manifests say if the pods have the proxy of a mesh.
  private(set) var tellsOfProxy = false

  /// Writes everything that the manifests say.
  mutating func fill() {
    replicas()
    if let template = subject.workload?.template {
      requests(template)
      stopping(template)
      readiness(template)
    }
    if let minReady = subject.workload?.minReady {
      write("service", "minReady", "\(minReady.value)s", set.origin(minReady))
    }
    quota()
    autoscaler()
  }

  private mutating func write(_ section: String, _ key: String, _ value: String, _ origin: String) {
    draft.set([section, key], .value(value, origin: origin))
  }

  /// The count of the stable workload; of both versions together where replicas split the requests.
  private mutating func replicas() {
    guard let workload = subject.workload else {
      notes.append("no manifest describes the pods of \(subject.object.title): the profile does")
      return
    }
    var count = workload.replicas?.value ?? 1
    var origin = workload.replicas.map { set.origin($0) } ?? "default: Kubernetes, spec.replicas"
    if case .versions(let split) = subject.form, case .replicas = split.form {
      count = min(count, 1_000_000) + min(split.candidate.replicas?.value ?? 1, 1_000_000)
      origin = "\(split.stable.object.name) and \(split.candidate.object.name) together: \(origin)"
    }
    if let autoscaler = subject.autoscaler {
      let least = autoscaler.minimum?.value ?? 1
      let most = autoscaler.maximum?.value ?? .max
      if count < least {
        count = least
        origin = autoscaler.minimum.map { set.origin($0) } ?? origin
      } else if count > most {
        count = most
        origin = autoscaler.maximum.map { set.origin($0) } ?? origin
      }
    }
    let place = workload.replicas?.place ?? workload.object.place
    if count < 1 {
      set.findings.refuse(
        .manifestUnplayable,
        "\(workload.title) has no replica, so that there is nothing to release",
        hint: "write the replicas that it has in service", at: place)
    } else if count > 100_000 {
      set.findings.refuse(
        .manifestUnplayable, "\(count) replicas are more than the 100000 that can be played",
        hint: "write fewer", at: place)
    }
    write("service", "replicas", "\(count)", origin)
  }

  private mutating func requests(_ template: PodTemplate) {
    var (pod, proxy) = template.requests()
    if let range = subject.limitRange {
      // A limit range speaks for every container that says nothing.
      let silent = template.containers.filter { $0.name != proxy?.name }
      for container in silent {
        if container.cpu == nil, let cpu = range.milliCores {
          pod.milliCores = (pod.milliCores ?? 0) + cpu.value
          pod.coreOrigins.append(cpu)
        }
        if container.memory == nil, let memory = range.memoryBytes {
          pod.memoryBytes = (pod.memoryBytes ?? 0) + memory.value
          pod.memoryOrigins.append(memory)
        }
      }
    }
    if let cores = pod.milliCores {
      write("service", "cpu", ComputeResources.text(milliCores: cores), origins(pod.coreOrigins))
    }
    if let bytes = pod.memoryBytes {
      write(
        "service", "memory", ComputeResources.text(memoryBytes: bytes), origins(pod.memoryOrigins))
    }
    if pod.milliCores == nil || pod.memoryBytes == nil {
      notes.append(
        "the containers of \(subject.name) do not request \(pod.milliCores == nil ? pod.memoryBytes == nil ? "processor and memory" : "processor" : "memory"): a cluster packs them as 0, the scenario assumes a value"
      )
    }
    sidecar(template, proxy)
  }

  private mutating func sidecar(_ template: PodTemplate, _ proxy: ContainerManifest?) {
    func value<Value>(_ given: Given<Value>?, _ text: (Value) -> String, _ key: String) {
      guard let given else { return }
      draft.set(["service", "sidecar", key], .value(text(given.value), origin: set.origin(given)))
    }
    tellsOfProxy = proxy != nil || injection(template) != nil
    if let label = template.givenLabels.first(where: { $0.key == "istio-injection" })?.value {
      notes.append(
        "\(set.origin(label)) does nothing: Istio looks for istio-injection at namespaces, and at pods for sidecar.istio.io/inject"
      )
    }
    if let proxy {
      draft.set(
        ["service", "sidecar"],
        .mapping([], origin: "\(set.origin(proxy.place)) container \(proxy.name)"))
      value(proxy.cpu, { ComputeResources.text(milliCores: $0) }, "cpu")
      value(proxy.memory, { ComputeResources.text(memoryBytes: $0) }, "memory")
      return
    }
    guard let injection = injection(template) else { return }
    guard injection.isOn else {
      draft.remove(["service", "sidecar"])
      return
    }
    draft.set(["service", "sidecar"], .mapping([], origin: injection.origin))
    for (annotation, key) in [("proxyCPU", "cpu"), ("proxyMemory", "memory")] {
      let given = template.annotations.first { $0.key == "sidecar.istio.io/\(annotation)" }?.value
      guard let given, let amount = KubernetesQuantity(given.value) else { continue }
      let whole = amount.whole(perUnit: key == "cpu" ? 1000 : 1)
      guard let whole, whole <= (key == "cpu" ? 1_000_000_000 : 1 << 50) else { continue }
      let text =
        key == "cpu"
        ? ComputeResources.text(milliCores: whole) : ComputeResources.text(memoryBytes: whole)
      draft.set(["service", "sidecar", key], .value(text, origin: set.origin(given)))
    }
  }

  /// Whether a mesh puts its proxy into the pods, by label or annotation of the pod, then of the namespace.
  private func injection(_ template: PodTemplate) -> (isOn: Bool, origin: String)? {
    for key in ["sidecar.istio.io/inject", "linkerd.io/inject"] {
      let given =
        template.givenLabels.first { $0.key == key }?.value
        ?? template.annotations.first { $0.key == key }?.value
      guard let given else { continue }
      return (["true", "enabled"].contains(given.value), set.origin(given))
    }
    return subject.injection.map { (true, "\(set.origin($0)) of the namespace") }
  }

  private mutating func stopping(_ template: PodTemplate) {
    if let grace = template.terminationGrace {
      write("service", "terminationGrace", "\(grace.value)s", set.origin(grace))
    }
    let sleeps = template.containers.compactMap { $0.preStop }
    guard let sleep = sleeps.max(by: { $0.value < $1.value }) else { return }
    write("service", "preStop", "\(sleep.value)s", set.origin(sleep))
  }

  private mutating func readiness(_ template: PodTemplate) {
    guard let container = template.containers.first(where: { $0.readiness != nil && !$0.isProxy }),
      let probe = container.readiness
    else {
      draft.set(
        ["service", "readiness"],
        .mapping([
          DraftEntry(
            "period", "0s",
            origin:
              "no readinessProbe in \(set.origin(template.place)): ready as soon as it can answer")
        ]))
      return
    }
    let source = "default: Kubernetes, SetDefaults_Probe"
    func seconds(_ given: Given<Int>?, _ standard: Int) -> (Int, String) {
      // A zero is what the API takes for nothing written.
      guard let given, given.value > 0 else { return (standard, source) }
      return (given.value, set.origin(given))
    }
    let delay = seconds(probe.initialDelay, 0)
    let period = seconds(probe.period, 10)
    let successes = seconds(probe.successThreshold, 1)
    draft.set(
      ["service", "readiness"],
      .mapping([
        DraftEntry("initialDelay", "\(delay.0)s", origin: delay.1),
        DraftEntry("period", "\(period.0)s", origin: period.1),
        DraftEntry("successThreshold", "\(min(successes.0, 100))", origin: successes.1),
      ]))
  }

  private mutating func quota() {
    func least(_ values: [Given<Int64>?]) -> Given<Int64>? {
      values.compactMap { $0 }.min { $0.value < $1.value }
    }
    let quotas = subject.quotas.filter { $0.isForAll }
    if let pods = least(quotas.map { $0.pods }) {
      draft.set(
        ["cluster", "quota", "replicas"],
        .value("\(min(max(pods.value, 1), 1_000_000))", origin: set.origin(pods)))
    }
    if let cores = least(quotas.map { $0.milliCores }) {
      draft.set(
        ["cluster", "quota", "cpu"],
        .value(ComputeResources.text(milliCores: cores.value), origin: set.origin(cores)))
    }
    if let bytes = least(quotas.map { $0.memoryBytes }) {
      draft.set(
        ["cluster", "quota", "memory"],
        .value(ComputeResources.text(memoryBytes: bytes.value), origin: set.origin(bytes)))
    }
  }

  /// Several places as one origin.
  private func origins(_ given: [Given<Int64>]) -> String {
    given.map { set.origin($0) }.joined(separator: " + ")
  }
}
