import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// All that is wrong with a file is said at once, contradictions among its sound parts included.
@Suite struct ContradictionTests {
  private func lines(_ text: String) -> [String] {
    do throws(ScenarioFileError) {
      _ = try ScenarioReader.read(text: text, path: "shop.yaml", traceText: nil)
      return []
    } catch {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
    }
  }

  @Test func contradictionsAreFoundBesideFaults() {
    #expect(
      lines(
        """
        service: {replicas: 2, workers: many}
        traffic: 5
        strategies:
        - {kind: rolling-update, maxSurge: 0, maxUnavailable: 0}
        - {kind: canary, stps: 1}
        experiment: {horizon: 10s}
        """) == [
          "1:33 workers: 'many' is not a whole number", "2:10 traffic: 5 has no unit",
          "4:36 maxSurge and maxUnavailable are both 0: nothing could ever move",
          "5:18 unknown key 'stps'",
        ])
  }

  @Test func whatIsInDoubtContradictsNothing() {
    #expect(
      lines(
        """
        service: {replicas: 2}
        traffic: 5/s
        strategies: [recreate, {kind: canary, nam: b}]
        experiment: {baseline: b}
        """) == ["3:39 unknown key 'nam'"])
  }

  @Test func theHorizonIsHeldAgainstSoundPlans() {
    #expect(
      lines(
        """
        service: {replicas: 2, workers: many}
        traffic: 5/s
        strategies: [{kind: blue-green, hold: 1h}]
        experiment: {horizon: 10m}
        """
      ) == [
        "1:33 workers: 'many' is not a whole number",
        "4:23 the horizon is shorter than the plan of 'blue-green', which takes at least 3660 s without any start-up",
      ])
  }
}
