extension ScenarioFault {
  /// What to do; empty where the message says it all.
  var hint: String {
    switch self {
    case .file(let problem): problem.hint
    case .notText(.binary): "a scenario is a text file in YAML"
    case .notText: "save the file as UTF-8 text"
    case .emptyFile: "write at least `service` and `traffic`"
    case .syntax(let problem, _, _): ScenarioFault.syntaxHint(problem)
    case .tabIndentation: "indent with spaces"
    case .cannotStart: "put the text in quotes"
    case .tooManyValues: "write fewer values, or fewer aliases"
    case .tooDeep: "a scenario needs less than ten levels"
    case .unknownAlias(let name): "write the value with `&\(name)` first"
    case .recursiveAlias: "an alias can only repeat what is complete before it"
    case .secondDocument: "write one scenario a file"
    case .duplicateKey: "keep one of them"
    case .keyNotText: "write a key from the reference"
    case .tag: "leave the tag out"
    case .mergeOfNoMapping: "write `<<: *name` for one mapping that is marked `&name`"
    case .mergeOfMerge: "merge from the first mapping, or write the keys out"
    case .unknownKey(_, _, let advice): advice?.words ?? ""
    case .missingKey(let key, _, let example): "write `\(key): \(example)`"
    case .emptyValue(let key, let isRequired, isSection: true):
      isRequired
        ? "write its keys below it"
        : "write `\(key): {}` to take its defaults, or leave the key out"
    case .emptyValue(_, let isRequired, isSection: false):
      isRequired ? "write its value" : "write its value, or leave the key out"
    case .wrongShape(let key, let found, let expected):
      expected.hasPrefix("a list") && found != .list ? "write `\(key): [...]`" : ""
    case .tooFewItems: ""
    case .unknownForm(_, _, let forms, let similar): ScenarioFault.choice(forms, similar: similar)
    case .missingForm(_, let discriminator, let forms, let candidate):
      candidate.map { "write `\(discriminator): \($0)` and its keys beside it" }
        ?? "write `\(discriminator):` with one of \(forms.joined(separator: ", "))"
    case .brokenDefault(let key, _, _): "write `\(key)` in the file, and report this"
    case .quantity(_, let error): error.hint
    case .below(_, _, let least): "write at least \(least)"
    case .above(_, _, let most): "write at most \(most)"
    case .notAnInteger(_, let text): ScenarioFault.integerHint(text)
    case .notANumber, .notFinite: "write a number such as 3 or 0.5"
    case .notAFlag: "write true or false"
    case .notAChoice(_, _, let choices, let similar):
      ScenarioFault.choice(choices, similar: similar)
    case .emptyText: "write a text, or leave the key out"
    case .contradiction(let contradiction): contradiction.hint
    case .trace(let fault): fault.hint
    }
  }

  private static func choice(_ words: [String], similar: String?) -> String {
    similar.map { "did you mean \($0)?" } ?? "write one of \(words.joined(separator: ", "))"
  }

  private static func integerHint(_ text: String) -> String {
    let digits = text.filter { $0 >= "0" && $0 <= "9" }
    let isGrouped = text.allSatisfy {
      $0 >= "0" && $0 <= "9" || $0 == "_" || $0 == "," || $0 == "'"
    }
    let plain = digits.drop { $0 == "0" }
    return isGrouped && !plain.isEmpty && plain.count < 20
      ? "write \(plain)" : "write a whole number such as 3"
  }

  /// What usually lies behind a complaint of the YAML parser.
  private static func syntaxHint(_ problem: String) -> String {
    switch problem {
    case "mapping values are not allowed in this context":
      "write each key on a line of its own, and put a text with a colon in quotes"
    case "could not find expected ':'": "write a colon and a space behind the key"
    case "did not find expected key", "did not find expected '-' indicator":
      "let the keys, or the items, of one level begin in the same column"
    case "found unexpected end of stream": "close the quote"
    case "did not find expected ',' or ']'": "close the list with ]"
    case "did not find expected ',' or '}'": "close the mapping with }"
    default: ""
    }
  }
}

extension ScenarioFault.KeyAdvice {
  /// The advice as a sentence.
  var words: String {
    switch self {
    case .similar(let key): "did you mean \(key)?"
    case .elsewhere(let key, let places):
      "`\(key)` belongs under " + places.map { "`\($0)`" }.joined(separator: " or ")
    case .similarElsewhere(let key, let place): "did you mean `\(key)` under `\(place)`?"
    }
  }
}

extension FileProblem {
  /// What to do.
  var hint: String {
    switch self {
    case .missing: "check the path"
    case .folder: "name a file in it"
    case .notRegular: "write the scenario to a file first"
    case .forbidden: "check the permissions"
    case .tooLarge: "a scenario has a few kilobytes; put recorded traffic in a trace file"
    case .system: ""
    }
  }
}
