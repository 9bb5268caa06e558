import LabUnits

/// A JSON Schema (draft 2020-12) of a catalogue.
struct ScenarioSchema {
  /// The schema.
  let text: String

  /// The schema of a catalogue.
  init(_ catalogue: [Parameter]) {
    let families = KeyIndex(catalogue).families.map { ($0.name, ScenarioSchema.schema(of: $0)) }
    let head: [(String, JSONText)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string("StrategyLab scenario")),
    ]
    let body = ScenarioSchema.object(catalogue)
    text = JSONText.object(head + body + [("$defs", .object(families))]).text() + "\n"
  }

  private static let decimal = #"[0-9]+(\.[0-9]+)?"#

  private static func object(
    _ parameters: [Parameter], discriminator: (String, JSONText)? = nil, isNamed: Bool = false
  )
    -> [(String, JSONText)]
  {
    let properties = (discriminator.map { [$0] } ?? []) + parameters.map { ($0.key, property($0)) }
    let required =
      (isNamed ? discriminator.map { [$0.0] } ?? [] : [])
      + parameters.filter { $0.presence == .required }.map { $0.key }
    var entries: [(String, JSONText)] = [
      ("type", .string("object")), ("properties", .object(properties)),
    ]
    if !required.isEmpty { entries.append(("required", .array(required.map(JSONText.string)))) }
    return entries + [("additionalProperties", .literal("false"))]
  }

  private static func property(_ parameter: Parameter) -> JSONText {
    var description = parameter.meaning
    if !parameter.kind.range.isEmpty { description += " Range: \(parameter.kind.range)." }
    if !parameter.source.isEmpty { description += " Source: \(parameter.source)." }
    var entries = [("description", JSONText.string(description))] + schema(of: parameter.kind)
    if case .standard(let text) = parameter.presence, let value = standard(text) {
      entries.append(("default", value))
    }
    return .object(entries)
  }

  private static func schema(of kind: ParameterKind) -> [(String, JSONText)] {
    switch kind {
    case .integer(let range):
      return [("type", .string("integer")), ("minimum", .literal("\(range.lowerBound)"))]
        + (range.upperBound == .max ? [] : [("maximum", .literal("\(range.upperBound)"))])
    case .number(let range):
      return [
        ("type", .string("number")), ("minimum", .literal(NumberText.text(range.lowerBound))),
        ("maximum", .literal(NumberText.text(range.upperBound))),
      ]
    case .flag: return [("type", .string("boolean"))]
    case .text: return [("type", .array(["string", "number", "boolean"].map(JSONText.string)))]
    case .file: return [("type", .string("string")), ("minLength", .literal("1"))]
    case .choice(let words): return [("enum", .array(words.map(JSONText.string)))]
    case .span:
      let units = ["d", "h", "m", "s", "ms", "us", "ns"].map { "(\(decimal)\($0))?" }
      return pattern("^(?=[0-9])\(units.joined())$")
    case .share: return pattern("^\(decimal)%$")
    case .replicas: return numberOr("integer", "^([0-9]+|\(decimal)%)$")
    case .milliCores: return numberOr("number", "^\(decimal)m?$")
    case .bytes: return numberOr("integer", "^\(decimal)(Ki|Mi|Gi|Ti|k|M|G|T)?$")
    case .rate: return pattern("^\(decimal)/(s|min|h|d)$")
    case .dollars: return pattern(#"^\$"# + decimal + "$")
    case .dollarsPerHour: return pattern(#"^\$"# + decimal + "/h$")
    case .section(let parameters): return object(parameters)
    case .list(let item, let minimumCount):
      return [
        ("type", .string("array")), ("items", .object(schema(of: item))),
        ("minItems", .literal("\(minimumCount)")),
      ]
    case .variant(let family): return [("$ref", .string("#/$defs/\(family.name)"))]
    }
  }

  private static func pattern(_ pattern: String) -> [(String, JSONText)] {
    [("type", .string("string")), ("pattern", .string(pattern))]
  }

  private static func numberOr(_ type: String, _ text: String) -> [(String, JSONText)] {
    let number = JSONText.object([("type", .string(type)), ("minimum", .literal("0"))])
    return [("anyOf", .array([number, .object(pattern(text))]))]
  }

  private static func schema(of family: VariantFamily) -> JSONText {
    var choices = family.forms.map { form -> JSONText in
      let name = (family.discriminator, JSONText.object([("const", .string(form.name))]))
      return .object(
        [("description", .string(form.summary))]
          + object(
            family.commonParameters + form.parameters, discriminator: name,
            isNamed: form.name != family.standardForm))
    }
    let bare = family.forms.filter { form in
      (family.commonParameters + form.parameters).allSatisfy { $0.presence != .required }
    }
    if !bare.isEmpty {
      let names = bare.map { JSONText.string($0.name) }
      choices.append(
        .object([
          ("description", .string("A kind of \(family.name) with all its defaults.")),
          ("enum", .array(names)),
        ]))
    }
    if let kind = family.shorthandKind, let shorthand = family.shorthand {
      let description =
        "Short for `\(family.discriminator): \(shorthand.form)` with this `\(shorthand.key)`."
      choices.append(.object([("description", .string(description))] + schema(of: kind)))
    }
    // An empty `oneOf` is no valid schema.
    return .object(choices.isEmpty ? [] : [("oneOf", .array(choices))])
  }

  /// A default's text as JSON, by the rules of YAML 1.2's core schema; nil if it is no YAML.
  private static func standard(_ text: String) -> JSONText? {
    YAMLReader.read(Array(text.utf8)).root.map(json)
  }

  private static func json(_ node: YAMLNode) -> JSONText {
    switch node.content {
    case .scalar(let text, let isPlain):
      let isLiteral = isPlain && (ScalarReader.isNumber(text) || text == "true" || text == "false")
      return isLiteral ? .literal(text) : .string(text)
    case .sequence(let items): return .array(items.map(json))
    case .mapping(let entries, _): return .object(entries.map { ($0.key, json($0.value)) })
    }
  }
}
