import LabStrategies
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// Rollouts and Canaries become the strategies of their own controllers.
@Suite struct ControllerImportTests {
  @Test(arguments: ImportFixture.all)
  func aSetOfManifestsIsTheScenarioThatAPersonHasLookedAt(_ fixture: ImportFixture) throws {
    let set = try ManifestSet.read(try fixture.files())
    try fixture.expect(try ManifestImport.scenario(of: set).text)
  }

  @Test(arguments: ImportFixture.all)
  func aGoodReleaseIsPromoted(_ fixture: ImportFixture) throws {
    let scenario = try scenario(fixture)
    #expect(scenario.strategies.count == 1)
    let experiment = Experiment(scenario: scenario)
    for replication in 0..<3 {
      let (run, _) = experiment.play(
        strategyIndex: 0, replication: replication, forcedDefect: ForcedDefect.none)
      #expect(run.outcome == .promoted, "\(fixture.name), replication \(replication)")
    }
  }

  private func scenario(_ fixture: ImportFixture) throws -> Scenario {
    let imported = try ManifestImport.scenario(of: ManifestSet.read(try fixture.files()))
    return try ScenarioReader.read(text: imported.text, path: "it.yaml", traceText: nil).scenario
  }

  private static let rollout = """
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    metadata: {name: web}
    spec:
      replicas: 4
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
      strategy:
        canary:
    """

  private func rollout(_ canary: String, _ others: String...) -> String {
    let lines = canary.split(separator: "\n").map { "      \($0)" }
    return ([Self.rollout + "\n" + lines.joined(separator: "\n") + "\n"] + others)
      .joined(separator: "\n---\n")
  }

  private func template(_ name: String, _ spec: String, kind: String = "AnalysisTemplate")
    -> String
  {
    "{apiVersion: argoproj.io/v1alpha1, kind: \(kind), metadata: {name: \(name)}, spec: \(spec)}"
  }

  private let rate =
    "{name: rate, interval: 1m, count: 3, successCondition: 'result[0] >= 0.95', provider: {prometheus: {query: errors}}}"

  private func messages(_ text: String) -> [String] {
    ManifestFixtures.findings(text).map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  @Test func aCanaryWithoutAnythingIsARollingUpdateOfArgo() throws {
    let canary = try #require(
      try ManifestFixtures.scenario(Self.rollout + " {}").strategies[0].strategy as? ArgoCanary)
    #expect(canary.steps.isEmpty)
    #expect(!canary.isRouted)
  }

