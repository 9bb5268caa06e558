import LabStrategies
import Testing

/// Figures from Kubernetes, intstr_test.go, deployment_util_test.go and validation_test.go, and from
/// what a real API server took and refused.
@Suite struct IntOrPercentTests {
  @Test(arguments: [
    (IntOrPercent.integer(123), 0, false, 123), (.text("90%"), 100, true, 90),
    (.text("90%"), 95, true, 86), (.text("90%"), 95, false, 85), (.text("0%"), 10, true, 0),
    (.text("-25%"), 10, true, -2), (.text("-25%"), 10, false, -3), (.text("200%"), 4, true, 8),
  ])
  func scalesToAWhole(quantity: IntOrPercent, total: Int, isUp: Bool, expected: Int) throws {
    #expect(try quantity.scaled(to: total, roundingUp: isUp) == expected)
  }

  @Test(arguments: ["25", "a", "%", "a%", "40%%", "90#", "", "4 0%"])
  func aTextWithoutDigitsAndPercentSignIsAnError(text: String) {
    #expect(throws: IntOrPercent.Fault.self) { try IntOrPercent.text(text).parsed() }
  }

  @Test func whatIsTooLargeIsAnErrorAndNoCrash() {
    #expect(throws: IntOrPercent.Fault.tooLarge("\(Int.max)%")) {
      try IntOrPercent.text("\(Int.max)%").scaled(to: 100, roundingUp: true)
    }
  }

  @Test(
    arguments: [
      (IntOrPercent.text("0%"), IntOrPercent.text("0%"), 0, 0, 1),
      (.text("39%"), .text("39%"), 10, 4, 3), (nil, .text("39%"), 10, 0, 3),
      (.text("39%"), nil, 10, 4, 0), (nil, nil, 10, 0, 1), (.integer(0), .text("10%"), 4, 0, 1),
    ] as [(IntOrPercent?, IntOrPercent?, Int, Int, Int)])
  func fencepostsNeverBothVanish(
    surge: IntOrPercent?, unavailable: IntOrPercent?, desired: Int, most: Int, least: Int
  ) throws {
    let resolved = try DeploymentUpdate.resolve(
      maxSurge: surge, maxUnavailable: unavailable, of: desired)
    #expect(resolved == (most, least))
  }

  @Test(arguments: [
    (IntOrPercent.integer(0), IntOrPercent.integer(0), false),
    (.text("0%"), .text("0%"), false), (.text("0%"), .integer(0), false),
    (.text("20Percent"), .integer(1), false), (.integer(1), .integer(-1), false),
    (.integer(0), .text("101%"), false), (.text("200%"), .integer(0), true),
    (.integer(0), .text("10%"), true), (.integer(0), .integer(500), true),
  ])
  func theServerRefuses(surge: IntOrPercent, unavailable: IntOrPercent, isTaken: Bool) {
    let update = DeploymentUpdate.rolling(maxSurge: surge, maxUnavailable: unavailable)
    #expect(update.problems.isEmpty == isTaken, "\(update.problems)")
  }

  @Test func recreateHasNoFencepostsAndStartsWhole() {
    #expect(DeploymentUpdate.recreate.fenceposts(of: 10).unavailable == 0)
    #expect(DeploymentUpdate.recreate.sizeOfNew(0, total: 0, desired: 10) == 10)
    let broken = DeploymentUpdate.rolling(maxSurge: .text("oops"), maxUnavailable: .integer(3))
    #expect(broken.fenceposts(of: 10).leastAvailable == 10)
  }
}
