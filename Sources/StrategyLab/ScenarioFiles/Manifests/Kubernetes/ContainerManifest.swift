/// One container of a pod: what it requests, how it is probed, how it stops.
struct ContainerManifest {
  /// The name.
  let name: String
  /// The image; empty if none is written.
  let image: String
  /// Thousandths of a core that it requests; its limit if it requests none.
  let cpu: Given<Int64>?
  /// Bytes of memory that it requests; its limit if it requests none.
  let memory: Given<Int64>?
  /// The readiness probe.
  let readiness: ProbeManifest?
  /// Whether the container has a startup probe, and where.
  let startup: ProbeManifest?
  /// How long a deleted pod sleeps before it is told to stop.
  let preStop: Given<Int>?
  /// Whether it is an init container that goes on running beside the others.
  let runsAlways: Bool
  /// Where it stands.
  let place: ManifestPlace

  /// A container of a list.
  init(_ fields: ManifestFields, isInit: Bool) {
    var fields = fields
    let givenName = fields.text("name")
    name = givenName?.value ?? ""
    if name.isEmpty {
      fields.findings.report(
        .missingKey("name", owner: fields.path, example: "name: web"), at: fields.place)
    }
    image = fields.text("image")?.value ?? ""
    (cpu, memory) = ContainerManifest.resources(&fields)
    readiness = fields.section("readinessProbe").map { ProbeManifest($0, isPlayed: true) }
    startup = fields.section("startupProbe").map { ProbeManifest($0, isPlayed: false) }
    fields.leaveOut(
      ["startupProbe"],
      "the start-up time of the model already ends when the replica can answer")
    if let probe = fields.section("livenessProbe") {
      _ = ProbeManifest(probe, isPlayed: false)
      fields.leaveOut(["livenessProbe"], "nothing is restarted for failing probes in the model")
    }
    preStop = ContainerManifest.preStop(&fields)
    runsAlways = isInit && fields.choice("restartPolicy", ["Always"])?.value == "Always"
    fields.leaveOut(["resizePolicy", "restartPolicyRules"])
    fields.pass([
      "command", "args", "workingDir", "ports", "env", "envFrom", "imagePullPolicy",
      "volumeMounts", "volumeDevices", "securityContext", "stdin", "stdinOnce", "tty",
      "terminationMessagePath", "terminationMessagePolicy",
    ])
    place = givenName?.place ?? fields.place
    fields.close()
  }

  /// Whether the name or the image is that of a mesh's proxy.
  var isProxy: Bool {
    // A proxy to a database adds to the requests and stands in nobody's way in.
    if name.contains("sql") { return false }
    let names = ["istio-proxy", "linkerd-proxy", "envoy", "envoy-proxy", "consul-dataplane"]
    if names.contains(name) { return true }
    let repository = image.split(separator: "/").last.map(String.init) ?? image
    let plain = repository.prefix { $0 != ":" && $0 != "@" }
    return ["proxyv2", "envoy", "envoyproxy", "aws-appmesh-envoy", "proxy"].contains(String(plain))
      || name.hasSuffix("-proxy") || name == "proxy" || name == "sidecar"
  }

  private static func resources(_ fields: inout ManifestFields) -> (
    cpu: Given<Int64>?, memory: Given<Int64>?
  ) {
    guard var resources = fields.section("resources") else { return (nil, nil) }
    var cpu: Given<Int64>?
    var memory: Given<Int64>?
    func amounts(_ key: String) -> (Given<Int64>?, Given<Int64>?) {
      guard var section = resources.section(key) else { return (nil, nil) }
      let found = (section.milliCores("cpu"), section.bytes("memory"))
      section.leaveOut(["ephemeral-storage"])
      section.leaveOut(
        section.keys.filter { $0.contains("/") || $0.hasPrefix("hugepages-") },
        "the model packs by processor and memory")
      section.close()
      return found
    }
    let requests = amounts("requests")
    let limits = amounts("limits")
    func check(_ request: Given<Int64>?, _ limit: Given<Int64>?, _ what: String) {
      guard let request, let limit, request.value > limit.value else { return }
      resources.findings.refuse(
        "the request of \(what) is above its limit", hint: "request at most the limit",
        at: request.place)
    }
    check(requests.0, limits.0, "cpu")
    check(requests.1, limits.1, "memory")
    cpu = requests.0 ?? limits.0
    memory = requests.1 ?? limits.1
    resources.leaveOut(["claims"])
    resources.close()
    return (cpu, memory)
  }
}
