import ArgumentParser
import LabStrategies

/// The request that `route` plays.
struct RequestOptions: ParsableArguments {
  @Option(
    name: .customLong("header"),
    help: ArgumentHelp("A header of the request; may be repeated.", valueName: "name=value"))
  var headers: [String] = []

  @Option(
    name: .customLong("cookie"),
    help: ArgumentHelp("A cookie of the request; may be repeated.", valueName: "name=value"))
  var cookies: [String] = []

  @Option(help: ArgumentHelp("The path of the request.", valueName: "path"))
  var path = "/"

  @Option(help: ArgumentHelp("The method of the request.", valueName: "method"))
  var method = "GET"

  @Option(
    name: .customLong("query"),
    help: ArgumentHelp("A parameter of the query; may be repeated.", valueName: "name=value"))
  var query: [String] = []

  @Option(
    help: ArgumentHelp(
      "The host that the client asks for; it also picks the rules.", valueName: "host"))
  var host: String?

  /// Checks that every pair is one.
  func validate() throws {
    for (option, pairs) in [("header", headers), ("cookie", cookies), ("query", query)] {
      for pair in pairs where !pair.contains("=") || pair.hasPrefix("=") {
        throw ValidationError("--\(option) takes name=value, not '\(pair)'")
      }
    }
    if !path.hasPrefix("/") { throw ValidationError("--path takes a path that begins with '/'") }
  }

  /// The request for a host.
  func request(for authority: String) -> RoutedRequest {
    var request = RoutedRequest()
    request.method = method
    request.authority = host ?? authority
    let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    request.path = String(parts[0])
    request.query = query.map(Self.pair)
    if parts.count > 1 {
      request.query += parts[1].split(separator: "&").map { Self.pair(String($0)) }
    }
    request.headers = headers.map(Self.pair)
    if !cookies.isEmpty {
      // A client sends all its cookies in one header.
      request.headers.append(NamedText("cookie", cookies.joined(separator: "; ")))
    }
    return request
  }

  private static func pair(_ text: String) -> NamedText {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return NamedText(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }
}

/// Counts by version on the command line: `v1=72,v2=10`.
struct VersionCounts: ExpressibleByArgument, Equatable {
  /// The counts, in their order.
  var counts: [(name: String, count: Int)]

  init?(argument: String) {
    counts = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty, let count = Int(pair[1]),
        (0...1_000_000_000).contains(count)
      else { return nil }
      counts.append((String(pair[0]), count))
    }
  }

  static func == (left: VersionCounts, right: VersionCounts) -> Bool {
    left.counts.elementsEqual(right.counts, by: ==)
  }
}
