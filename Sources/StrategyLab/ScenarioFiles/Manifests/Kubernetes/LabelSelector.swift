/// Which objects are meant, by their labels.
///
/// Source: k8s.io/apimachinery, pkg/apis/meta/v1, `LabelSelectorAsSelector`.
struct LabelSelector {
  /// A rule about one label.
  struct Requirement {
    /// The label.
    let key: String
    /// What is asked of it.
    let rule: Rule
  }

  /// What can be asked of a label.
  enum Rule {
    /// It has one of these values.
    case isOne(of: [String])
    /// It has none of these values, or is absent.
    case isNone(of: [String])
    /// It is there.
    case exists
    /// It is absent.
    case isAbsent
  }

  /// The rules, all of which must hold; none means every object.
  var requirements: [Requirement]
  /// Where the selector stands.
  let place: ManifestPlace

  /// A selector from a mapping of labels to values.
  init(_ labels: [(key: String, value: Given<String>)], place: ManifestPlace) {
    requirements = labels.map { Requirement(key: $0.key, rule: .isOne(of: [$0.value.value])) }
    self.place = place
  }

  /// Whether labels satisfy every rule.
  func selects(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { requirement in
      let value = labels[requirement.key]
      switch requirement.rule {
      case .isOne(let values): return value.map(values.contains) ?? false
      case .isNone(let values): return value.map { !values.contains($0) } ?? true
      case .exists: return value != nil
      case .isAbsent: return value == nil
      }
    }
  }
}

extension ManifestFields {
  /// The selector behind a key, with `matchLabels` and `matchExpressions`.
  mutating func labelSelector(_ key: String) -> LabelSelector? {
    guard var section = section(key) else { return nil }
    var selector = LabelSelector(section.labels("matchLabels"), place: section.place)
    for var expression in section.sections("matchExpressions") {
      let label = expression.text("key")?.value ?? ""
      let values = expression.texts("values").map { $0.value }
      switch expression.choice("operator", ["In", "NotIn", "Exists", "DoesNotExist"])?.value {
      case "In": selector.requirements.append(.init(key: label, rule: .isOne(of: values)))
      case "NotIn": selector.requirements.append(.init(key: label, rule: .isNone(of: values)))
      case "Exists": selector.requirements.append(.init(key: label, rule: .exists))
      case "DoesNotExist": selector.requirements.append(.init(key: label, rule: .isAbsent))
      default: break
      }
      expression.close()
    }
    section.close()
    return selector
  }
}
