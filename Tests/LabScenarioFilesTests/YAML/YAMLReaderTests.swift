import Testing

@testable import LabScenarioFiles

@Suite struct YAMLReaderTests {
  private func flow(_ text: String) -> String {
    YAMLReader.read(Array(text.utf8)).root?.flowText ?? "nothing"
  }

  private func lines(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> [String] {
    let bytes = Array(text.utf8)
    let faults = YAMLReader.read(bytes, limits: limits).faults
    return Diagnostic.diagnostics(of: faults, file: "t.yaml", bytes: bytes).map(Reading.line)
  }

  @Test(arguments: [
    ("a: 1\nb: [x, 'y', \"z\"]\nc: {d: e}\n", "{a: 1, b: [x, y, z], c: {d: e}}"),
    ("\u{FEFF}a: 1\r\nb: 2\r\n", "{a: 1, b: 2}"),
    ("--- \na: 1\n...\n", "{a: 1}"),
    ("a: 010\nb: yes\nc: 10:30\nd: 1_000\n", "{a: 010, b: yes, c: 10:30, d: 1_000}"),
    ("a: &x {b: 1}\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"),
    ("a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}\n", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}"),
    ("a: |\n  two\n  lines\n", "{a: two\nlines\n}"),
    ("a: !!str 5\n", "{a: 5}"),
    ("# nothing\n", "nothing"), ("", "nothing"), ("---\n---x\n", "---x"), ("~\n", "nothing"),
  ])
  func readsValuesAsText(_ text: String, _ expected: String) { #expect(flow(text) == expected) }

  @Test func marksSayWhereKeysAndValuesStand() throws {
    let marked = MarkedText("1️⃣größe: 2️⃣5\n3️⃣b:\n  - 4️⃣\"x y\"\n")
    let root = try #require(YAMLReader.read(Array(marked.text.utf8)).root)
    guard case .mapping(let entries, _) = root.content,
      case .sequence(let items) = entries[1].value.content
    else { throw CancellationError() }
    let marks = [entries[0].keyMark, entries[0].value.mark, entries[1].keyMark, items[0].mark]
    #expect(marks.map { "\($0.line):\($0.column)" } == marked.places)
    #expect(marks.map { $0.length } == [5, 1, 1, 5])
  }

  @Test func onlyPlainTextCanMeanNothing() throws {
    for (text, isNull) in [("~", true), ("null", true), ("''", false), ("'null'", false)] {
      let root = try #require(YAMLReader.read(Array("a: \(text)".utf8)).root)
      guard case .mapping(let entries, _) = root.content else { throw CancellationError() }
      #expect(entries[0].value.isNull == isNull, "\(text)")
    }
  }

  @Test(arguments: [
    Bad(
      "duplicate key", "a: 1\nb: 2\n1️⃣a: 3\n",
      "SL026 the key 'a' is written twice -> keep one of them"),
    Bad(
      "two documents", "a: 1\n1️⃣---\nb: 2\n",
      "SL025 a second document begins here -> write one scenario a file"),
    Bad(
      "unknown alias", "a: 1️⃣*x\n",
      "SL024 no '&x' stands before the alias '*x' -> write the value with `&x` first"),
    Bad(
      "recursive alias", "a: &x [1️⃣*x]\n",
      "SL024 the alias '*x' stands inside of what it means -> an alias can only repeat what is complete before it"
    ),
    Bad(
      "list as a key", "1️⃣[a, b]: 1\n",
      "SL027 a list or a mapping cannot be a key -> write a key from the reference"),
    Bad(
      "tag", "a: 1️⃣!!python/object x\n",
      "SL028 the tag 'tag:yaml.org,2002:python/object' is not read -> leave the tag out"),
    Bad(
      "merge of a text", "a:\n  <<: 1️⃣5\n",
      "SL029 '<<' takes the keys of one mapping -> write `<<: *name` for one mapping that is marked `&name`"
    ),
    Bad(
      "merge of a merge", "a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: 1️⃣*b}\n",
      "SL029 '<<' takes the keys of a mapping that has a '<<' itself -> merge from the first mapping, or write the keys out"
    ),
    Bad(
      "two merges", "a: &a {x: 1}\nb:\n  <<: *a\n  1️⃣<<: *a\n",
      "SL026 the key '<<' is written twice -> keep one of them"),
    Bad("tab", "a:\n1️⃣\tb: 1\n", "SL021 a tab stands where YAML wants spaces -> indent with spaces"),
    Bad(
      "at sign", "a: 1️⃣@b\n", "SL020 a plain text cannot begin with '@' -> put the text in quotes"),
    Bad(
      "colon in a text", "a: b1️⃣: c\n",
      "SL020 this is not valid YAML: mapping values are not allowed in this context -> write each key on a line of its own, and put a text with a colon in quotes"
    ),
    Bad(
      "crooked indentation", "a: 1\n b1️⃣: 2\n",
      "SL020 this is not valid YAML: mapping values are not allowed in this context -> write each key on a line of its own, and put a text with a colon in quotes"
    ),
    Bad(
      "open list", "a: [1, 2\nb1️⃣: 3\n",
      "SL020 this is not valid YAML: did not find expected ',' or ']' -> close the list with ]"),
    Bad(
      "open quote", "a: \"x\nb: 3\n1️⃣",
      "SL020 this is not valid YAML: found unexpected end of stream -> close the quote"),
  ])
  func badYAMLIsSaidWithItsPlace(_ bad: Bad) {
    let bytes = Array(MarkedText(bad.marked).text.utf8)
    bad.check(
      Diagnostic.diagnostics(of: YAMLReader.read(bytes).faults, file: "t.yaml", bytes: bytes))
  }

  @Test func duplicatesNameTheFirstPlace() {
    let bytes = Array("a: 1\nb: 2\na: 3\n".utf8)
    let found = Diagnostic.diagnostics(of: YAMLReader.read(bytes).faults, file: "t", bytes: bytes)
    #expect(
      found.first?.notes
        == [.init("it is written here first", mark: SourceMark(line: 1, column: 1, length: 1))])
  }

  @Test func anAliasBombIsRefusedByArithmetic() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      let alias = "*a\(level - 1)"
      text +=
        "a\(level): &a\(level) [" + Array(repeating: alias, count: 9).joined(separator: ", ")
        + "]\n"
    }
    #expect(
      lines(text).map { $0.split(separator: " ", maxSplits: 1)[1] } == [
        "SL022 the file holds more than 200000 values, aliases written out"
      ])
  }

  @Test func aMergeBombIsRefused() {
    var text = "a0: &a0 {k: x}\n"
    for level in 1...20 { text += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)]}\n" }
    let found = lines(text)
    #expect(found.first == "2:14 SL029 '<<' takes the keys of one mapping")
  }

  @Test func deepNestingIsRefused() {
    #expect(
      lines(String(repeating: "[", count: 100_000)) == [
        "1:101 SL023 values are nested more than 100 deep"
      ])
    #expect(
      lines(String(repeating: "{a: ", count: 100_000)) == [
        "1:398 SL023 values are nested more than 100 deep"
      ])
    let aliases = (1...200).reduce("a0: &a0 x\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1)]\n" }
    #expect(
      lines(aliases).map { $0.hasSuffix("SL023 values are nested more than 100 deep") } == [true])
  }

  @Test func tooManyValuesAreRefused() {
    let text = "a: [" + String(repeating: "x,", count: 50) + "]"
    #expect(
      lines(text, YAMLLimits(nodes: 40)) == [
        "1:79 SL022 the file holds more than 40 values, aliases written out"
      ])
    #expect(lines(text, YAMLLimits(nodes: 53)) == [])
  }
}
