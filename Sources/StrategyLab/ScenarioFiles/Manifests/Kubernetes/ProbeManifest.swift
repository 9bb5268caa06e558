/// How a container is probed; what is not written has the platform's default.
///
/// Source: Kubernetes, pkg/apis/core/v1/defaults.go, `SetDefaults_Probe`.
struct ProbeManifest {
  /// Seconds before the first probe; 0 if nothing is written.
  let initialDelay: Given<Int>?
  /// Seconds between probes; 10 if nothing is written.
  let period: Given<Int>?
  /// Successes in a row that count; 1 if nothing is written.
  let successThreshold: Given<Int>?
  /// Where it stands.
  let place: ManifestPlace
  /// Its path below the object.
  let path: String

  /// A probe; what a played one leaves out is listed, and of another the probe as a whole is.
  init(_ fields: ManifestFields, isPlayed: Bool) {
    var fields = fields
    place = fields.place
    path = fields.path
    initialDelay = fields.integer("initialDelaySeconds")
    period = fields.integer("periodSeconds")
    successThreshold = fields.integer("successThreshold", 1...Int(Int32.max))
    let others = ["timeoutSeconds", "failureThreshold"]
    if isPlayed {
      fields.leaveOut(others, "a replica of the model that is ready stays so")
    } else {
      fields.pass(others)
    }
    fields.pass(["terminationGracePeriodSeconds"])
    let handlers = ["exec", "httpGet", "tcpSocket", "grpc"]
    let written = handlers.filter { fields.has($0) }
    if written.count != 1 {
      fields.findings.refuse(
        written.isEmpty
          ? "the probe has no handler"
          : "the probe has several handlers: \(written.joined(separator: ", "))",
        hint: "write exactly one of \(handlers.joined(separator: ", "))", at: fields.place)
    }
    fields.pass(handlers)
    fields.close()
  }
}
