import Testing

@testable import LabScenarioFiles

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("maxSruge", "maxSurge", 1), ("maxSurg", "maxSurge", 1),
    ("maxsurge", "maxSurge", 0), ("kitten", "sitting", 3), ("ca", "abc", 3), ("größe", "grösse", 2),
  ])
  func countsEdits(_ left: String, _ right: String, _ distance: Int) {
    #expect(EditDistance.between(left, right) == distance)
    #expect(EditDistance.between(right, left) == distance)
  }

  @Test func nearestIsTheFirstOfEquallyNearWordsWithinAThird() {
    #expect(EditDistance.nearest(to: "rde", in: ["red", "ride"]) == "red")
    #expect(EditDistance.nearest(to: "period", in: ["reason", "perio"]) == "perio")
    #expect(EditDistance.nearest(to: "banana", in: ["period"]) == nil)
    #expect(EditDistance.nearest(to: "", in: ["a"]) == nil)
    #expect(EditDistance.nearest(to: String(repeating: "a", count: 100_000), in: ["a"]) == nil)
  }
}
