import FoundationEssentials
import LabStrategies
import LabUnits

/// What `next` prints: the orders of a controller's next pass, the reason, and when it looks again.
struct NextDecision {
  /// The strategy's name in the scenario.
  var strategy: String
  /// The state that the controller was asked about.
  var state: ControllerState
  /// What it answered.
  var decision: ControllerDecision

  /// The decision for a person: a line for each order, then the reason, then the time.
  var text: String {
    let orders = decision.orders.map { $0.words(in: state) }
    let lines = orders.isEmpty ? ["nothing is ordered now"] : orders
    let looks =
      decision.looksAgainAfter.map { $0 <= .zero ? "at once" : "after \($0.text) at the latest" }
      ?? "when something changes"
    return (lines + ["reason: \(decision.reason)", "looks again: \(looks)"])
      .joined(separator: "\n")
  }

  /// The decision as one object, keys in alphabetical order.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Document(self)), as: UTF8.self)
  }

  /// The form of the object.
  private struct Document: Encodable {
    let schemaVersion = 1
    let strategy: String
    let orders: [Order]
    let reason: String
    let looksAgainAfterSeconds: Double?

    init(_ next: NextDecision) {
      strategy = next.strategy
      orders = next.decision.orders.map { Order($0, in: next.state) }
      reason = next.decision.reason
      looksAgainAfterSeconds = next.decision.looksAgainAfter?.seconds
    }

    private enum CodingKeys: String, CodingKey {
      case schemaVersion, strategy, orders, reason, looksAgainAfterSeconds
    }

    /// Writes every key, so that a time that is not known is `null`.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(schemaVersion, forKey: .schemaVersion)
      try container.encode(strategy, forKey: .strategy)
      try container.encode(orders, forKey: .orders)
      try container.encode(reason, forKey: .reason)
      try container.encode(looksAgainAfterSeconds, forKey: .looksAgainAfterSeconds)
    }
  }

  /// One order.
  private struct Order: Encodable {
    let order: String
    let words: String
    var version: String?
    var from: Int?
    var to: Int?
    var weightPercent: Double?

    init(_ order: ReleaseOrder, in state: ControllerState) {
      self.order = order.name
      words = order.words(in: state)
      switch order {
      case .scale(let version, let size):
        self.version = version.name
        from = state.counts(of: version).desired
        to = size
      case .route(let route):
        switch route.rule {
        case .weighted(let weight), .cohort(let weight, others: _):
          weightPercent = Double(weight.share.millionths) / 10_000
        case .replicaShare: break
        }
      default: break
      }
    }
  }
}
