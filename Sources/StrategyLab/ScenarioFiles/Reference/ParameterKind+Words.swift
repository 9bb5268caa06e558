import LabUnits

extension ParameterKind {
  /// Whether a single text stands behind the key.
  var isLeaf: Bool {
    switch self {
    case .section, .list, .variant: false
    default: true
    }
  }

  /// Whether keys of its own stand behind the key.
  var isSection: Bool {
    if case .section = self { true } else { false }
  }

  /// What may stand there, with its article: `a length of time`.
  var words: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .flag: "true or false"
    case .text: "a text"
    case .file: "the path of a file"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .section: "a mapping of keys"
    case .list: "a list"
    case .variant(let family):
      family.shorthand == nil
        ? "a kind of \(family.name), or a mapping with `\(family.discriminator)`"
        : "a mapping with `\(family.discriminator)`, or \(shorthandWords(family))"
    default: quantity?.noun ?? "a value"
    }
  }

  /// How the value is written, by an example.
  var example: String {
    switch self {
    case .integer(let range): "\(max(range.lowerBound, min(3, range.upperBound)))"
    case .number(let range): NumberText.text(max(range.lowerBound, min(1, range.upperBound)))
    case .flag: "true"
    case .text: "some words"
    case .file: "trace.csv"
    case .choice(let words): words.first ?? ""
    case .span: "90s"
    case .share: "25%"
    case .replicas: "25%"
    case .milliCores: "500m"
    case .bytes: "512Mi"
    case .rate: "1200/s"
    case .dollars: "$0.25"
    case .dollarsPerHour: "$0.0316/h"
    case .section: "{...}"
    case .list: "[...]"
    case .variant(let family):
      family.shorthandKind?.example ?? family.forms.first.map {
        "{\(family.discriminator): \($0.name)}"
      }
        ?? "{...}"
    }
  }

  /// The range in words, `1 to 100`; empty if there is none worth a word.
  var range: String {
    switch self {
    case .integer(let range):
      range.upperBound == .max
        ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      "\(NumberText.text(range.lowerBound)) to \(NumberText.text(range.upperBound))"
    case .span(let range):
      range.lowerBound.nanoseconds == 1
        ? "above 0s, at most \(range.upperBound.text)"
        : "\(range.lowerBound.text) to \(range.upperBound.text)"
    case .share(let range): "\(range.lowerBound.text) to \(range.upperBound.text)"
    case .list(_, let minimumCount) where minimumCount > 0:
      "at least \(minimumCount) \(minimumCount == 1 ? "item" : "items")"
    default: ""
    }
  }

  /// The quantity that is written there, nil for what has no unit.
  var quantity: Quantity? {
    switch self {
    case .span: .span
    case .share: .share
    case .replicas: .replicas
    case .milliCores: .cores
    case .bytes: .memory
    case .rate: .rate
    case .dollars: .dollars
    case .dollarsPerHour: .dollarsPerHour
    default: nil
    }
  }

  private func shorthandWords(_ family: VariantFamily) -> String {
    family.shorthandKind?.words ?? "a single value"
  }
}

extension VariantFamily {
  /// What a bare value is read as; nil if only a form's name may stand alone.
  var shorthandKind: ParameterKind? {
    guard let shorthand, let form = form(named: shorthand.form) else { return nil }
    return (commonParameters + form.parameters).first { $0.key == shorthand.key }?.kind
  }
}
