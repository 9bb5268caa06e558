import LabStrategies
import LabUnits
import Testing

@Suite struct FlaggerRuleTests {
  /// pkg/apis/flagger/v1beta1/canary.go, GetAnalysisInterval; Go, time/format.go, ParseDuration.
  @Test(
    arguments: [
      (nil, 60), ("", 60), ("bogus", 60), ("5s", 10), ("10s", 10), ("30s", 30), ("1m30s", 90),
      ("1.5h", 5400), ("500ms", 10), ("-5s", 10), ("60", 60), ("1s30m", 1801), ("0", 10),
      ("1d", 60), (".s", 60), ("1..5s", 60),
    ] as [(String?, Int)])
  func intervalsAreReadAsGoReadsThem(_ text: String?, seconds: Int) {
    #expect(FlaggerDefaults.interval(text) == .seconds(seconds))
  }

  @Test(arguments: [(nil, 1), (0, 1), (-1, 1), (5, 5)] as [(Int?, Int)])
  func aThresholdIsAtLeastOne(_ given: Int?, threshold: Int) {
    #expect(FlaggerDefaults.threshold(given) == threshold)
  }

  /// pkg/apis/flagger/v1beta1/canary_test.go, TestCanary_GetDeploymentStrategy.
  @Test(
    arguments: [
      (FlaggerAnalysis(stepWeight: 10, maxWeight: 30), FlaggerAnalysis.Mode.canary),
      (FlaggerAnalysis(stepWeights: [10, 20, 30]), .canary),
      (FlaggerAnalysis(iterations: 5), .blueGreen),
      (FlaggerAnalysis(iterations: 10, hasMatch: true), .abTesting),
      (FlaggerAnalysis(), .canary),
    ])
  func theNumbersChooseTheStrategy(_ analysis: FlaggerAnalysis, mode: FlaggerAnalysis.Mode) {
    #expect(analysis.mode == mode)
  }

  struct Readiness: Sendable {
    var status: FlaggerDeploymentStatus
    var threshold = 100
    var deadline = Span.minutes(10)
    var word: String
  }

  /// pkg/canary/deployment_ready_test.go.
  @Test(
    arguments: [
      Readiness(status: .init(isObserved: false), word: "unobserved"),
      Readiness(status: .init(replicas: 1, updated: 1, available: 1), word: "ready"),
      Readiness(status: .init(desired: 2, updated: 1), word: "waiting"),
      Readiness(status: .init(replicas: 2, updated: 1), word: "waiting"),
      Readiness(status: .init(updated: 2, available: 1), word: "waiting"),
      Readiness(status: .init(hasExceededDeadline: true), word: "stuck"),
      Readiness(
        status: .init(updated: 2, available: 1, unavailableFor: .seconds(10)),
        deadline: .seconds(5), word: "stuck"),
      Readiness(status: .init(updated: 4, available: 2), threshold: 50, word: "ready"),
      Readiness(status: .init(updated: 4, available: 1), threshold: 50, word: "waiting"),
    ])
  func deploymentsAreReadyAsUpstreamSees(_ one: Readiness) {
    let readiness = one.status.readiness(threshold: one.threshold, deadline: one.deadline)
    let word =
      switch readiness {
      case .ready: "ready"
      case .unobserved: "unobserved"
      case .waiting: "waiting"
      case .stuck: "stuck"
      }
    #expect(word == one.word)
  }

  /// pkg/canary/deployment_controller.go, ScaleFromZero.
  @Test func theCanaryTakesItsSizeFromTheFirstThatSays() {
    func size(_ own: Int?, _ primary: Int?, _ hasAutoscaler: Bool, _ least: Int?) -> Int {
      FlaggerScaling.canaryReplicas(
        own: own, primary: primary, hasAutoscaler: hasAutoscaler, leastReplicas: least)
    }
    #expect(size(3, 5, false, nil) == 3)
    #expect(size(0, 5, false, nil) == 5)
    #expect(size(nil, 5, true, 2) == 2)
    #expect(size(0, 5, true, nil) == 1)
    #expect(size(nil, nil, false, nil) == 1)
  }

