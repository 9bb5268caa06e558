import LabUnits

/// The reference page of a catalogue in Markdown: a table a section, a table a form, the diagnostic codes.
struct ReferencePage {
  /// The page.
  let text: String

  /// The page of a catalogue.
  init(_ catalogue: [Parameter]) {
    var lines = [
      "# Scenario files", "",
      "Every key, what may stand there, and where its default comes from. This page is generated.",
      "", "## At the top", "",
    ]
    lines += ReferencePage.table(catalogue.map { ($0.key, $0) })
    for parameter in catalogue {
      if case .section(let parameters) = parameter.kind {
        lines += ["", "## `\(parameter.key)`", "", ReferencePage.cell(parameter.meaning), ""]
        lines += ReferencePage.table(ReferencePage.flat(parameters, under: ""))
      }
    }
    for family in KeyIndex(catalogue).families { lines += ReferencePage.lines(of: family) }
    lines += ["", "## Diagnostic codes", "", "| code | meaning |", "| --- | --- |"]
    lines += DiagnosticCode.allCases.map {
      "| \($0.rawValue) | \(ReferencePage.cell($0.meaning)) |"
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of family: VariantFamily) -> [String] {
    var lines = ["", "## Kinds of \(family.name)", ""]
    lines.append(
      "The key `\(family.discriminator)` names the kind."
        + (family.standardForm.map { " Without it: `\($0)`." } ?? ""))
    if let shorthand = family.shorthand {
      lines.append(
        "A bare value is the `\(shorthand.key)` of `\(family.discriminator): \(shorthand.form)`.")
    }
    if !family.commonParameters.isEmpty {
      lines += ["", "Every kind has these keys:", ""]
      lines += table(flat(family.commonParameters, under: ""))
    }
    for form in family.forms {
      lines += ["", "### `\(form.name)`", "", cell(form.summary)]
      if !form.parameters.isEmpty { lines += [""] + table(flat(form.parameters, under: "")) }
    }
    return lines
  }

  /// The keys of a section with those of its inner sections below them.
  private static func flat(_ parameters: [Parameter], under owner: String) -> [(String, Parameter)]
  {
    parameters.flatMap { parameter -> [(String, Parameter)] in
      let path = owner + parameter.key
      var inner = parameter.kind
      var ending = "."
      if case .list(let item, _) = inner { (inner, ending) = (item, "[].") }
      guard case .section(let keys) = inner else { return [(path, parameter)] }
      return [(path, parameter)] + flat(keys, under: path + ending)
    }
  }

  private static func table(_ rows: [(path: String, parameter: Parameter)]) -> [String] {
    [
      "| key | write | range | default | meaning | source |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
      + rows.map { path, parameter in
        let standard: String
        switch parameter.presence {
        case .required: standard = "required"
        case .optional: standard = ""
        case .standard(let text): standard = "`\(text)`"
        }
        let cells = [
          "`\(path)`", parameter.kind.expectation, parameter.kind.range, standard,
          parameter.meaning, parameter.source,
        ]
        return "| " + cells.map(cell).joined(separator: " | ") + " |"
      }
  }

  /// A text that cannot end its cell or its line.
  private static func cell(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "|": escaped += "\\|"
      case "\n", "\r\n": escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
