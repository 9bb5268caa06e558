import LabUnits

/// What the webhooks of a Canary do for a release: gates that people open, and load on the canary.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `CanaryWebhook`.
struct FlaggerWebhooks {
  /// The gate before the canary is scaled up, if people open it.
  private(set) var confirmRollout: Given<String>?
  /// The gate before the promotion, if people open it.
  private(set) var confirmPromotion: Given<String>?
  /// Requests per second of the load test; nil if there is none or its command does not say.
  private(set) var load: Given<Double>?

  private static let types = [
    "", "confirm-rollout", "pre-rollout", "rollout", "confirm-promotion", "post-rollout", "event",
    "rollback", "confirm-traffic-increase",
  ]

  /// Reads the list.
  ///
  /// - Parameters:
  ///   - list: The items.
  ///   - playsLoad: Whether the load test reaches the canary alone.
  init(_ list: [ManifestFields], playsLoad: Bool) {
    for item in list { read(item, playsLoad: playsLoad) }
  }

  private mutating func read(_ fields: ManifestFields, playsLoad: Bool) {
    var fields = fields
    let type = fields.choice("type", Self.types)?.value ?? "rollout"
    let name = fields.text("name")
    let url = fields.text("url")
    let command = fields.labels("metadata").first { $0.key == "cmd" }?.value
    fields.pass(["timeout", "retries", "muteAlert", "disableTLS"])
    fields.close()
    for (key, value) in [("name", name), ("url", url)] where value == nil {
      fields.findings.report(
        .missingKey(key, owner: "a webhook", example: "\(key): ..."), at: fields.place)
    }
    guard let url else { return }
    // The load tester's own gates: one always says yes, the others wait for a person.
    let isOpen = url.value.hasSuffix("/gate/approve")
    let reason: String
    switch type {
    case "confirm-rollout" where !isOpen:
      confirmRollout = url
      return
    case "confirm-promotion" where !isOpen:
      confirmPromotion = url
      return
    case "", "rollout":
      if let rate = command.flatMap({ Self.rate($0) }), playsLoad {
        load = rate
        return
      }
      reason = "taken to pass; its load is not modelled"
    case "event", "post-rollout": reason = "plays no part in the release"
    case "rollback": reason = "nobody opens it but the monitors of the scenario"
    default: reason = "taken to pass"
    }
    fields.findings.leaveOut(
      LeftOutField(object: fields.object, path: fields.path, reason: reason, place: fields.place))
  }

  /// The requests per second of a command for `hey`: its rate a worker times its workers.
  private static func rate(_ command: Given<String>) -> Given<Double>? {
    let words = command.value.split(separator: " ").map(String.init)
    guard words.first?.hasSuffix("hey") == true else { return nil }
    func number(_ flag: String) -> Double? {
      guard let index = words.firstIndex(of: flag), index + 1 < words.count else { return nil }
      return Double(words[index + 1])
    }
    // Where -c is absent, hey starts 50 workers.
    guard let each = number("-q"), each > 0, each <= 1e6 else { return nil }
    let workers = number("-c") ?? 50
    guard workers > 0, workers <= 1e5 else { return nil }
    return command.map { _ in each * workers }
  }
}
