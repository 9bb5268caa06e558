/// The rules of `flagger.json`.
enum FlaggerCases {
  static let rules: [String: CaseRule] = [:]
}
