/// The rules of `argo_bluegreen.json`.
enum ArgoBlueGreenCases {
  static let rules: [String: CaseRule] = [:]
}
