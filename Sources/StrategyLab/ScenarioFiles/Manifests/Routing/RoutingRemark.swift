/// Something that a cluster accepts with a warning.
struct RoutingRemark: Hashable, Sendable {
  /// What is remarkable: lower-case start, no full stop.
  let message: String
  /// Where it stands.
  let place: ManifestPlace
}

/// Words about places that the readers of routing share.
extension ManifestFields {
  /// Reports what a rule of the cluster has against a value.
  func refuse(_ key: String, _ message: String, hint: String = "") {
    findings.refuse(.manifestRefused, message, hint: hint, at: hasKey(key) ? place(of: key) : place)
  }

  /// The mappings of a list, with nil where the list has a null.
  mutating func optionalSections(_ key: String) -> [ManifestFields?] {
    items(key).enumerated().map { index, node in
      node.isNull
        ? nil : fields(node, path: "\(path(of: key))[\(index)]", label: "\(key)[\(index)]")
    }
  }
}
