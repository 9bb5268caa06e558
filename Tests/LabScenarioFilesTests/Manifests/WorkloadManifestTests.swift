import Testing

@testable import LabScenarioFiles

/// What the API server refuses, and what it would drop in silence.
///
/// Source: Kubernetes, pkg/apis/apps/validation/validation_test.go, `TestValidateDeployment`.
@Suite struct WorkloadManifestTests {
  private func first(spec: String = "", container: String = "", replicas: String = "4") -> String? {
    ManifestFixtures.findings(
      ManifestFixtures.deployment(replicas: replicas, spec: spec, container: container)
    ).first.map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  @Test(arguments: [
    ("strategy: {type: Rolling}", "type: 'Rolling' is not one of RollingUpdate, Recreate"),
    (
      "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}",
      "maxSurge and maxUnavailable are both 0: nothing could ever move"
    ),
    (
      "strategy: {rollingUpdate: {maxSurge: \"25\"}}",
      "maxSurge: \"25\" is a text without a percent sign"
    ),
    ("strategy: {rollingUpdate: {maxSurge: -1}}", "maxSurge: -1 is below 0"),
    (
      "strategy: {rollingUpdate: {maxSurge: 2.5%}}",
      "maxSurge: '2.5%' is not a percentage of whole percent"
    ),
    ("strategy: {rollingUpdate: {maxUnavailable: 101%}}", "maxUnavailable is above 100%"),
    ("strategy: {rollingUpdate: {maxSruge: 1}}", "unknown key 'maxSruge'"),
    (
      "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}",
      "rollingUpdate may not be written where the type is Recreate"
    ),
    ("replica: 3", "unknown key 'replica'"),
    ("minReadySeconds: -5", "minReadySeconds -5 is below 0"),
    ("minReadySeconds: 010", "minReadySeconds: '010' is not a whole number"),
    (
      "minReadySeconds: \"5\"",
      "minReadySeconds: the text \"5\" stands where a number or a flag is expected"
    ),
  ])
  func specifications(_ spec: String, _ message: String) {
    #expect(first(spec: spec) == message)
  }

  @Test func theDeadlineIsAboveMinReady() {
    #expect(
      first(spec: "minReadySeconds: 600\nprogressDeadlineSeconds: 600")
        == "progressDeadlineSeconds 600 is not above minReadySeconds 600")
  }

  @Test(arguments: [
    (
      "readinessProbe: {httpGet: {path: /, port: 80}, exec: {command: [a]}}",
      "the probe has several handlers: exec, httpGet"
    ),
    ("readinessProbe: {periodSeconds: 5}", "the probe has no handler"),
    (
      "readinessProbe: {tcpSocket: {port: 80}, initialDelaySecond: 5}",
      "unknown key 'initialDelaySecond'"
    ),
    ("livenessProb: {}", "unknown key 'livenessProb'"),
    ("lifecycle: {preStop: {sleep: {seconds: soon}}}", "seconds: 'soon' is not a whole number"),
  ])
  func containers(_ container: String, _ message: String) {
    #expect(first(container: container) == message)
  }

  @Test(arguments: [
    ("0", "Deployment web has no replica, so that there is nothing to release"),
    ("200000", "200000 replicas are more than the 100000 that can be played"),
    ("four", "replicas: 'four' is not a whole number"),
  ])
  func replicas(_ replicas: String, _ message: String) {
    #expect(first(replicas: replicas) == message)
  }

  @Test func theSelectorMustMatchThePods() {
    let text = ManifestFixtures.deployment().replacing(
      "labels: {app: web}", with: "labels: {app: shop}")
    #expect(
      ManifestFixtures.findings(text) == [
        "8:5: the selector of Deployment web does not match the labels of its pods"
      ])
  }

  @Test(arguments: [
    ("extensions/v1beta1", "no cluster of today serves Deployment in extensions/v1beta1"),
    ("v1", "there is no Deployment in v1"), ("app/v1", "there is no Deployment in app/v1"),
  ])
  func versionsThatAreGoneAreRefused(_ version: String, _ message: String) {
    let text = ManifestFixtures.deployment().replacing("apps/v1", with: version)
    #expect(ManifestFixtures.findings(text) == ["1:1: \(message)"])
  }

  @Test func aMisspeltKindIsRefused() {
    let text = ManifestFixtures.deployment().replacing("kind: Deployment", with: "kind: Deploymnet")
    #expect(ManifestFixtures.findings(text) == ["1:1: there is no kind Deploymnet in apps/v1"])
  }

  @Test(arguments: [
    (["sleep", "15"], 15), (["sh", "-c", "sleep 15"], 15),
    (["/bin/sh", "-c", "sleep 5 && kill 1"], 5),
    (["/bin/sleep", "0.5"], 1), (["sh", "-c", "nginx -s quit; sleep 1m"], 60), (["sleep"], nil),
    (["sh", "-c", "drain"], nil), (["sleep", "1e300"], nil), (["sleep", "-3"], nil),
  ])
  func sleepsOfHooks(_ command: [String], _ seconds: Int?) {
    #expect(ContainerManifest.sleepSeconds(command) == seconds)
  }
}
