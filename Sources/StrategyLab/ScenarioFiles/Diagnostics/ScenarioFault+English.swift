extension ScenarioFault {
  /// The code under which the fact is reported.
  var code: DiagnosticCode {
    switch self {
    case .file(let problem): problem.code
    case .notText: .notText
    case .emptyFile: .emptyFile
    case .syntax, .cannotStart: .yamlSyntax
    case .tabIndentation: .tabIndentation
    case .tooManyValues: .tooManyValues
    case .tooDeep: .tooDeep
    case .unknownAlias, .recursiveAlias: .alias
    case .secondDocument: .secondDocument
    case .duplicateKey: .duplicateKey
    case .keyNotText: .keyNotText
    case .tag: .tag
    case .mergeOfNoMapping, .mergeOfMerge: .merge
    case .unknownKey: .unknownKey
    case .missingKey: .missingKey
    case .emptyValue: .emptyValue
    case .wrongShape: .wrongShape
    case .tooFewItems: .tooFewItems
    case .unknownForm: .unknownForm
    case .missingForm: .missingForm
    case .brokenDefault: .brokenDefault
    case .quantity: .quantity
    case .below, .above: .outOfRange
    case .notAnInteger, .notANumber, .notFinite: .notANumber
    case .notAFlag: .notAFlag
    case .notAChoice: .notAChoice
    case .emptyText: .emptyText
    case .contradiction(let contradiction): contradiction.code
    case .trace(let fault): fault.code
    }
  }

  /// What was found and what was expected: lower-case start, no full stop, the user's own words in quotes.
  var message: String {
    switch self {
    case .file(let problem): problem.reason
    case .notText(let fact): fact.reason
    case .emptyFile: "the file is empty"
    case .syntax(let problem, _, _): "this is not valid YAML: \(problem)"
    case .tabIndentation: "a tab stands where YAML wants spaces"
    case .cannotStart(let text): "a plain text cannot begin with '\(text)'"
    case .tooManyValues(let limit): "the file holds more than \(limit) values, aliases written out"
    case .tooDeep(let limit): "values are nested more than \(limit) deep"
    case .unknownAlias(let name): "no '&\(name)' stands before the alias '*\(name)'"
    case .recursiveAlias(let name): "the alias '*\(name)' stands inside of what it means"
    case .secondDocument: "a second document begins here"
    case .duplicateKey(let key, _): "the key '\(key)' is written twice"
    case .keyNotText: "a list or a mapping cannot be a key"
    case .tag(let tag): "the tag '\(tag)' is not read"
    case .mergeOfNoMapping: "'<<' takes the keys of one mapping"
    case .mergeOfMerge: "'<<' takes the keys of a mapping that has a '<<' itself"
    case .unknownKey(let key, _, _): "unknown key '\(key)'"
    case .missingKey(let key, let owner, _):
      owner.isEmpty ? "'\(key)' is missing" : "'\(key)' is missing in '\(owner)'"
    case .emptyValue(let key, _, _): "'\(key)' has no value"
    case .wrongShape(let key, let found, let expected):
      "'\(key)' is \(found.words), expected \(expected)"
    case .tooFewItems(let key, let count, let least):
      count == 0
        ? "the list '\(key)' is empty, it needs at least \(least)"
        : "the list '\(key)' has \(count) \(count == 1 ? "item" : "items"), it needs at least \(least)"
    case .unknownForm(let name, let family, _, _): "'\(name)' is no kind of \(family)"
    case .missingForm(let family, let discriminator, _, _):
      "the \(family) does not say what it is: '\(discriminator)' is missing"
    case .brokenDefault(let key, let text, let reason):
      "the program's own default of '\(key)', '\(text)', cannot be read: \(reason)"
    case .quantity(let key, let error): "\(key): \(error.reason)"
    case .below(let key, let text, let least): "\(key) \(text) is below \(least)"
    case .above(let key, let text, let most): "\(key) \(text) is above \(most)"
    case .notAnInteger(let key, let text): "\(key): '\(text)' is not a whole number"
    case .notANumber(let key, let text): "\(key): '\(text)' is not a number"
    case .notFinite(let key, let text): "\(key): '\(text)' is not a finite number"
    case .notAFlag(let key, let text): "\(key): '\(text)' is neither true nor false"
    case .notAChoice(let key, let text, let choices, _):
      "\(key): '\(text)' is not one of \(choices.joined(separator: ", "))"
    case .emptyText(let key): "\(key) is an empty text"
    case .contradiction(let contradiction): contradiction.message
    case .trace(let fault): fault.message
    }
  }

  /// Remarks beside the message.
  var notes: [Diagnostic.Note] {
    switch self {
    case .syntax(_, let context, let mark) where !context.isEmpty:
      [Diagnostic.Note(context, mark: mark)]
    case .duplicateKey(_, let first): [Diagnostic.Note("it is written here first", mark: first)]
    case .unknownKey(_, let expected, _) where !expected.isEmpty:
      [Diagnostic.Note("expected one of \(expected.joined(separator: ", "))")]
    default: []
    }
  }
}

extension ScenarioFault.Shape {
  /// The shape with its article.
  var words: String {
    switch self {
    case .value: "a single value"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension FileProblem {
  /// The code under which the problem is reported.
  var code: DiagnosticCode {
    switch self {
    case .missing: .fileMissing
    case .folder: .fileIsFolder
    case .notRegular: .fileNotRegular
    case .forbidden: .fileForbidden
    case .tooLarge: .fileTooLarge
    case .system: .fileUnreadable
    }
  }

  /// Why the file cannot be read.
  var reason: String {
    switch self {
    case .missing: "there is no such file"
    case .folder: "this is a folder"
    case .notRegular: "this is a pipe, a socket or a device"
    case .forbidden: "the file may not be read"
    case .tooLarge(let limit): "the file is larger than \(limit / 1_000_000) MB"
    case .system(let number): "the system refuses to read the file (error \(number))"
    }
  }
}

extension TextCheck.Problem.Fact {
  /// Why the bytes are no text.
  var reason: String {
    switch self {
    case .otherEncoding: "the file is UTF-16 and not UTF-8"
    case .binary: "the file is binary: it holds a zero byte"
    case .notUTF8(let byte): "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8"
    case .control(let code):
      "the control character U+\(String(code + 0x10000, radix: 16, uppercase: true).dropFirst()) is not text"
    }
  }
}
