import LabStrategies

/// Pieces of manifests that are given as text and belong to no file.
enum RoutingText {
  /// The keys of a mapping in a text, and where everything about it is reported to.
  static func fields(_ text: String, object: String) -> (ManifestFields?, ManifestFindings) {
    let findings = ManifestFindings()
    let (root, faults) = YAMLReader.read(Array(text.utf8))
    for fault in faults {
      findings.report(fault.fault, at: ManifestPlace(file: 0, mark: fault.mark))
    }
    guard let root else { return (nil, findings) }
    let place = ManifestPlace(file: 0, mark: root.mark)
    guard case .mapping(let entries, _) = root.content else {
      findings.report(
        .wrongShape(object, found: root.shape, expected: "a mapping of keys"), at: place)
      return (nil, findings)
    }
    let fields = ManifestFields(
      entries, object: object, path: "", place: place, findings: findings)
    return (fields, findings)
  }

  /// The VirtualService of the text of a `spec`, with all that is found.
  static func virtualService(_ text: String, namespace: String = "default") -> (
    service: VirtualService?, remarks: [RoutingRemark], findings: ManifestFindings
  ) {
    let (fields, findings) = fields(text, object: "VirtualService")
    guard let fields else { return (nil, [], findings) }
    let (service, remarks) = VirtualServiceReader.read(fields, name: "", namespace: namespace)
    return (service, remarks, findings)
  }

  /// The rule of the text of an item of `http`, with all that is found.
  static func rule(_ text: String, isDelegate: Bool) -> (rule: HTTPRule?, ManifestFindings) {
    let (fields, findings) = fields(text, object: "VirtualService")
    var reader = VirtualServiceReader(isDelegate: isDelegate)
    return (fields.map { reader.rule($0) }, findings)
  }

  /// The destinations of the text of a mapping with a key `route`, with all that is found.
  static func destinations(_ text: String) -> ([WeightedDestination], ManifestFindings) {
    let (fields, findings) = fields(text, object: "VirtualService")
    guard var fields else { return ([], findings) }
    var reader = VirtualServiceReader()
    return (reader.destinations(&fields, "route"), findings)
  }
}
