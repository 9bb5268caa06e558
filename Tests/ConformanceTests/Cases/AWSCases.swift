/// The rules of `aws_traffic.json`.
enum AWSCases {
  static let rules: [String: CaseRule] = [:]
}
