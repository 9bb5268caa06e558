/// The rules of `nginx_canary.json`.
enum NginxCases {
  static let rules: [String: CaseRule] = [:]
}
