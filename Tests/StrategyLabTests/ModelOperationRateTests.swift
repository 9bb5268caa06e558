import LabUnits
import Testing

@testable import StrategyLab

/// The control plane's limit on creations and deletions.
struct ModelOperationRateTests {
  @Test func twoThousandCreationsAtTwentyASecondAfterABurstOfThirtyTakeNinetyEightAndAHalf() {
    var rate = OperationRate(perSecond: 20, burst: 30)
    let instants = (0..<2000).map { _ in rate.next(at: .zero).seconds }
    #expect(instants[29] == 0)
    #expect(instants[30] == 0.05)
    #expect(instants.last == 98.5)
  }

  @Test func theBurstComesBackWithTime() {
    var rate = OperationRate(perSecond: 20, burst: 30)
    for _ in 0..<30 { _ = rate.next(at: .zero) }
    // After 1 s, twenty may go at once again.
    let later = (0..<21).map { _ in rate.next(at: .zero + .seconds(1)).seconds }
    #expect(later[19] == 1)
    #expect(later[20] == 1.05)
    let muchLater = (0..<31).map { _ in rate.next(at: .zero + .seconds(100)).seconds }
    #expect(muchLater[29] == 100)
    #expect(muchLater[30] == 100.05)
  }

  @Test func withoutALimitEverythingGoesAtOnce() {
    var rate = OperationRate(perSecond: nil, burst: 1)
    let instants = (0..<1000).map { _ in rate.next(at: .zero + .seconds(7)).seconds }
    #expect(instants.allSatisfy { $0 == 7 })
  }

  @Test func withoutABurstTheyGoOneByOne() {
    var rate = OperationRate(perSecond: 4, burst: 1)
    let instants = (0..<4).map { _ in rate.next(at: .zero).seconds }
    #expect(instants == [0, 0.25, 0.5, 0.75])
  }
}
