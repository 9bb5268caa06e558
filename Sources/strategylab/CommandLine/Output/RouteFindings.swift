import FoundationEssentials
import LabStrategies
import StrategyLab

/// What `route --format json` prints.
struct RouteFindings: Encodable {
  /// The version of this form.
  let schemaVersion = 1
  /// The object whose rules were played.
  let object: String
  /// The rule that takes the request; nil if none does.
  let rule: String?
  /// `forwarded`, `redirected`, `responded`, `refused`, `aborted` or `delegated`.
  let outcome: String
  /// The status, where the router answers.
  let status: Int?
  /// Requests that were played.
  let requests: Int
  /// Requests that a fault aborted.
  let aborted: Int
  /// What each version got.
  let versions: [Version]
  /// What mirrors got.
  let mirrors: [Mirror]
  /// The counts that were seen.
  let observed: Observed?
  /// The rules that were tried before.
  let misses: [Miss]
  /// What was read and plays no part.
  let leftOut: [String]

  struct Version: Encodable {
    let name: String
    let share: Double
    let requests: Int
    let ordinaryFrom: Int
    let ordinaryTo: Int
    let usersShare: Double
    let usersMet: Int?
  }

  struct Mirror: Encodable {
    let name: String
    let share: Double
    let copies: Int
  }

  struct Observed: Encodable {
    let total: Int
    let probability: Double
    let ordinary: Bool
    let sentence: String
  }

  struct Miss: Encodable {
    let rule: String
    let reason: String
  }

  /// A result in this form.
  init(_ result: RouteResult) {
    let route = result.route.outcome
    object = result.route.title
    rule = route.rule
    (outcome, status) = Self.words(route)
    requests = result.play.requests + result.aborted
    aborted = result.aborted
    versions = result.play.rows.map {
      Version(
        name: $0.version.name, share: $0.version.share, requests: $0.count,
        ordinaryFrom: $0.ordinary.lowerBound, ordinaryTo: $0.ordinary.upperBound,
        usersShare: $0.users, usersMet: $0.usersMet)
    }
    mirrors = result.mirrors.map { Mirror(name: $0.name, share: $0.share, copies: $0.copies) }
    observed = result.verdict.map {
      Observed(
        total: $0.total, probability: $0.probability, ordinary: $0.isOrdinary,
        sentence: RouteText.sentence($0))
    }
    misses = route.misses.map { Miss(rule: $0.rule, reason: $0.reason) }
    leftOut = result.leftOut
  }

  private static func words(_ outcome: RouteOutcome) -> (String, Int?) {
    if let abort = outcome.abort, abort.share >= 1 { return ("aborted", abort.status) }
    switch outcome.answer {
    case .forwarded: return ("forwarded", nil)
    case .redirected(let status, _): return ("redirected", status)
    case .responded(let status): return ("responded", status)
    case .refused(let status, _): return ("refused", status)
    case .delegated: return ("delegated", nil)
    }
  }

  /// The findings as one object, keys in alphabetical order.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
