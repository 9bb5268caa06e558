/// The rules of `k8s_rolling.json`.
enum KubernetesCases {
  static let rules: [String: CaseRule] = [:]
}
