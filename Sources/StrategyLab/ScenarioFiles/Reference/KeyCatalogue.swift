import LabUnits

/// Finds keys, sections and forms of a catalogue by what people call them.
struct KeyCatalogue {
  private let catalogue: [Parameter]
  private let index: KeyIndex

  /// A catalogue of keys.
  init(_ catalogue: [Parameter]) {
    self.catalogue = catalogue
    index = KeyIndex(catalogue)
  }

  /// What is known about a path; nil if it names nothing.
  func explain(_ path: String) -> Explanation? {
    let parts = KeyCatalogue.parts(path)
    guard !parts.isEmpty else { return nil }
    var topics = find(parts[...], in: catalogue, under: "")
    if topics.isEmpty { topics = named(parts) }
    return topics.isEmpty ? nil : Explanation(topics: topics)
  }

  /// The paths spelled nearly like the given one, the nearest first.
  func suggestions(for path: String) -> [String] {
    let parts = KeyCatalogue.parts(path)
    guard let last = parts.last, path.utf8.count <= 128 else { return [] }
    let whole = parts.joined(separator: ".")
    let paths = index.entries.map { $0.path } + index.forms.map { $0.path }
    let near = paths.enumerated().compactMap { order, candidate -> (Int, Int, String)? in
      let key = candidate.split(separator: ".").last.map(String.init) ?? candidate
      let distance = min(
        EditDistance.between(key, last), EditDistance.between(candidate, whole))
      return distance <= max(1, last.count / 3) ? (distance, order, candidate) : nil
    }
    return near.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(5).map { $0.2 }
  }

  /// The parts of a path without positions in lists: `strategies[1].maxSurge` is `strategies`, `maxSurge`.
  private static func parts(_ path: String) -> [String] {
    path.split(separator: ".").map { part in
      String(part.prefix { $0 != "[" })
    }.filter { !$0.isEmpty }
  }

  private func find(_ parts: ArraySlice<String>, in parameters: [Parameter], under owner: String)
    -> [Explanation.Topic]
  {
    guard let first = parts.first, let parameter = parameters.first(where: { $0.key == first })
    else { return [] }
    let path = owner.isEmpty ? first : "\(owner).\(first)"
    if parts.count == 1 { return [Explanation.Topic(path: path, parameter)] }
    return descend(parts.dropFirst(), into: parameter.kind, at: path)
  }

  private func descend(_ parts: ArraySlice<String>, into kind: ParameterKind, at path: String)
    -> [Explanation.Topic]
  {
    switch kind {
    case .section(let parameters): return find(parts, in: parameters, under: path)
    case .list(let item, _): return descend(parts, into: item, at: path)
    case .variant(let family):
      guard let first = parts.first else { return [] }
      if let form = family.form(named: first) {
        let inner = "\(path).\(first)"
        return parts.count == 1
          ? [Explanation.Topic(path: inner, family, form)]
          : find(parts.dropFirst(), in: family.commonParameters + form.parameters, under: inner)
      }
      if parts.count == 1, first == family.discriminator {
        return [Explanation.Topic(path: "\(path).\(first)", discriminatorOf: family)]
      }
      return find(parts, in: family.commonParameters, under: path)
        + family.forms.flatMap { find(parts, in: $0.parameters, under: "\(path).\($0.name)") }
    default: return []
    }
  }

  /// The keys and forms whose paths end as the given one does.
  private func named(_ parts: [String]) -> [Explanation.Topic] {
    func ends(_ path: String) -> Bool {
      path.split(separator: ".").suffix(parts.count).elementsEqual(parts) { $0 == $1 }
    }
    return index.entries.filter { ends($0.path) }.map {
      Explanation.Topic(path: $0.path, $0.parameter)
    }
      + index.forms.filter { ends($0.path) }.map {
        Explanation.Topic(path: $0.path, $0.family, $0.form)
      }
  }
}

extension ParameterKind {
  /// What may stand there, with an example where one helps: `a length of time, such as 90s`.
  var expectation: String {
    switch self {
    case .list(let item, _): "a list, each item \(item.words)"
    case .integer, .number, .span, .share, .milliCores, .bytes, .rate, .dollars, .dollarsPerHour:
      "\(words), such as \(example)"
    case .replicas: "a number of replicas, or a percentage of the desired ones: 3 or 25%"
    default: words
    }
  }

  /// The keys or kinds that may stand below.
  var below: [String] {
    switch self {
    case .section(let parameters): parameters.map { $0.key }
    case .list(let item, _): item.below
    case .variant(let family): family.forms.map { $0.name }
    default: []
    }
  }
}
