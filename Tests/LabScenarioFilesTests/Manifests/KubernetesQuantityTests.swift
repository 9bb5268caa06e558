import Testing

@testable import LabScenarioFiles

/// The forms that Kubernetes documents for quantities.
///
/// Source: k8s.io/apimachinery, pkg/api/resource/quantity.go, the grammar in the comment of `Quantity`.
@Suite struct KubernetesQuantityTests {
  @Test(arguments: [
    ("250m", 250), ("0.5", 500), ("1", 1000), ("2.5", 2500), (".5", 500), ("1.", 1000), ("0", 0),
    ("1k", 1_000_000), ("1e2", 100_000), ("100u", 1), ("1n", 1), ("0.0001", 1), ("+1", 1000),
  ])
  func processor(_ text: String, _ thousandths: Int64) {
    #expect(KubernetesQuantity(text)?.whole(perUnit: 1000) == thousandths)
  }

  @Test(arguments: [
    ("128974848", 128_974_848), ("129e6", 129_000_000), ("129M", 129_000_000),
    ("128974848000m", 128_974_848), ("123Mi", 128_974_848), ("1.5Gi", 1_610_612_736),
    ("1Ki", 1024), ("0.1Ki", 103), ("1Ti", 1 << 40), ("1E3", 1000), ("1500m", 2),
  ])
  func memory(_ text: String, _ bytes: Int64) {
    #expect(KubernetesQuantity(text)?.whole(perUnit: 1) == bytes)
  }

  @Test(arguments: [
    "", "-1", "m", "1 m", "1MB", "512mi", "1Gib", "1e", "1e1.5", "0x10", "1_000", "1..2", "NaN",
    "12345678901234567890", ".", "1kk", "１",
  ])
  func anythingElseIsNone(_ text: String) { #expect(KubernetesQuantity(text) == nil) }

  @Test(arguments: ["16Ei", "999999999999999999E", "1e99", "9e18"])
  func whatDoesNotFitIsNone(_ text: String) {
    #expect(KubernetesQuantity(text)?.whole(perUnit: 1000) == nil)
  }
}
