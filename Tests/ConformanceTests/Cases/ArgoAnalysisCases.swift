/// The rules of `argo_analysis.json`.
enum ArgoAnalysisCases {
  static let rules: [String: CaseRule] = [:]
}
