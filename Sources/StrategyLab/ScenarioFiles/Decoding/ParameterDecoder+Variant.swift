import LabUnits

extension ParameterDecoder {
  /// The form that a value takes and the values of the form's keys.
  mutating func variant(_ family: VariantFamily, _ node: YAMLNode, at place: Place)
    -> ParameterValue?
  {
    switch node.content {
    case .scalar(let text, _):
      return bareWord(text, family, node, at: place)
    case .sequence:
      return wrongShape(node, expected: .variant(family), at: place)
    case .mapping(let entries, _):
      guard let entry = entries.first(where: { $0.key == family.discriminator }) else {
        return undiscriminated(family, entries, node, at: place)
      }
      guard !entry.value.isNull else {
        report(.emptyValue(entry.key, isRequired: true, isSection: false), at: entry.keyMark)
        return nil
      }
      guard case .scalar(let name, _) = entry.value.content else {
        return wrongShape(
          entry.value, expected: .choice(family.forms.map { $0.name }),
          at: place.key(entry.key, entry.keyMark))
      }
      let inner = place.key(entry.key, entry.keyMark)
      note(inner.path, entry.value.mark)
      assume(inner.path, name)
      guard let form = family.form(named: name) else {
        report(unknown(name, in: family), at: entry.value.mark)
        return nil
      }
      return values(of: form, family, entries, at: place)
    }
  }

  /// A form named by a bare word, or the shorthand of one.
  private mutating func bareWord(
    _ text: String, _ family: VariantFamily, _ node: YAMLNode, at place: Place
  ) -> ParameterValue? {
    if let form = family.form(named: text) {
      note(place.path, node.mark)
      assume(place.key(family.discriminator, node.mark).path, text)
      return values(of: form, family, [], at: place.at(node.mark))
    }
    guard let shorthand = family.shorthand, let form = family.form(named: shorthand.form) else {
      report(unknown(text, in: family), at: node.mark)
      return nil
    }
    let entry = YAMLEntry(key: shorthand.key, keyMark: place.mark, value: node)
    return values(of: form, family, [entry], at: place, shorthand: shorthand.key)
  }

  private mutating func undiscriminated(
    _ family: VariantFamily, _ entries: [YAMLEntry], _ node: YAMLNode, at place: Place
  ) -> ParameterValue? {
    if let form = family.standardForm.flatMap({ family.form(named: $0) }) {
      assume(place.key(family.discriminator, node.mark).path, form.name)
      return values(of: form, family, entries, at: place)
    }
    let names = family.forms.map { $0.name }
    // `- canary: {...}` names the form as a key; `{kid: canary}` misspells the discriminator.
    let named = entries.first { names.contains($0.key) }?.key
    let misspelled = entries.first {
      guard case .scalar(let text, _) = $0.value.content else { return false }
      return names.contains(text)
        && EditDistance.nearest(to: $0.key, in: [family.discriminator]) != nil
    }
    if let misspelled {
      report(
        .unknownKey(
          misspelled.key, expected: [family.discriminator], advice: .similar(family.discriminator)),
        at: misspelled.keyMark)
    } else {
      report(
        .missingForm(
          family: family.name, discriminator: family.discriminator, forms: names, candidate: named),
        at: node.mark)
    }
    return nil
  }

  private mutating func values(
    of form: VariantForm, _ family: VariantFamily, _ entries: [YAMLEntry], at place: Place,
    shorthand: String? = nil
  ) -> ParameterValue {
    let faultCount = faults.count
    let inner = Place(
      path: place.path, mark: place.mark, keyPath: "\(place.keyPath).\(form.name)")
    let values = section(
      family.commonParameters + form.parameters, entries, at: inner,
      discriminator: family.discriminator, shorthand: shorthand)
    if faults.count == faultCount {
      for problem in VariantCoherence.problems(family: family.name, form: form.name, values) {
        let path = problem.key.isEmpty ? place.path : "\(place.path).\(problem.key)"
        report(.contradiction(problem.contradiction), at: marks[path] ?? place.mark)
      }
    }
    return .variant(form.name, values)
  }

  private func unknown(_ name: String, in family: VariantFamily) -> ScenarioFault {
    let names = family.forms.map { $0.name }
    return .unknownForm(
      name, family: family.name, forms: names, similar: EditDistance.nearest(to: name, in: names))
  }
}

extension ParameterDecoder.Place {
  /// The same place, pointed at elsewhere.
  func at(_ mark: SourceMark) -> ParameterDecoder.Place {
    ParameterDecoder.Place(path: path, mark: mark, keyPath: keyPath)
  }
}
