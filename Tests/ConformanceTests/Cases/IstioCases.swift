/// The rules of `istio_routing.json`.
enum IstioCases {
  static let rules: [String: CaseRule] = [:]
}
