import Testing

@testable import LabReports

@Suite struct LabelPlacementTests {
  private let bounds = ChartRect(x: 0, y: 0, width: 700, height: 300)

  @Test(arguments: 0..<40) func labelsNeitherOverlapNorLeaveTheChart(seed: Int) {
    let count = 3 + seed
    let points = (0..<count).map {
      ChartPoint(
        700 * Fixture.noise(seed, $0, 1) * (seed % 3 == 0 ? 0.1 : 1),
        300 * Fixture.noise(seed, $0, 2))
    }
    let obstacles = points.map { ChartRect(x: $0.x - 6, y: $0.y - 6, width: 12, height: 12) }
    let places = LabelPlacement(bounds: bounds, obstacles: obstacles).places(
      for: points.enumerated().map {
        LabelPlacement.Request(
          anchor: $0.element, width: 30 + 120 * Fixture.noise(seed, $0.offset, 3), height: 15)
      }
    ).compactMap { $0 }
    #expect(places.count >= min(count, 10))
    for (index, place) in places.enumerated() {
      #expect(bounds.contains(place))
      #expect(!obstacles.contains { $0.overlaps(place) })
      #expect(!places[..<index].contains { $0.overlaps(place) })
    }
  }

  @Test(arguments: 0..<40) func lanesHoldNoTwoLabelsThatTouch(seed: Int) {
    let lanes = LaneLabels(lanes: 4, range: 60...800)
    let requests = (0..<(2 + seed)).map {
      (stem: 60 + 740 * Fixture.noise(seed, $0, 4), width: 30 + 150 * Fixture.noise(seed, $0, 5))
    }
    let placed = lanes.place(requests)
    #expect(!placed.isEmpty)
    for (index, label) in placed.enumerated() {
      #expect(label.x >= 60 && label.x + label.width <= 800)
      #expect(!placed[..<index].contains { LaneLabels.collide($0, label) })
    }
  }

  @Test func theFirstRequestsFindRoomFirst() {
    let lanes = LaneLabels(lanes: 1, range: 0...100)
    #expect(lanes.place([(stem: 10, width: 60), (stem: 20, width: 60)]).map(\.index) == [0])
  }

  @Test func aLabelWithoutRoomIsLeftOut() {
    let placement = LabelPlacement(
      bounds: ChartRect(x: 0, y: 0, width: 20, height: 20), obstacles: [])
    let request = LabelPlacement.Request(anchor: ChartPoint(10, 10), width: 50, height: 15)
    #expect(placement.places(for: [request]) == [nil])
  }
}
