extension DraftNode {
  /// A value of a YAML file as a draft, with what is to be said of each value's place; nil to say nothing.
  init(_ node: YAMLNode, origin: ((SourceMark) -> String)?) {
    switch node.content {
    case .scalar(let text, _): self = .value(text, origin: origin?(node.mark) ?? "")
    case .sequence(let items):
      self = .list(
        items.map { item in
          var draft = DraftNode(item, origin: nil)
          draft.origin = origin?(item.mark) ?? ""
          return draft
        })
    case .mapping(let entries, _):
      self = .mapping(
        entries.filter { !$0.value.isNull }.map {
          DraftEntry($0.key, DraftNode($0.value, origin: origin))
        }, origin: entries.isEmpty ? origin?(node.mark) ?? "" : "")
    }
  }

  /// What stands behind a path of keys; nil if nothing does.
  subscript(path: [String]) -> DraftNode? {
    guard let key = path.first else { return self }
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.node[Array(path.dropFirst())]
  }

  /// Puts something behind a path of keys, in the place of what stands there.
  mutating func set(_ path: [String], _ node: DraftNode) {
    guard let key = path.first else {
      self = node
      return
    }
    var entries: [DraftEntry] = []
    if case .mapping(let present) = content { entries = present }
    let rest = Array(path.dropFirst())
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].node.set(rest, node)
    } else {
      var inner = DraftNode.mapping([])
      inner.set(rest, node)
      entries.append(DraftEntry(key, inner))
    }
    content = .mapping(entries)
  }

  /// Takes a key away.
  mutating func remove(_ path: [String]) {
    guard let key = path.first, case .mapping(var entries) = content else { return }
    if path.count == 1 {
      entries.removeAll { $0.key == key }
    } else if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].node.remove(Array(path.dropFirst()))
    }
    content = .mapping(entries)
  }
}
