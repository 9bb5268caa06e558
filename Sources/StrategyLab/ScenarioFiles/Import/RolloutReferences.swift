import LabStrategies

/// What a Rollout names beside its pods: Services, VirtualServices, DestinationRules, Ingresses, HTTPRoutes.
///
/// What is not among the manifests is said in a note, since people keep such objects in other files; what
/// is there has to fit, as Argo Rollouts asks of it.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/validation/validation_references.go.
struct RolloutReferences {
  /// The Rollout.
  let workload: WorkloadManifest
  /// The manifests.
  let cluster: ManifestCluster

  private var namespace: String { workload.object.namespace }
  private var findings: ManifestFindings { cluster.set.findings }

  /// Looks up what a canary names.
  func check(_ manifest: ArgoCanaryManifest, _ draft: inout StrategyDraft) {
    var missing: [String] = []
    let services = [
      manifest.canaryService, manifest.stableService, manifest.pingPong?.ping,
      manifest.pingPong?.pong,
    ]
    for service in services.compactMap({ $0 }) { check(service: service, &missing, &draft) }
    guard let routing = manifest.routing else {
      note(missing, &draft)
      return
    }
    for service in routing.virtualServices {
      guard let object = find("VirtualService", service.name, &missing, &draft) else { continue }
      check(object, routes: service.routes, named: service.name, manifest)
    }
    if let rule = routing.destinationRule {
      if let object = find("DestinationRule", rule.name, &missing, &draft) {
        check(object, subsets: [rule.canarySubset, rule.stableSubset].compactMap { $0 })
      }
    }
    for ingress in routing.ingresses {
      guard let object = find("Ingress", ingress, &missing, &draft) else { continue }
      check(object, backend: manifest.stableService, named: ingress, routing)
    }
    for route in routing.httpRoutes { _ = find("HTTPRoute", route, &missing, &draft) }
    note(missing, &draft)
  }

  /// Looks up what a blue-green section names.
  func check(_ manifest: ArgoBlueGreenManifest, _ draft: inout StrategyDraft) {
    var missing: [String] = []
    for service in [manifest.activeService, manifest.previewService].compactMap({ $0 }) {
      check(service: service, &missing, &draft)
    }
    note(missing, &draft)
  }

  private func note(_ missing: [String], _ draft: inout StrategyDraft) {
    guard !missing.isEmpty else { return }
    let shown = missing.prefix(8).joined(separator: ", ")
    draft.notes.append(
      "not among the manifests, and taken to be as the Rollout needs \(missing.count == 1 ? "it" : "them"): \(shown)\(missing.count > 8 ? " and \(missing.count - 8) more" : "")"
    )
  }

  private func find(
    _ kind: String, _ name: Given<String>, _ missing: inout [String], _ draft: inout StrategyDraft
  ) -> ManifestObject? {
    // A VirtualService of another namespace is written as `name.namespace`.
    let parts = name.value.split(separator: ".", maxSplits: 1).map(String.init)
    let object = cluster.routing.first {
      $0.kind == kind
        && ($0.name == name.value && $0.namespace == namespace
          || parts.count == 2 && $0.name == parts[0] && $0.namespace == parts[1])
    }
    guard let object else {
      missing.append("\(kind) \(name.value)")
      return nil
    }
    draft.members.insert(object.title)
    return object
  }

  /// A Service that asks for labels which the pods do not have sends nothing to them.
  private func check(
    service name: Given<String>, _ missing: inout [String], _ draft: inout StrategyDraft
  ) {
    guard let service = cluster.service(name.value, in: namespace) else {
      missing.append("Service \(name.value)")
      return
    }
    draft.members.insert(service.object.title)
    guard service.selector != nil, workload.template != nil, !service.selects(workload) else {
      return
    }
    findings.refuse(
      "the Service '\(name.value)' asks for labels that the pods of \(workload.title) do not have",
      hint: "write the labels of spec.template under the Service's selector", at: name.place)
  }

