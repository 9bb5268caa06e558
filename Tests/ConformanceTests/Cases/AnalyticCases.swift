/// The rules of `analytic.json`.
enum AnalyticCases {
  static let rules: [String: CaseRule] = [:]
}
