import LabScenarioFiles
import Testing

@testable import StrategyLabCLI

/// Routing manifests that are broken in every way: each is played or refused, none crashes, none takes long.
@Suite struct RouteFuzzTests {
  private static let seeds = [
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: web
    spec:
      hosts: [web]
      http:
        - match:
            - headers:
                user: {regex: "(a|b)*c{1,3}"}
              uri: {prefix: /api}
          fault:
            abort: {httpStatus: 503, percentage: {value: 10}}
            delay: {fixedDelay: 2s, percentage: {value: 1.5}}
          route:
            - destination: {host: web, subset: v1, port: {number: 80}}
              weight: 90
            - destination: {host: web, subset: v2}
              weight: 10
          mirror: {host: web, subset: v2}
          mirrorPercentage: {value: 50}
        - route:
            - destination: {host: web}
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: web}
    spec:
      host: web
      trafficPolicy:
        loadBalancer:
          consistentHash:
            httpCookie: {name: user, ttl: 0s}
      subsets:
        - name: v1
          labels: {version: v1}
        - name: v2
          labels: {version: v2}
    """,
    """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/affinity: cookie
    spec:
      rules:
        - host: web.example
          http: &paths
            paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web-canary
      annotations:
        nginx.ingress.kubernetes.io/canary: "true"
        nginx.ingress.kubernetes.io/canary-weight: "10"
        nginx.ingress.kubernetes.io/canary-weight-total: "1000"
        nginx.ingress.kubernetes.io/canary-by-header: user
        nginx.ingress.kubernetes.io/canary-by-header-pattern: "^[a-c]+$"
    spec:
      rules:
        - host: web.example
          http:
            paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: web-canary, port: {number: 80}}}
    """,
    """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: web}
    spec:
      hostnames: [web.example]
      rules:
        - matches:
            - path: {type: PathPrefix, value: /}
              headers:
                - {name: user, type: RegularExpression, value: "a.*"}
          filters:
            - type: RequestMirror
              requestMirror: {backendRef: {name: web-v2, port: 80}, percent: 20}
          backendRefs:
            - {name: web-v1, port: 80, weight: 9}
            - {name: web-v2, port: 80, weight: 1}
    """,
    """
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{port: 80}]
      - apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web-v1}
        spec:
          replicas: 9
          template:
            metadata: {labels: {app: web, version: v1}}
      - apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web-v2}
        spec:
          replicas: 1
          template:
            metadata: {labels: {app: web, version: v2}}
    """,
  ]

  @Test func theSeedsArePlayed() throws {
    for seed in Self.seeds { #expect(try play(Array(seed.utf8)).contains("requests")) }
  }

  @Test func brokenManifestsArePlayedOrRefused() {
    var mutation = RouteMutation(state: 17)
    let seeds = Self.seeds.map { Array($0.utf8) }
    for variant in 0..<2000 {
      let bytes = mutation.variant(of: seeds[variant % seeds.count])
      let time = ContinuousClock().measure {
        do {
          #expect(!(try play(bytes)).isEmpty)
        } catch let error as ScenarioFileError {
          #expect(!error.diagnostics.isEmpty)
          #expect(!error.rendered(color: false).isEmpty)
        } catch let error as CommandFailure {
          #expect(!error.message.isEmpty)
        } catch {
          Issue.record("\(error)")
        }
      }
      #expect(time < .seconds(5), "\(variant): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private func play(_ bytes: [UInt8]) throws -> String {
    let manifests = try RoutingManifests.read(paths: ["-"], standardInput: bytes)
    let request = try RequestOptions.parse(["--header", "user=aaab", "--path", "/api/x?q=1"])
    let route = try ChosenRoute(manifests, request: request, endpoints: [:])
    let result = RouteResult(
      route, manifests: manifests, endpoints: [:], requests: 50, users: 10, requestsPerUser: 3,
      seed: 1, observed: VersionCounts(argument: "v1=45,v2=5"))
    return RouteText(result: result, color: false, width: 80).text
      + (try RouteFindings(result).json())
  }
}

/// Breaks texts line by line and byte by byte.
private struct RouteMutation {
  var state: UInt64
  private static let values = [
    "", "0", "-1", "99999999999999999999", "1e308", "NaN", "\"\"", "null", "[]", "{}", "true",
    "\"5\"", "101", "0.5", "*paths", "\"(((((a*)*)*)*)*)*b\"", "\"a{1000}{1000}\"", "\"[\"", "*",
    "a: b", "\u{0}", "é", "4294967296", "/",
  ]

  private mutating func pick(_ count: Int) -> Int {
    // Source: Knuth, MMIX: a linear congruential generator is random enough to break things.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(count, 1)))
  }

  mutating func variant(of seed: [UInt8]) -> [UInt8] {
    var bytes = seed
    for _ in 0...pick(4) where !bytes.isEmpty {
      switch pick(9) {
      case 0: bytes[pick(bytes.count)] = UInt8(pick(256))
      case 1: bytes.remove(at: pick(bytes.count))
      case 2: bytes.removeLast(pick(bytes.count))
      default: changeLine(&bytes)
      }
    }
    return bytes
  }

  private mutating func changeLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let line = pick(lines.count)
    switch pick(5) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[pick(lines.count)], at: line)
    case 2: lines.swapAt(line, pick(lines.count))
    default:
      guard let colon = lines[line].lastIndex(of: 0x3A) else { return }
      let value = Self.values[pick(Self.values.count)]
      lines[line] = Array(lines[line][...colon]) + Array(" \(value)".utf8)
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
