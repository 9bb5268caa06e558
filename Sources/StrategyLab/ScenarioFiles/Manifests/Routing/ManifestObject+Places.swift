extension ManifestObject {
  /// A value with the place of what it was read from.
  ///
  /// The readers of routing make values that know no files; where one of them stands is looked up by its
  /// path, `spec.http[0].route[1].weight`. What is not written stands where the nearest thing around it does.
  func given<Value>(_ value: Value, at path: String) -> Given<Value> {
    var node = node
    for step in path.split(whereSeparator: { ".[]".contains($0) }) {
      guard let next = ManifestObject.value(step, of: node) else { break }
      node = next
    }
    return Given(
      value: value, place: ManifestPlace(file: place.file, mark: node.mark), path: path)
  }

  /// Whether anything is written at a path.
  func hasValue(at path: String) -> Bool {
    var node = node
    for step in path.split(whereSeparator: { ".[]".contains($0) }) {
      guard let next = ManifestObject.value(step, of: node) else { return false }
      node = next
    }
    return !node.isNull
  }

  private static func value(_ step: Substring, of node: YAMLNode) -> YAMLNode? {
    switch node.content {
    case .mapping(let entries, _): return entries.first { $0.key == step }?.value
    case .sequence(let items):
      guard let index = Int(step), items.indices.contains(index) else { return nil }
      return items[index]
    case .scalar: return nil
    }
  }

  /// The object's keys, read without a word to the findings: somebody else reports on them.
  var silentFields: ManifestFields {
    guard case .mapping(let entries, _) = node.content else { return fields }
    return ManifestFields(
      entries, object: title, path: "", place: place, findings: ManifestFindings())
  }
}
