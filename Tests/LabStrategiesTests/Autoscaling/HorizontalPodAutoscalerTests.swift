import LabStrategies
import LabUnits
import Testing

/// The arithmetic of the autoscaler against upstream's own cases.
///
/// Source: Kubernetes, pkg/controller/podautoscaler/replica_calculator_test.go; the names of its tests stand
/// beside the rows. Requests are 1 core each there, so that levels are thousandths of the request.
@Suite struct HorizontalPodAutoscalerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var current: Int
    var levels: [Int]
    var unready = 0
    var missing = 0
    var target: Int
    var expected: Int?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "ScaleUp", current: 3, levels: [300, 500, 700], target: 30, expected: 5),
    Row(
      name: "ScaleUpUnreadyLessScale", current: 3, levels: [500, 700], unready: 1, target: 30,
      expected: 4),
    Row(
      name: "ScaleUpHotCpuLessScale", current: 3, levels: [500, 700], unready: 1, target: 30,
      expected: 4),
    Row(
      name: "ScaleUpUnreadyNoScale", current: 3, levels: [400], unready: 2, target: 30,
      expected: 3),
    Row(name: "ScaleDown", current: 5, levels: [100, 300, 500, 250, 250], target: 50, expected: 3),
    Row(
      name: "ScaleDownIncludeUnreadyPods", current: 5, levels: [100, 300, 500, 250, 250],
      target: 50, expected: 3),
    Row(
      name: "ScaleDownExcludeUnscheduledPods", current: 5, levels: [100], unready: 4, target: 50,
      expected: 1),
    Row(
      name: "ScaleDownIgnoreHotCpuPods", current: 5, levels: [100, 300, 500], unready: 2,
      target: 50, expected: 2),
    Row(name: "Tolerance", current: 3, levels: [900, 1000, 1100], target: 100, expected: 3),
    Row(
      name: "SuperfluousMetrics", current: 4,
      levels: [400, 500, 900, 500, 270, 200, 180, 500, 200, 800], target: 100, expected: 5),
    Row(
      name: "MissingMetrics", current: 4, levels: [400, 95], missing: 2, target: 100, expected: 3),
    Row(name: "EmptyMetrics", current: 4, levels: [], missing: 4, target: 100, expected: nil),
    Row(
      name: "MissingMetricsNoChangeEq", current: 2, levels: [1000], missing: 1, target: 100,
      expected: 2),
    Row(
      name: "MissingMetricsNoChangeGt", current: 2, levels: [1900], missing: 1, target: 100,
      expected: 2),
    Row(
      name: "MissingMetricsNoChangeLt", current: 2, levels: [600], missing: 1, target: 100,
      expected: 2),
    Row(
      name: "MissingMetricsUnreadyChange", current: 3, levels: [100, 450], unready: 1, target: 50,
      expected: 2),
    Row(
      name: "MissingMetricsUnreadyScaleUp", current: 3, levels: [2000], unready: 1, missing: 1,
      target: 50, expected: 4),
  ])
  func followsUpstreamsCases(_ row: Row) {
    let autoscaler = HorizontalPodAutoscaler(maximum: 100, target: .percent(row.target))
    let pods = PodUsage(
      measured: row.levels.count, thousandths: row.levels.reduce(0, +), unready: row.unready,
      missing: row.missing)
    #expect(autoscaler.recommendation(current: row.current, pods: pods) == row.expected)
  }

  @Test(arguments: [
    // Current, use and target, desired: inside of a tenth nothing moves.
    (10, 0.30, 60, 5), (10, 0.95, 100, 10), (10, 1.09, 100, 10), (10, 1.2, 100, 12),
    (3, 2.5, 100, 8), (10, 0.91, 100, 10), (10, 0.89, 100, 9), (1, 0.0, 60, 0),
  ])
  func everyReplicaReady(_ current: Int, _ use: Double, _ target: Int, _ expected: Int) {
    let autoscaler = HorizontalPodAutoscaler(maximum: 100, target: .percent(target))
    let ratio = use / Double(target) * 100
    #expect(autoscaler.replicas(current: current, ready: current, ratio: ratio) == expected)
  }

  @Test(arguments: [(1, [1, 5, 10, 20, 40]), (3, [3, 7, 14, 28, 56]), (5, [5, 10, 20, 40, 80])])
  func theStandardRulesDoubleOrAddFourInFifteenSeconds(_ start: Int, _ expected: [Int]) {
    let autoscaler = HorizontalPodAutoscaler(maximum: 1000)
    var history = ScalingHistory()
    var sizes = [start]
    for period in 0..<4 {
      sizes.append(
        autoscaler.sync(
          current: sizes[period], pods: PodUsage(measured: sizes[period], utilization: 100),
          history: &history, at: .zero + .seconds(15 * period)))
    }
    #expect(sizes == expected)
  }

  @Test func withinAPeriodTheRulesCountWhatWasAdded() {
    let autoscaler = HorizontalPodAutoscaler(maximum: 1000)
    var history = ScalingHistory()
    var size = 10
    for second in [0, 5, 10, 14, 15] {
      size = autoscaler.sync(
        current: size, pods: PodUsage(measured: size, utilization: 100), history: &history,
        at: .zero + .seconds(second))
      #expect(size == (second < 15 ? 20 : 40), "at \(second) s")
    }
  }

  @Test func downwardTheHighestRecommendationOfFiveMinutesCounts() {
    let autoscaler = HorizontalPodAutoscaler(maximum: 100, target: .percent(50))
    var history = ScalingHistory()
    history.noteRecommendation(10, at: .zero)
    for second in stride(from: 15, through: 300, by: 15) {
      let size = autoscaler.sync(
        current: 10, pods: PodUsage(measured: 10, utilization: 0.1), history: &history,
        at: .zero + .seconds(second))
      #expect(size == (second < 300 ? 10 : 2), "at \(second) s")
    }
  }

  @Test func upwardStabilizationTakesTheLowest() {
    var autoscaler = HorizontalPodAutoscaler(maximum: 100, target: .percent(50))
    autoscaler.scaleUp.stabilization = .seconds(60)
    var history = ScalingHistory()
    history.noteRecommendation(10, at: .zero)
    let uses = [0.6, 0.9, 0.9, 0.8, 0.7]
    let sizes = uses.indices.map { index in
      autoscaler.sync(
        current: 10, pods: PodUsage(measured: 10, utilization: uses[index]), history: &history,
        at: .zero + .seconds(15 * (index + 1)))
    }
    // At 60 s the recommendation of the start has just left the window; the lowest left is 12, then 14.
    #expect(sizes == [10, 10, 10, 12, 14])
  }

  @Test(arguments: [
    (ScalingRules.Selection.max, 14, 5), (.min, 12, 8), (.disabled, 10, 10),
  ])
  func severalPoliciesAreSelectedFrom(
    _ selection: ScalingRules.Selection, _ most: Int, _ fewest: Int
  ) {
    let rules = ScalingRules(
      policies: [
        .init(.pods(selection == .min ? 2 : 4), per: .seconds(60)),
        .init(.share(.percent(selection == .min ? 30 : 25)), per: .seconds(60)),
      ],
      selection: selection, stabilization: .zero)
    let down = ScalingRules(
      policies: [
        .init(.pods(2), per: .seconds(60)), .init(.share(.percent(50)), per: .seconds(60)),
      ],
      selection: selection, stabilization: .zero)
    let history = ScalingHistory()
    #expect(rules.upperLimit(current: 10, history: history, at: .zero) == most)
    #expect(down.lowerLimit(current: 10, history: history, at: .zero) == fewest)
  }

  @Test func aShareRoundsUpwardInUpstreamsFloatingPoint() {
    // 100 * 1.1 is 110.00000000000001 in 64 bits, so upstream allows 111.
    let rules = ScalingRules(
      policies: [.init(.share(.percent(10)), per: .seconds(60))], stabilization: .zero)
    #expect(rules.upperLimit(current: 100, history: ScalingHistory(), at: .zero) == 111)
    #expect(rules.lowerLimit(current: 7, history: ScalingHistory(), at: .zero) == 6)
  }

  @Test(arguments: [(0, 0), (1, 2), (30, 20), (10, 20)])
  func boundsHold(_ current: Int, _ expected: Int) {
    let autoscaler = HorizontalPodAutoscaler(minimum: 2, maximum: 20, target: .percent(10))
    var history = ScalingHistory()
    let pods = PodUsage(measured: current, utilization: 1)
    #expect(
      autoscaler.sync(current: current, pods: pods, history: &history, at: .zero) == expected)
  }

  @Test func absurdNumbersDoNotTrap() {
    let autoscaler = HorizontalPodAutoscaler(maximum: .max, target: Share(millionths: 1))
    var history = ScalingHistory()
    let pods = PodUsage(measured: .max / 2, utilization: 1e300, unready: 5)
    let size = autoscaler.sync(
      current: .max / 2, pods: pods, history: &history, at: .distantFuture)
    #expect(size > 0)
  }
}
