import LabStrategies
import LabUnits

// Values as the definition of a Canary writes them.

/// A reference to another object.
struct FlaggerReference {
  /// The kind of the object; empty if it is not said.
  let kind: String
  /// Its name.
  let name: Given<String>
  /// Its namespace; nil if it is not said.
  let namespace: String?
}

extension ManifestFields {
  /// A length of time; the cluster wants a whole number and `m` or `s` at its beginning.
  mutating func flaggerSpan(_ key: String) -> Given<Span>? {
    guard let text = text(key) else { return nil }
    let digits = text.value.prefix { ("0"..."9").contains($0) }
    let unit = text.value.dropFirst(digits.count).first
    guard !digits.isEmpty, unit == "m" || unit == "s" else {
      findings.refuse(
        .manifestRefused,
        "\(key) '\(text.value)' does not begin with a whole number of minutes or seconds",
        hint: "write 1m or 30s", at: text.place)
      return nil
    }
    guard let span = GoDuration.span(text.value) else {
      findings.refuse(
        .manifestRefused,
        "\(key) '\(text.value)' is no length of time", hint: "write 1m or 30s", at: text.place)
      return nil
    }
    return text.map { _ in span }
  }

  /// A reference with its kind.
  mutating func flaggerReference(_ key: String, kinds: [String]) -> FlaggerReference? {
    guard var section = section(key) else { return nil }
    section.pass(["apiVersion", "primaryScalerQueries", "primaryScalerReplicas"])
    let kind = kinds.isEmpty ? nil : section.choice("kind", kinds)
    let name = section.text("name")
    let namespace = section.text("namespace")
    if name == nil {
      findings.report(
        .missingKey("name", owner: "\(object) \(section.path)", example: "name: web"),
        at: section.place)
    }
    section.close()
    guard let name else { return nil }
    return FlaggerReference(kind: kind?.value ?? "", name: name, namespace: namespace?.value)
  }

  /// A percentage of replicas or of traffic, 0 to 100.
  mutating func flaggerPercent(_ key: String) -> Given<Int>? { integer(key, 0...100) }
}
