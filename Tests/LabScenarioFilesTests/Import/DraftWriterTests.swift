import LabKernel
import Testing

@testable import LabScenarioFiles

@Suite struct DraftWriterTests {
  @Test func originsStandBehindValues() {
    let text = DraftWriter.text([
      DraftEntry("title", "a: b"),
      DraftEntry(
        "service",
        .mapping([
          DraftEntry("replicas", "3", origin: "web.yaml:4 spec.replicas"),
          DraftEntry("sidecar", .mapping([], origin: "web.yaml:9")),
        ])),
      DraftEntry(
        "strategies",
        .list([
          .mapping([
            DraftEntry("kind", "canary", origin: "web.yaml:7"),
            DraftEntry(
              "steps",
              .list([
                .mapping([DraftEntry("weight", "10%", origin: "web.yaml:8")]),
                .mapping([DraftEntry("weight", "20%")]),
              ])),
          ]), .value("recreate", origin: "--also"),
        ])),
    ])
    #expect(
      text == """
        title: "a: b"

        service:
          replicas: 3  # web.yaml:4 spec.replicas
          sidecar: {}  # web.yaml:9

        strategies:
          - kind: canary  # web.yaml:7
            steps:
              - weight: 10%  # web.yaml:8
              - {weight: 20%}
          - recreate  # --also

        """)
  }

  @Test(arguments: [
    "", " ", "null", "~", "- a", "a: b", "a #b", "#", "'", "\"", "\\", "{a}", "[", "*a", "&a", "!a",
    "%a", "@a", "`a", "a\nb", "a\tb", "\u{85}", "\u{2028}", "\u{FEFF}a", "é", "🚢", "\u{7F}", "---",
    "...", "? a", "a,b", "-", ":", "a:", "<<", "=", "yes", "1e3", "0x1", "\u{202E}",
  ])
  func everyTextComesBack(_ text: String) throws {
    let entries = [
      DraftEntry("key", text, origin: text),
      DraftEntry("list", .list([.value(text), .mapping([DraftEntry("in", text)])])),
      DraftEntry("deep", .mapping([DraftEntry("key", text, origin: "# \(text)")])),
    ]
    let written = DraftWriter.text(entries)
    #expect(TextCheck.problem(in: Array(written.utf8)) == nil)
    let (root, faults) = YAMLReader.read(Array(written.utf8))
    #expect(faults.isEmpty)
    let draft = DraftNode(try #require(root), origin: nil)
    #expect(value(draft[["key"]]) == text)
    #expect(value(draft[["deep", "key"]]) == text)
    guard case .list(let items)? = draft[["list"]]?.content else {
      Issue.record("the list is gone")
      return
    }
    #expect(value(items[0]) == text)
    #expect(value(items[1][["in"]]) == text)
  }

  @Test func randomTextsComeBack() throws {
    var stream = RandomStream(seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 1))
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int(stream.next() % 12) {
        let pool: [UInt32] = [
          0x20, 0x23, 0x3A, 0x2D, 0x22, 0x5C, 0x0A, 0x61, 0x7B, 0x2C, 0x25, 0x85,
        ]
        let code =
          stream.next() % 3 == 0
          ? UInt32(stream.next() % 0xD7FF) + 1 : pool[Int(stream.next() % 12)]
        if let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
      }
      let (root, _) = YAMLReader.read(
        Array("key: \(DraftWriter.scalar(text))  # \(DraftWriter.printable(text))\n".utf8))
      let draft = DraftNode(try #require(root), origin: nil)
      #expect(value(draft[["key"]]) == text)
    }
  }

  private func value(_ node: DraftNode?) -> String? {
    guard case .value(let text)? = node?.content else { return nil }
    return text
  }
}