  /// The routes that get weights must be there, and must lead to both versions.
  private func check(
    _ object: ManifestObject, routes: [Given<String>], named name: Given<String>,
    _ manifest: ArgoCanaryManifest
  ) {
    var fields = object.fields.silent
    var spec = fields.section("spec")
    let rules = (spec?.sections("http") ?? []).map { rule in
      var rule = rule
      return (name: rule.text("name")?.value ?? "", rule: rule)
    }
    let indexes: [Int]
    do throws(ArgoVirtualService.Fault) {
      indexes = try ArgoVirtualService.indexes(
        of: routes.map { $0.value }, among: rules.map { $0.name })
    } catch {
      switch error {
      case .noRoute(let route):
        let names = rules.map { $0.name }.filter { !$0.isEmpty }.prefix(8)
        findings.refuse(
          "\(object.title) has no HTTP route '\(route)'",
          hint: names.isEmpty
            ? "give the route of the VirtualService that name"
            : "write one of its routes: \(names.joined(separator: ", "))",
          at: routes.first { $0.value == route }?.place ?? name.place)
      case .ambiguousRoute(let count):
        findings.refuse(
          "\(object.title) has \(count) HTTP routes, and the Rollout does not say which get weights",
          hint: "write routes: with the names of those routes", at: name.place)
      case .noDestination(let side):
        findings.refuse(
          "\(object.title) has a route that does not lead to '\(side)'",
          hint: "add it as a destination of that route", at: name.place)
      }
      return
    }
    for index in indexes { check(rules[index].rule, of: object, named: name, manifest) }
  }

  private func check(
    _ rule: ManifestFields, of object: ManifestObject, named name: Given<String>,
    _ manifest: ArgoCanaryManifest
  ) {
    var rule = rule
    var targets: [(host: String, subset: String)] = []
    for var route in rule.sections("route") {
      guard var destination = route.section("destination") else { continue }
      targets.append(
        (destination.text("host")?.value ?? "", destination.text("subset")?.value ?? ""))
    }
    let subsets = manifest.routing?.destinationRule
    let sides = [
      ("candidate", manifest.canaryService ?? manifest.pingPong?.ping, subsets?.canarySubset),
      ("stable version", manifest.stableService ?? manifest.pingPong?.pong, subsets?.stableSubset),
    ]
    for (word, service, subset) in sides {
      let isThere = targets.contains { target in
        if let subset, !target.subset.isEmpty { return target.subset == subset.value }
        return service.map { HostName.isShort($0.value, of: target.host) } ?? false
      }
      guard !isThere, service != nil || subset != nil else { continue }
      let what =
        subset.map { "subset '\($0.value)'" } ?? service.map { "Service '\($0.value)'" } ?? ""
      findings.refuse(
        "the route of \(object.title) does not lead to the \(what) of the \(word)",
        hint: "write a destination for it, also if its weight is 0", at: name.place)
    }
  }

  private func check(_ object: ManifestObject, subsets: [Given<String>]) {
    var fields = object.fields.silent
    var spec = fields.section("spec")
    let names = (spec?.sections("subsets") ?? []).compactMap { subset in
      var subset = subset
      return subset.text("name")?.value
    }
    for subset in subsets where !names.contains(subset.value) {
      findings.refuse(
        "\(object.title) has no subset '\(subset.value)'",
        hint: "write a subset of that name, or the name of one that is there", at: subset.place)
    }
  }

  /// The Ingress that a canary Ingress is made beside must lead to the stable version.
  private func check(
    _ object: ManifestObject, backend: Given<String>?, named name: Given<String>,
    _ routing: ArgoTrafficRouting
  ) {
    // A load balancer's Ingress may lead to a root Service or an action instead.
    guard let backend, routing.providers == ["nginx"] else { return }
    var fields = object.fields.silent
    var spec = fields.section("spec")
    var names: [String] = []
    func add(_ section: ManifestFields?) {
      var section = section
      var service = section?.section("service")
      if let name = service?.text("name") { names.append(name.value) }
    }
    add(spec?.section("defaultBackend"))
    for var rule in spec?.sections("rules") ?? [] {
      var http = rule.section("http")
      for var path in http?.sections("paths") ?? [] { add(path.section("backend")) }
    }
    guard !names.contains(backend.value) else { return }
    findings.refuse(
      "\(object.title) has no rule that leads to the stableService '\(backend.value)'",
      hint: "write the Service '\(backend.value)' as a backend of the Ingress", at: name.place)
  }
}
