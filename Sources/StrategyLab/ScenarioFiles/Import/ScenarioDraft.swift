/// A piece of a scenario file that is being written, with where each value comes from.
///
///     let steps = DraftNode.list([.mapping([.init("weight", "10%", origin: "rollout.yaml:12 spec.strategy.canary.steps[0].setWeight")])])
struct DraftNode {
  /// What can stand somewhere.
  enum Content {
    /// A value as scenario files write it.
    case value(String)
    /// A list.
    case list([DraftNode])
    /// Keys in order.
    case mapping([DraftEntry])
  }

  /// What stands there.
  var content: Content
  /// Where the value comes from, for the comment behind it; empty if there is nothing to say.
  var origin: String

  /// A value as scenario files write it.
  static func value(_ text: String, origin: String = "") -> DraftNode {
    DraftNode(content: .value(text), origin: origin)
  }

  /// A list.
  static func list(_ items: [DraftNode], origin: String = "") -> DraftNode {
    DraftNode(content: .list(items), origin: origin)
  }

  /// Keys in order.
  static func mapping(_ entries: [DraftEntry], origin: String = "") -> DraftNode {
    DraftNode(content: .mapping(entries), origin: origin)
  }
}

/// A key of a scenario file that is being written.
struct DraftEntry {
  /// The key.
  var key: String
  /// What stands behind it.
  var node: DraftNode

  /// A key with what stands behind it.
  init(_ key: String, _ node: DraftNode) {
    self.key = key
    self.node = node
  }

  /// A key with a value and where the value comes from.
  init(_ key: String, _ value: String, origin: String = "") {
    self.init(key, .value(value, origin: origin))
  }
}