  @Test func aTemplateThatIsNotThereIsToldAtItsReference() {
    #expect(
      messages(
        rollout(
          """
          analysis: {templates: [{templateName: shared, clusterScope: true}]}
          steps:
            - analysis: {templates: [{templateName: rate}]}
          """)) == [
          "no manifest describes the ClusterAnalysisTemplate 'shared'",
          "no manifest describes the AnalysisTemplate 'rate' of the namespace 'default'",
        ])
  }

  @Test func anAnalysisThatCannotBePlayedIsListed() throws {
    let text = rollout(
      "steps: [{analysis: {templates: [{templateName: smoke}]}}, {setWeight: 50}]",
      template("smoke", "{metrics: [{name: smoke, provider: {job: {spec: {}}}}]}"))
    let imported = try ManifestImport.scenario(of: ManifestFixtures.set(text))
    #expect(
      imported.leftOut.map { $0.words } == [
        "Rollout web spec.strategy.canary.steps[0].analysis",
        "AnalysisTemplate smoke spec.metrics[0]",
      ])
    let canary = try #require(
      try ManifestFixtures.scenario(text).strategies[0].strategy as? ArgoCanary)
    #expect(canary.steps == [.setWeight(50)])
  }

  @Test func templatesOfTemplatesAreFollowedOnceEvenInACircle() throws {
    let scenario = try ManifestFixtures.scenario(
      rollout(
        "steps: [{analysis: {templates: [{templateName: one}]}}]",
        template("one", "{templates: [{templateName: two}]}"),
        template("two", "{templates: [{templateName: one}], metrics: [\(rate)]}")))
    let canary = try #require(scenario.strategies[0].strategy as? ArgoCanary)
    guard case .analysis(let metrics)? = canary.steps.first else {
      Issue.record("the step is no analysis")
      return
    }
    #expect(metrics.map { $0.name } == ["rate"])
  }

  // Source: Argo Rollouts, utils/analysis/helpers.go, `FlattenTemplates`; utils/template/template.go.
  @Test func whatTemplatesTogetherMayNotDoIsRefused() {
    let steps = "steps: [{analysis: {templates: [{templateName: one}, {templateName: two}]}}]"
    #expect(
      messages(
        rollout(
          steps, template("one", "{metrics: [\(rate)]}"), template("two", "{metrics: [\(rate)]}")))
        == [
          "AnalysisTemplate one and AnalysisTemplate two have a metric of the same name 'rate', and one analysis runs both"
        ])
    #expect(
      messages(
        rollout(
          "steps: [{analysis: {templates: [{templateName: one}]}}]",
          template("one", "{args: [{name: service}], metrics: [\(rate)]}")))
        == ["the analysis gives no value for the argument 'service' of AnalysisTemplate one"])
  }

  // Source: Argo Rollouts, pkg/apis/rollouts/validation/validation_references.go.
  @Test func whatARolloutNamesHasToFitWhereItIsThere() {
    let canary = """
      canaryService: web-canary
      stableService: web-stable
      trafficRouting: {istio: {virtualService: {name: web, routes: [primary]}}}
      """
    let service =
      "{apiVersion: v1, kind: Service, metadata: {name: web-canary}, spec: {selector: {app: shop}, ports: [{port: 80}]}}"
    func virtual(_ route: String, _ host: String) -> String {
      "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web}, spec: {hosts: [web], http: [{name: \(route), route: [{destination: {host: web-stable}, weight: 100}, {destination: {host: \(host)}, weight: 0}]}]}}"
    }
    #expect(messages(rollout(canary)) == [])
    #expect(messages(rollout(canary, virtual("primary", "web-canary"))) == [])
    #expect(
      messages(rollout(canary, service)) == [
        "the Service 'web-canary' asks for labels that the pods of Rollout web do not have"
      ])
    #expect(
      messages(rollout(canary, virtual("second", "web-canary"))) == [
        "VirtualService web has no HTTP route 'primary'"
      ])
    #expect(
      messages(rollout(canary, virtual("primary", "other"))) == [
        "the route of VirtualService web does not lead to the Service 'web-canary' of the candidate"
      ])
  }

  @Test func whatIsNotAmongTheManifestsIsANote() throws {
    let text = rollout(
      "canaryService: a\nstableService: b\ntrafficRouting: {nginx: {stableIngress: web}}")
    let notes = try ManifestImport.scenario(of: ManifestFixtures.set(text)).notes
    #expect(
      notes.contains(
        "not among the manifests, and taken to be as the Rollout needs them: Service a, Service b, Ingress web"
      ), "\(notes)")
  }

  @Test func aPauseWithoutAnEndIsResumedByAPerson() throws {
    let text = rollout("steps: [{setWeight: 50}, {pause: {}}]")
    let imported = try ManifestImport.scenario(of: ManifestFixtures.set(text))
    #expect(
      imported.text.contains(
        "resumeAfter: 5m  # assumption of StrategyLab: a person looks and resumes"))
    #expect(imported.notes.contains { $0.hasPrefix("1 pause has no duration") })
  }

  @Test func bothStrategiesOrNoneAreRefused() {
    let none = Self.rollout.replacing("canary:", with: "{}")
    #expect(
      messages(none) == ["the strategy of Rollout web is neither canary nor blueGreen"])
    let both = Self.rollout + " {}\n    blueGreen: {activeService: web}\n"
    #expect(messages(both) == ["Rollout web has two strategies, canary and blueGreen"])
  }

  @Test(arguments: ["rollout-canary", "rollout-blue-green", "flagger-canary"])
  func aControllerJudgesByItsOwnMetricsAlone(_ name: String) throws {
    var scenario = try scenario(ImportFixture(name: name))
    #expect(!scenario.monitoring.analysis.isEmpty)
    scenario.experiment.replications = 40
    let runs = try Experiment(scenario: scenario).run(threads: 1)
    #expect(runs.contains { $0.outcome == .rolledBack })
    scenario.monitoring.analysis = []
    #expect(try Experiment(scenario: scenario).run(threads: 1) == runs)
  }
}
