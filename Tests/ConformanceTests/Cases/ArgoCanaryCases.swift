/// The rules of `argo_canary_replicas.json`.
enum ArgoCanaryCases {
  static let rules: [String: CaseRule] = [:]
}
