import LabStrategies
import LabUnits

extension Experiment {
  /// What the experiment was asked to do, for the store and for reports.
  ///
  /// - Parameters:
  ///   - text: the scenario file.
  ///   - traceText: the recorded traffic that it names; nil if it names none.
  ///   - hash: the hash of both.
  ///   - assumptions: every value that it assumes.
  ///   - programVersion: the version of the program that plays it.
  /// - Returns: the header of the experiment's record.
  public func header(
    text: String, traceText: String?, hash: String, assumptions: [Assumption],
    programVersion: String
  ) -> ExperimentRecord.Header {
    let plan = scenario.experiment
    let replicas = scenario.service.replicas
    return ExperimentRecord.Header(
      scenarioName: scenario.name, scenarioTitle: scenario.title, scenarioText: text,
      traceText: traceText, scenarioHash: hash, programVersion: programVersion, seed: plan.seed,
      replications: plannedReplications, precisionMillionths: plan.precision?.millionths,
      horizonNanoseconds: plan.horizon.nanoseconds, desiredReplicas: replicas,
      defectProbability: scenario.release.defectProbability.fraction,
      baselineIndex: plan.baseline.flatMap { name in
        scenario.strategies.firstIndex { $0.name == name }
      } ?? 0,
      strategies: scenario.strategies.map { named in
        ExperimentRecord.Strategy(
          name: named.name, kind: named.kind, outline: named.strategy.outline(replicas: replicas))
      },
      assumptions: assumptions, detail: scenario.detailChoice)
  }
}
