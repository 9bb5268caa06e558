import ArgumentParser
import LabScenarioFiles
import LabStrategies
import StrategyLab

/// `strategylab route`: plays requests through routing rules.
struct RouteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route",
    abstract: "Play requests through the routing rules of manifests: counts by version.",
    discussion: """
      Reads Istio's VirtualService and DestinationRule, Ingresses of ingress-nginx with their canary \
      annotations, HTTPRoutes of Gateway API, and plain Services over Deployments. Says which rule takes \
      the request and why, how many of the requests each version gets, which counts are ordinary, and \
      what share of the users meets each version.

      Examples:
        strategylab route virtualservice.yaml --requests 82
        strategylab route virtualservice.yaml --header username=cherry
        strategylab route virtualservice.yaml --observed v1=72,v2=10
        strategylab route service.yaml deployments.yaml --endpoints v1=3,v2=1
        helm template chart | strategylab route - --users 10000
      """)

  /// How the result is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Sentences and a table for people.
    case text
    /// One object, stable over versions of the program.
    case json
  }

  @Argument(
    help: ArgumentHelp("Manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "How many requests to play; as many as were observed, or 100, if left out.", valueName: "n"))
  var requests: Int?

  @OptionGroup(title: "The request") var request: RequestOptions

  @Option(
    help: ArgumentHelp("How many users to play; 0 for the share alone.", valueName: "n"))
  var users = 0

  @Option(help: ArgumentHelp("How many requests a user makes.", valueName: "n"))
  var requestsPerUser = 20

  @Option(help: ArgumentHelp("Where every random draw comes from.", valueName: "n"))
  var seed = 1

  @Option(
    help: ArgumentHelp(
      "Counts that were seen, to be held against the rules.", valueName: "v1=n,..."))
  var observed: VersionCounts?

  @Option(
    help: ArgumentHelp(
      "Ready endpoints by version, in place of the replicas.", valueName: "v1=n,..."))
  var endpoints: VersionCounts?

  @Option(help: "How to print the result.")
  var format: Format = .text

  /// Checks the ranges.
  func validate() throws {
    for (option, value) in [("requests", requests ?? 0), ("users", users)]
    where !(0...1_000_000_000).contains(value) {
      throw ValidationError("--\(option) takes a number from 0 to 1000000000")
    }
    if !(1...1_000_000).contains(requestsPerUser) {
      throw ValidationError("--requests-per-user takes a number from 1 to 1000000")
    }
    if seed < 0 { throw ValidationError("--seed takes a number from 0") }
  }

  /// Plays the requests and prints what became of them.
  func run() throws {
    let manifests = try RoutingManifests.read(
      paths: files, standardInput: files.contains("-") ? try StandardInput.read() : nil)
    let counts = Dictionary(
      (endpoints?.counts ?? []).map { ($0.name, $0.count) }, uniquingKeysWith: { _, last in last })
    let routing = try ChosenRoute(manifests, request: request, endpoints: counts)
    let seen = observed.map { $0.counts.reduce(0) { $0 + $1.count } }
    let result = RouteResult(
      routing, manifests: manifests, endpoints: counts,
      requests: requests ?? min(seen ?? 100, 1_000_000_000), users: users,
      requestsPerUser: requestsPerUser, seed: UInt64(seed), observed: observed)
    if let observed, let stranger = result.unknownVersion(in: observed) {
      throw CommandFailure(
        .usage, Spelling.unknown("version", stranger, among: result.play.rows.map(\.version.name)))
    }
    switch format {
    case .json: try Console.printResult(try RouteFindings(result).json())
    case .text:
      try Console.printResult(
        RouteText(
          result: result, color: Terminal.standardOutput.allowsColor,
          width: Terminal.standardOutput.width
        ).text)
      for remark in manifests.remarks { Console.complain("warning: \(Console.printable(remark))") }
    }
  }
}
