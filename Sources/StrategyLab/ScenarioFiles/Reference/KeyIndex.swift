import LabUnits

/// Every key of a catalogue by its path, families of forms written out where they first occur.
struct KeyIndex {
  /// A key and where it may stand.
  struct Entry {
    /// The path without list positions, with the names of forms: `strategies.canary.steps`.
    let path: String
    /// What holds the key: `strategies.canary`, empty at the top.
    let owner: String
    /// The key itself.
    let parameter: Parameter
  }

  /// A form of a family and where it may stand.
  struct FormEntry {
    /// The path of the form: `strategies.canary`.
    let path: String
    /// The family.
    let family: VariantFamily
    /// The form.
    let form: VariantForm
  }

  /// The keys, in the order of the catalogue.
  let entries: [Entry]
  /// The names of the keys, each once, in the order in which they first occur.
  private let keys: [String]
  /// The forms of all families, in the order of the catalogue.
  let forms: [FormEntry]
  /// The families, in the order in which they first occur.
  let families: [VariantFamily]

  /// The index of a catalogue.
  init(_ catalogue: [Parameter]) {
    var collector = Collector()
    collector.walk(catalogue, under: "")
    entries = collector.entries
    var seen: Set<String> = []
    keys = collector.entries.map { $0.parameter.key }.filter { seen.insert($0).inserted }
    forms = collector.forms
    families = collector.families
  }

  /// What an unknown key was probably meant to be.
  ///
  /// - Parameters:
  ///   - key: The key that was found.
  ///   - place: The path of what holds it, with the names of forms.
  ///   - expected: The keys that may stand there.
  /// - Returns: the best advice; nil if nothing is near.
  func advice(for key: String, at place: String, expected: [String]) -> ScenarioFault.KeyAdvice? {
    let own = EditDistance.nearest(to: key, in: expected)
    if let own, EditDistance.between(own, key) <= 1 { return .similar(own) }
    let places = nearestOwners(of: key, to: place)
    if !places.isEmpty { return .elsewhere(key, places: places) }
    if let own { return .similar(own) }
    if let other = EditDistance.nearest(to: key, in: keys),
      let owner = nearestOwners(of: other, to: place).first, EditDistance.between(other, key) <= 2
    {
      return .similarElsewhere(other, place: owner)
    }
    return nil
  }

  /// What holds a key of this name: the owners with the most of the path in common, then the shallowest; at most three.
  private func nearestOwners(of key: String, to place: String) -> [String] {
    let here = place.split(separator: ".")
    func rank(_ owner: String) -> (Int, Int) {
      let there = owner.split(separator: ".")
      return (-zip(here, there).prefix { $0 == $1 }.count, there.count)
    }
    let owners = entries.filter { $0.parameter.key == key && !$0.owner.isEmpty }.map { $0.owner }
    guard let best = owners.map(rank).min(by: <) else { return [] }
    return Array(owners.filter { rank($0) == best }.prefix(3))
  }

  private struct Collector {
    var entries: [Entry] = []
    var forms: [FormEntry] = []
    var families: [VariantFamily] = []

    mutating func walk(_ parameters: [Parameter], under owner: String) {
      for parameter in parameters {
        let path = owner.isEmpty ? parameter.key : "\(owner).\(parameter.key)"
        entries.append(Entry(path: path, owner: owner, parameter: parameter))
        descend(parameter.kind, at: path)
      }
    }

    mutating func descend(_ kind: ParameterKind, at path: String) {
      switch kind {
      case .section(let parameters): walk(parameters, under: path)
      case .list(let item, _): descend(item, at: path)
      case .variant(let family):
        guard !families.contains(where: { $0.name == family.name }) else { return }
        families.append(family)
        walk(family.commonParameters, under: path)
        for form in family.forms {
          forms.append(FormEntry(path: "\(path).\(form.name)", family: family, form: form))
          walk(form.parameters, under: "\(path).\(form.name)")
        }
      default: break
      }
    }
  }
}
