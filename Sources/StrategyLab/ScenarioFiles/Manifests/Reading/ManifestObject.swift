/// One object of a cluster as a manifest describes it, before its kind is looked at.
struct ManifestObject {
  /// `apps/v1`, `v1`.
  let apiVersion: String
  /// `Deployment`.
  let kind: String
  /// The namespace; `default` if the manifest names none.
  let namespace: String
  /// The name.
  let name: String
  /// The object's own labels.
  let labels: [(key: String, value: Given<String>)]
  /// The annotations.
  let annotations: [(key: String, value: Given<String>)]
  /// All keys of the object; `apiVersion`, `kind` and `metadata` are read already.
  let fields: ManifestFields
  /// Where it begins.
  let place: ManifestPlace
  /// The value as it stands in the file.
  let node: YAMLNode

  /// `apps` of `apps/v1`; empty for the core group.
  var group: String {
    apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
  }

  /// `v1` of `apps/v1`.
  var version: String {
    apiVersion.firstIndex(of: "/").map { String(apiVersion[apiVersion.index(after: $0)...]) }
      ?? apiVersion
  }

  /// What messages call it: `Deployment web`, `Deployment shop/web`.
  var title: String { fields.object }

  /// What messages call an object of a kind, a namespace and a name.
  static func title(_ kind: String, _ namespace: String, _ name: String) -> String {
    namespace == "default" ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)"
  }

  /// An annotation's value.
  func annotation(_ key: String) -> Given<String>? {
    annotations.first { $0.key == key }?.value
  }

  /// A label's value.
  func label(_ key: String) -> Given<String>? {
    labels.first { $0.key == key }?.value
  }
}
