/// The metrics of one replication: a value or nothing for each.
public struct MetricValues: Sendable, Equatable {
  /// One number a metric in the order of `Metric.allCases`; not-a-number stands for an absent value.
  package private(set) var numbers: [Double]

  /// No value for any metric.
  public init() {
    numbers = Array(repeating: .nan, count: Metric.allCases.count)
  }

  /// The value of a metric, nil where it does not apply.
  public subscript(metric: Metric) -> Double? {
    get {
      let number = numbers[metric.ordinal]
      return number.isNaN ? nil : number
    }
    set { numbers[metric.ordinal] = newValue ?? .nan }
  }

  /// Equal when the same metrics are present with the same values.
  public static func == (left: MetricValues, right: MetricValues) -> Bool {
    zip(left.numbers, right.numbers).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}
