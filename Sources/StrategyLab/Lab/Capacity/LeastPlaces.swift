import LabUnits

/// The fewest places for replicas with which a good release of a strategy finishes.
///
/// It is searched for by playing the release at its typical pace. More places never hold a release up, so that
/// the search halves what is left: Knuth (1998), "The Art of Computer Programming", volume 3, section 6.2.1.
struct LeastPlaces {
  private let scenario: Scenario
  private let index: Int
  /// Places with which nothing waits, and when the release finishes then; nil if it never does.
  private let free: (places: Int, finish: Span)?

  /// The places of one strategy of a scenario, from 0.
  init(_ scenario: Scenario, strategy index: Int) {
    self.scenario = scenario
    self.index = index
    let play = ProjectionStage(scenario.withoutLimits()).play(index, pace: .even)
    let most = play.course.steps.map(\.created).max() ?? scenario.service.replicas
    free = Self.finish(of: play).map { (most, $0) }
  }

  /// The fewest places with which the release finishes.
  ///
  /// - Parameter time: In which it shall finish; nil: any.
  /// - Returns: nil if no number of places is enough.
  /// - Complexity: a play for each halving of the places that it asks for beyond the service's own.
  func finishing(within time: Span? = nil) -> Int? {
    guard let free, free.finish <= time ?? free.finish else { return nil }
    var tooFew = scenario.service.replicas - 1
    var enough = max(free.places, scenario.service.replicas)
    while enough - tooFew > 1 {
      let places = tooFew + (enough - tooFew) / 2
      if finishes(with: places, within: time) { enough = places } else { tooFew = places }
    }
    return enough
  }

  private func finishes(with places: Int, within time: Span?) -> Bool {
    let play = ProjectionStage(scenario.withPlaces(places)).play(
      index, pace: .even, isPatient: false)
    guard let finish = Self.finish(of: play) else { return false }
    return finish <= time ?? finish
  }

  private static func finish(of play: Simulation) -> Span? {
    guard play.end == .promoted, play.watch.decision == nil else { return nil }
    return play.firstEndTime.map { $0 - .zero }
  }
}
