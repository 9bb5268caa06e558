import Foundation
import Testing

/// What `route` prints for the manifests of `Scenarios/manifests`, word for word, in a window of 80 columns.
@Suite struct RouteCommandTests {
  /// The folder of the manifests, found from this file.
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Scenarios/manifests").standardizedFileURL.path

  private static func run(_ folder: String, _ options: [String]) throws -> Program.Outcome {
    try Program.run(
      ["route", "\(Self.folder)/\(folder)"] + options,
      shell: "export COLUMNS=80 NO_COLOR=1; exec \"$0\" \"$@\"")
  }

  @Test(arguments: [
    (
      "mesh-weights", ["--requests", "82"],
      """
      Of 82 requests, 79 go to v1 and 3 to v2.
      VirtualService greeting, decided by rule 1.

      version  share  played  95% range  users in 20 requests
      v1         90%      79   68 to 79                100.0%
      v2         10%       3    3 to 14                 87.8%

      Each request is drawn anew, so 87.8% of the users meet v2 within 20 requests,
      though it gets 10% of the requests.

      """
    ),
    (
      "mesh-weights", ["--observed", "v1=72,v2=10", "--users", "10000"],
      """
      72 and 10 of 82 are ordinary for 90/10.
      VirtualService greeting, decided by rule 1.

      version  share  seen  played  95% range  users in 20 requests  of 10000 users
      v1         90%    72      79   68 to 79                100.0%           10000
      v2         10%    10       3    3 to 14                 87.8%            8770

      Chance alone is at least as far out in 60.6% of such loops.
      Each request is drawn anew, so 87.8% of the users meet v2 within 20 requests,
      though it gets 10% of the requests.

      """
    ),
    (
      "mesh-weights", ["--observed", "v1=60,v2=22"],
      """
      60 and 22 of 82 are not ordinary for 90/10.
      VirtualService greeting, decided by rule 1.

      version  share  seen  played  95% range  users in 20 requests
      v1         90%    60      79   68 to 79                100.0%
      v2         10%    22       3    3 to 14                 87.8%

      Chance alone is at least as far out in under 0.1% of such loops.
      Each request is drawn anew, so 87.8% of the users meet v2 within 20 requests,
      though it gets 10% of the requests.

      """
    ),
    (
      "mesh-header", ["--header", "username=cherry"],
      """
      All 100 requests go to v1.
      VirtualService greeting, decided by rule 1, because the header 'username' is
      'cherry'.

      Nothing is drawn: every request like this one goes to v1.

      """
    ),
    (
      "mesh-header", ["--requests", "82"],
      """
      All 82 requests go to v2.
      VirtualService greeting, decided by rule 2.

      Nothing is drawn: every request like this one goes to v2.

      Tried before:
        Rule 1: the header 'username' is missing.

      """
    ),
    (
      "replica-counts", ["--requests", "82"],
      """
      Of 82 requests, 79 go to v1 and 3 to v2.
      Service greeting, decided by the number of ready endpoints.

      version  share  played  95% range  users in 20 requests
      v1         90%      79   68 to 79                100.0%
      v2         10%       3    3 to 14                 87.8%

      Each connection is drawn anew and keeps its endpoint. With a connection for each
      request 87.8% of the users meet v2 within 20 requests, though it gets 10% of the
      requests.

      """
    ),
    (
      "replica-counts", ["--endpoints", "v1=3,v2=3", "--requests-per-user", "1"],
      """
      Of 100 requests, 57 go to v1 and 43 to v2.
      Service greeting, decided by the number of ready endpoints.

      version  share  played  95% range  users in 1 request
      v1         50%      57   40 to 60                 50%
      v2         50%      43   40 to 60                 50%

      Each connection is drawn anew and keeps its endpoint. With a connection for each
      request 50% of the users meet v2 within 1 requests, though it gets 50% of the
      requests.

      """
    ),
    (
      "nginx-canary", ["--requests", "82"],
      """
      Of 82 requests, 79 go to v1 and 3 to v2.
      Ingress greeting, greeting-canary, decided by the weight of Ingress
      'greeting-canary'.

      version  share  played  95% range  users in 20 requests
      v1         90%      79   68 to 79                100.0%
      v2         10%       3    3 to 14                 87.8%

      Each request is drawn anew, so 87.8% of the users meet v2 within 20 requests,
      though it gets 10% of the requests.

      """
    ),
  ])
  func theAnswerComesFirst(_ folder: String, _ options: [String], _ text: String) throws {
    let outcome = try Self.run(folder, options)
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    #expect(outcome.output == text)
  }

  @Test func theSameIsOneObject() throws {
    let outcome = try Self.run("nginx-canary", ["--observed", "v1=72,v2=10", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let findings = try #require(object as? [String: Any])
    #expect(findings["schema_version"] as? Int == 1)
    #expect(findings["requests"] as? Int == 82)
    let versions = try #require(findings["versions"] as? [[String: Any]])
    #expect(versions.map { $0["name"] as? String } == ["v1", "v2"])
    #expect(versions.map { $0["share"] as? Double } == [0.9, 0.1])
    let observed = try #require(findings["observed"] as? [String: Any])
    #expect(observed["ordinary"] as? Bool == true)
  }

  @Test func standardInputIsRead() throws {
    let outcome = try Program.run(
      ["route", "-"], shell: "cat '\(Self.folder)'/mesh-weights/v*.yaml | \"$0\" \"$@\"")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("Of 100 requests, "))
    #expect(outcome.output.contains("greeting-v2"))
  }

  @Test func whatIstioRefusesHasItsPlace() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/routes.yaml"
      try """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web}
      spec:
        hosts: [web]
        http:
          - route:
              - destination: {host: web-v1}
              - destination: {host: web-v2}
      """.write(toFile: path, atomically: true, encoding: .utf8)
      for verb in ["route", "import", "compare", "validate"] {
        let outcome = try Program.run([verb, folder])
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("\(path):7:7: error: none of the 2 destinations has"))
      }
    }
  }

  @Test func versionsThatNobodyKnowsAreUsageErrors() throws {
    let outcome = try Self.run("mesh-weights", ["--observed", "v1=72,v3=10"])
    #expect(outcome.status == 64)
    #expect(outcome.complaints.contains("'v3'"))
  }

  @Test func manifestsAreValidatedTogether() throws {
    let outcome = try Program.run(["validate", "\(Self.folder)/mesh-weights"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "\(Self.folder)/mesh-weights: ok, greeting-v1, 1 strategy\n")
    #expect(outcome.complaints.contains("greeting-v2 is the candidate: the larger weight"))
  }

  @Test func manifestsAreSimulated() throws {
    let outcome = try Program.run(["simulate", "\(Self.folder)/mesh-weights", "--format", "csv"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("candidate"))
  }
}