  /// pkg/router/istio_test.go, TestIstioRouter_SetRoutes and TestIstioRouter_ABTest.
  @Test func meshRulesAreTriedInOrder() {
    #expect(
      FlaggerMeshRoutes.rules(primaryWeight: 60, canaryWeight: 40) == [
        .init(.any, primaryWeight: 60, canaryWeight: 40)
      ])
    #expect(
      FlaggerMeshRoutes.rules(primaryWeight: 0, canaryWeight: 100, hasMatch: true) == [
        .init(.analysisMatch, primaryWeight: 0, canaryWeight: 100),
        .init(.any, primaryWeight: 0, canaryWeight: nil),
      ])
    #expect(
      FlaggerMeshRoutes.rules(
        primaryWeight: 100, canaryWeight: 0, isMirrored: true, mirrorWeight: 10) == [
          .init(
            .any, primaryWeight: 100, canaryWeight: 0, isMirrored: true, mirrorPercentage: 10)
        ])
  }

  /// pkg/router/gateway_api_test.go, TestGatewayAPIRouter_getSessionAffinityRouteRules.
  @Test func cookiesKeepUsersWithTheirVersion() {
    let affinity = FlaggerSessionAffinity(
      cookieAge: 300, primaryCookieAge: 15, hasPreviousCookie: true)
    #expect(
      FlaggerMeshRoutes.rules(primaryWeight: 90, canaryWeight: 10, affinity: affinity) == [
        .init(.canaryCookie, primaryWeight: 0, canaryWeight: 100),
        .init(.primaryCookie, primaryWeight: 100, canaryWeight: 0),
        .init(
          .any, primaryWeight: 90, canaryWeight: 10, canaryCookieAge: 300, primaryCookieAge: 15),
      ])
    #expect(
      FlaggerMeshRoutes.rules(primaryWeight: 100, canaryWeight: 0, affinity: affinity) == [
        .init(.previousCanaryCookie, primaryWeight: 100, canaryWeight: 0, cookieAge: -1),
        .init(.any, primaryWeight: 100, canaryWeight: 0),
      ])
  }

  /// pkg/router/ingress_test.go, TestIngressRouter_GetSetRoutes and TestIngressRouter_ABTest.
  @Test func ingressAnnotationsNameTheCondition() {
    func text(_ weight: Int, _ match: [FlaggerHeaderMatch] = []) -> String {
      FlaggerIngressAnnotations.annotations(canaryWeight: weight, match: match)
        .map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
    #expect(text(50) == "canary=true canary-weight=50")
    #expect(text(0) == "canary=true canary-weight=0")
    #expect(
      text(100, [.init(header: "x-user-type", exact: "test")])
        == "canary=true canary-by-header=x-user-type canary-by-header-value=test")
    #expect(
      text(100, [.init(header: "x-user-type", regex: "test")])
        == "canary=true canary-by-header=x-user-type canary-by-header-pattern=test")
    #expect(
      text(100, [.init(header: "cookie", exact: "test")]) == "canary=true canary-by-cookie=test")
  }

  /// pkg/controller/scheduler_metrics.go: no values found is a failure.
  @Test func aCheckWithoutDataFails() {
    let metric = FlaggerMetric(
      name: "request-success-rate", of: .failures, maximum: .percent(1), interval: .minutes(1))
    #expect(metric.failure(in: .init()) == "request-success-rate has no data")
    #expect(metric.failure(in: .init(requests: 100, failed: 1)) == nil)
    #expect(
      metric.failure(in: .init(requests: 100, failed: 2))
        == "request-success-rate: 2 of 100 requests failed, at most 1% may")
  }
}
