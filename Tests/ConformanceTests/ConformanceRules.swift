/// Which rules of the program play the cases of which file.
enum ConformanceRules {
  /// The rules by group.
  static func rules(for file: String) -> [String: CaseRule] {
    let rules = rulesWithoutBounds(for: file)
    guard file.hasPrefix("k8s_") || file.hasPrefix("argo_") else { return rules }
    return rules.mapValues { rule in
      { one in
        guard one.input.fitsControllers else {
          throw NotApplicable("a controller of Kubernetes holds whole numbers of 32 bits")
        }
        return try rule(one)
      }
    }
  }

  private static func rulesWithoutBounds(for file: String) -> [String: CaseRule] {
    switch file {
    case "k8s_rolling.json": KubernetesCases.rules
    case "argo_canary_replicas.json": ArgoCanaryCases.rules
    case "argo_bluegreen.json": ArgoBlueGreenCases.rules
    case "argo_analysis.json": ArgoAnalysisCases.rules
    case "flagger.json": FlaggerCases.rules
    case "nginx_canary.json": NginxCases.rules
    case "istio_routing.json": IstioCases.rules
    case "aws_traffic.json": AWSCases.rules
    case "analytic.json": AnalyticCases.rules
    default: [:]
    }
  }
}

extension CaseValue {
  /// Whether every number in the value is one that the controllers of Kubernetes can hold.
  fileprivate var fitsControllers: Bool {
    switch self {
    case .number(let number): number.magnitude <= Double(Int32.max) + 1
    case .list(let items): items.allSatisfy(\.fitsControllers)
    case .object(let values): values.values.allSatisfy(\.fitsControllers)
    case .null, .flag, .text: true
    }
  }
}
