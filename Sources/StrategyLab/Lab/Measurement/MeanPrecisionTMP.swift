import LabUnits

enum MeanPrecision {
  static func isReached(runs: [RunResult], strategies: Int, precision: Share) -> Bool { false }
}
