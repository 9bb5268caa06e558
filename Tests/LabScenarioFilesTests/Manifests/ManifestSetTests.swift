import Testing

@testable import LabScenarioFiles

@Suite struct ManifestSetTests {
  private func titles(_ text: String) throws -> [String] {
    try ManifestFixtures.set(text).objects.map { $0.title }
  }

  private func messages(_ bytes: [UInt8], limits: ManifestLimits = ManifestLimits()) -> [String] {
    do {
      _ = try ManifestSet.read([ManifestFile(name: "web.yaml", bytes: bytes)], limits: limits)
      return []
    } catch {
      return error.diagnostics.map { $0.message }
    }
  }

  @Test(arguments: [
    ("several documents", "a: {}\n", false),
    ("documents", "---\n# a comment of Helm\n---\nOBJECT\n---\n\n---\nOTHER\n...\n", true),
    ("windows", "---\r\nOBJECT\r\n---\r\nOTHER\r\n", true),
    ("a byte order mark", "\u{FEFF}OBJECT\n---\nOTHER\n", true),
    ("a list", "apiVersion: v1\nkind: List\nitems:\n  - OBJECT\n  - OTHER\n", true),
    (
      "a list in a list",
      "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [OBJECT]}, OTHER]}",
      true
    ),
    (
      "JSON", "{\n\t\"apiVersion\": \"v1\", \"kind\": \"List\",\n\t\"items\": [OBJECT, OTHER]\n}",
      true
    ),
    (
      "a list of one kind",
      "{apiVersion: v1, kind: ServiceList, items: [{metadata: {name: a}}, {metadata: {name: b}}]}",
      true
    ),
  ])
  func objectsAreFound(_ name: String, _ template: String, _ isGood: Bool) throws {
    let text =
      template
      .replacing("OBJECT", with: "{apiVersion: v1, kind: Service, metadata: {name: a}}")
      .replacing("OTHER", with: "{apiVersion: v1, kind: Service, metadata: {name: b}}")
    if isGood {
      #expect(try titles(text) == ["Service a", "Service b"], "\(name)")
    } else {
      #expect(throws: ScenarioFileError.self) { try titles(text) }
    }
  }

  @Test func namespacesTellObjectsApart() throws {
    let text = """
      {apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: a}}
      """
    #expect(try titles(text) == ["Service shop/a", "Service a"])
  }

  @Test(arguments: [
    ("just a text", "a single value stands here, and no object with apiVersion and kind"),
    ("NAME: web\nSTATUS: deployed\n", "this is no object: 'kind' is missing"),
    ("kind: Service\n", "this is no object: 'apiVersion' is missing"),
    ("{apiVersion: v1, kind: Service}", "the Service has no metadata.name"),
    ("{apiVersion: v1, kind: Service, metadata: {name: ''}}", "the Service has no metadata.name"),
    ("", "the file is empty"),
    ("# nothing\n---\n---\n", "the file is empty"),
    ("a: !!binary aGk=\n", "the tag 'tag:yaml.org,2002:binary' is not read"),
    ("a: !Custom {}\n", "the tag '!Custom' is not read"),
    ("a: b\u{0}\n", "the file is binary: it holds a zero byte"),
    ("*a\n", "no '&a' stands before the alias '*a'"),
    (
      "{apiVersion: v1, kind: Service, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: a}}",
      "Service a is described twice"
    ),
    (
      "{apiVersion: v1, kind: Service, metadata: {name: a, labels: {on: yes}}}",
      "on: yes is a flag, and labels are texts"
    ),
    (
      "{apiVersion: v1, kind: Service, metadata: {name: a, labels: {version: 1.20}}}",
      "version: 1.20 is a number, and labels are texts"
    ),
    (
      "{apiVersion: v1, kind: Service, metadata: {name: a, lables: {a: b}}}", "unknown key 'lables'"
    ),
  ])
  func whatIsNoObjectIsRefused(_ text: String, _ message: String) {
    #expect(messages(Array(text.utf8)).first == message)
  }

  @Test func templatesThatAreNotRenderedAreNamed() {
    let found = messages(Array("kind: Service\nmetadata: {{ include \"labels\" . }}\n".utf8))
    #expect(found.contains("the file is a template: '{{' stands in it"))
  }

  @Test func standardTagsAreRead() throws {
    let text =
      "{apiVersion: !!str v1, kind: Service, metadata: !!map {name: a}, spec: {x: !!int 3}}"
    #expect(try titles(text) == ["Service a"])
  }

  @Test func mergesOfSeveralMappingsAreRead() throws {
    let text = """
      apiVersion: v1
      kind: Service
      metadata:
        name: a
        labels:
          <<: [&one {app: web}, {tier: front}]
          zone: a
      """
    let object = try #require(try ManifestFixtures.set(text).objects.first)
    #expect(object.labels.map { $0.key } == ["zone", "app", "tier"])
  }

  @Test func aliasBombsAreRefusedByArithmetic() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let last = "*a\(level - 1)"
      text +=
        "a\(level): &a\(level) [\(Array(repeating: last, count: 10).joined(separator: ", "))]\n"
    }
    #expect(
      messages(Array(text.utf8)) == ["the file holds more than 4000000 values, aliases written out"]
    )
  }

  @Test func depthIsLimited() {
    let text = String(repeating: "[", count: 100_000)
    #expect(messages(Array(text.utf8)) == ["values are nested more than 100 deep"])
  }

  @Test func bytesAreLimited() {
    let found = messages(
      Array(repeating: 0x20, count: 3_000_001), limits: ManifestLimits(bytes: 3_000_000))
    #expect(found == ["the file is larger than 3 MB"])
  }

  @Test func aHundredThousandEmptyDocumentsAreQuick() {
    let text = String(repeating: "---\n# nothing\n", count: 100_000)
    #expect(messages(Array(text.utf8)) == ["the file is empty"])
  }

  @Test(arguments: [
    ("apiVersion: v1\nkind: Service\n", true), ("\"kind\": Service\n", true),
    ("{\"apiVersion\": \"v1\"}", true), ("service: {replicas: 2}\ntraffic: 5/s\n", false),
    ("strategies:\n  - kind: canary\n", false), ("{strategies: [{kind: canary}]}", false),
    ("", false), ("\u{FEFF}kind: Service\r\n", true),
  ])
  func manifestsAreToldFromScenarios(_ text: String, _ isManifest: Bool) {
    #expect(ManifestImport.isManifest(Array(text.utf8)) == isManifest)
  }
}
