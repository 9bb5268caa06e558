import FoundationEssentials
import LabKernel
import Testing

@testable import LabScenarioFiles

/// Manifests that are broken in every way: each is imported or refused, none crashes, none takes long.
@Suite struct ManifestFuzzTests {
  /// How many variants of the shared examples are tried; 0 where the environment does not ask for it.
  static let sharedVariants =
    ProcessInfo.processInfo.environment["STRATEGYLAB_FUZZ"].flatMap { Int($0) } ?? 0

  private static let seeds = [
    ManifestFixtures.all(
      ManifestFixtures.deployment(
        spec: "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}",
        container:
          "readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}\nlifecycle: {preStop: {exec: {command: [sleep, \"5\"]}}}"
      ), ManifestFixtures.service("web"),
      "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: 9, cpu: 10}}}"
    ),
    ManifestFixtures.all(
      ManifestFixtures.deployment("a-v1", app: "a", version: "v1"),
      ManifestFixtures.deployment("a-v2", app: "a", version: "v2"), ManifestFixtures.service("a"),
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: a
      spec:
        hosts:
          - a
        http:
          - route:
              - destination:
                  host: a
                  subset: old
                weight: 90
              - destination:
                  host: a
                  subset: new
                weight: 10
      """,
      "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a}, spec: {host: a, subsets: [{name: old, labels: {version: v1}}, {name: new, labels: {version: v2}}]}}"
    ),
  ]

  @Test func brokenManifestsAreRefusedOrImported() {
    tryVariants(of: ManifestFuzzTests.seeds.map { Array($0.utf8) }, count: 2000, seed: 7)
  }

  @Test func brokenControllersAreRefusedOrImported() throws {
    let seeds = try ImportFixture.all.map { Array(try $0.text().utf8) }
    tryVariants(of: seeds, count: 1500, seed: 13)
  }

  @Test(
    .enabled(
      if: sharedVariants > 0 && SharedManifests.folder != nil, "STRATEGYLAB_FUZZ asks for none"))
  func brokenExamplesAreRefusedOrImported() throws {
    let seeds = try SharedManifests.files().map { try RegularFile.read($0, limit: 1_000_000) }
    tryVariants(of: seeds, count: ManifestFuzzTests.sharedVariants, seed: 11)
  }

  private func tryVariants(of seeds: [[UInt8]], count: Int, seed: UInt64) {
    var mutation = ManifestMutation(seed: seed, seeds: seeds)
    let clock = ContinuousClock()
    for variant in 0..<count {
      let bytes = mutation.next()
      let time = clock.measure {
        do throws(ScenarioFileError) {
          let set = try ManifestSet.read([ManifestFile(name: "web.yaml", bytes: bytes)])
          let imported = try ManifestImport.scenario(of: set)
          #expect(!imported.text.isEmpty)
        } catch {
          #expect(!error.diagnostics.isEmpty)
          #expect(!error.rendered(color: false).isEmpty)
        }
      }
      #expect(time < .seconds(5), "variant \(variant): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

/// Breaks texts in ways that people, tools and foes do: bytes, lines, values, keys, structure.
struct ManifestMutation {
  private var stream: RandomStream
  private let seeds: [[UInt8]]
  private static let values = [
    "", "0", "-1", "99999999999999999999", "1e999", "NaN", "\"\"", "null", "~", "[]", "{}", "true",
    "yes", "25%", "\"25\"", "101%", "1.5", "0x10", "*a", "&a b", "!!binary x", "!!int 3",
    "{{ .x }}",
    "[[[[[[[[[[]]]]]]]]]]", "<<", "a: b", "\u{0}", "é", "100000", "4294967296", "1Ei", "| \n x",
  ]

  init(seed: UInt64, seeds: [[UInt8]]) {
    stream = RandomStream(
      seed: seed, replication: 0, purpose: RandomPurpose(rawValue: 1))
    self.seeds = seeds
  }

  /// The next variant: one to four changes of a seed.
  mutating func next() -> [UInt8] {
    var bytes = seeds[pick(seeds.count)]
    for _ in 0...pick(4) { change(&bytes) }
    return bytes
  }

  private mutating func pick(_ count: Int) -> Int { Int(stream.next() % UInt64(max(count, 1))) }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    switch pick(8) {
    case 0: bytes[pick(bytes.count)] = UInt8(pick(256))
    case 1: bytes.remove(at: pick(bytes.count))
    case 2: bytes.insert(UInt8(pick(256)), at: pick(bytes.count))
    case 3: bytes.removeLast(pick(bytes.count))
    default: changeLines(&bytes)
    }
  }

  private mutating func changeLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let line = pick(lines.count)
    switch pick(7) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[pick(lines.count)], at: line)
    case 2: lines[line].insert(contentsOf: Array(repeating: 0x20, count: pick(4)), at: 0)
    case 3: lines[line] = Array(lines[line].drop { $0 == 0x20 })
    case 4:
      let other = pick(lines.count)
      lines.swapAt(line, other)
    case 5:
      guard let colon = lines[line].firstIndex(of: 0x3A) else { break }
      let value = ManifestMutation.values[pick(ManifestMutation.values.count)]
      lines[line] = Array(lines[line][...colon]) + Array(" \(value)".utf8)
    default:
      guard let colon = lines[line].firstIndex(of: 0x3A), colon > 1 else { break }
      let place = colon - 1 - pick(min(colon - 1, 4))
      lines[line].swapAt(place, max(place - 1, 0))
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
