/// Which rules of the program play the cases of which file.
enum ConformanceRules {
  /// The rules by group.
  static func rules(for file: String) -> [String: CaseRule] {
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
