import LabKernel
import Testing

@testable import StrategyLab

/// The first answer of a session, of whose requests a later one may be answered before an earlier one.
struct ModelAnswerLawTests {
  private static let mean = 100.0

  /// Exponential answers, in rows as fine as a latency table's.
  private static var law: AnswerLaw {
    AnswerLaw(
      (0..<240).map { row in
        let latency = Elementary.power(1.04, Double(row))
        return (latency, Elementary.exponential(-latency / mean))
      })
  }

  @Test(arguments: [(2.0, 300.0, 1.0), (6, 300, 1), (6, 300, 0.3), (12, 60, 0.5)])
  func itComesAsWhenSessionsArePlayed(_ requests: Double, _ duration: Double, _ share: Double) {
    let sessions = SessionLaw(requests: requests, duration: duration)
    var stream = RandomStream(seed: 2, replication: 0, purpose: RandomPurpose(rawValue: 1))
    let count = 100_000
    var firsts: [Double] = []
    for _ in 0..<count {
      var first = stream.exponential(mean: Self.mean)
      let end = stream.exponential(mean: duration)
      var time = stream.exponential(mean: duration / sessions.following)
      while time < end {
        let answer = time + stream.exponential(mean: Self.mean)
        if stream.nextUnit() < share { first = min(first, answer) }
        time += stream.exponential(mean: duration / sessions.following)
      }
      firsts.append(first)
    }
    var reader = Self.law.first(ofSessions: sessions, share: share).reader
    for time in [20.0, 70, 150, 300] {
      let played = Double(firsts.count { $0 <= time }) / Double(count)
      #expect(abs(reader(time).answered - played) < 0.006, "by \(time) s: \(played)")
    }
  }

  @Test func aSessionOfOneRequestIsTheRequest() {
    var (law, alone) = (
      Self.law.reader, Self.law.first(ofSessions: .init(requests: 1, duration: 9), share: 1).reader
    )
    for time in [1.0, 50, 500] { #expect(law(time).answered == alone(time).answered) }
  }
}
