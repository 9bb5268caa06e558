import LabKernel
import LabStrategies
import LabUnits

/// The random part of a replication, the same for every strategy: what is wrong, how long things take, who reacts when.
///
/// Every draw comes from a stream of its own, keyed by what it is for and whom it concerns. The k-th start
/// of a version therefore takes the same time whatever the strategy did before, and differences between
/// strategies are not blurred by different luck.
struct World {
  let seed: UInt64
  let replication: Int
  /// The position of the defect in the catalog; nil for a good release.
  let defectIndex: Int?
  /// Whether lengths of time are drawn, or settled without chance.
  let pace: WorldPace

  /// The world of a plan: a good release, and no chance in how long anything takes.
  init(pace: WorldPace) {
    seed = 1
    replication = 0
    defectIndex = nil
    self.pace = pace
  }

  /// The world of a replication.
  ///
  /// - Parameters:
  ///   - seed: where the random draws come from.
  ///   - replication: which world, from 0.
  ///   - risk: what may be wrong with the candidate.
  ///   - forced: a defect that is there, or not there, whatever the draw says.
  init(seed: UInt64, replication: Int, risk: ReleaseRisk, forced: ForcedDefect? = nil) {
    self.seed = seed
    self.replication = replication
    pace = .drawn
    var stream = RandomStream(
      seed: seed, replication: replication, purpose: WorldPurpose.defect, entity: 0)
    let isDefective = stream.nextUnit() < risk.defectProbability.fraction
    let drawn = stream.weightedIndex(risk.catalog.map(\.weight))
    switch forced {
    case nil: defectIndex = isDefective ? drawn : nil
    case .some(.none): defectIndex = nil
    case .some(.named(let name)): defectIndex = risk.catalog.firstIndex { $0.name == name } ?? drawn
    }
  }

  /// Whether all draws of another world come out the same.
  func drawsLike(_ other: World) -> Bool {
    seed == other.seed && replication == other.replication && pace == other.pace
  }

  /// A stream for one purpose and one entity of it.
  func stream(_ purpose: RandomPurpose, _ entity: Int) -> RandomStream {
    RandomStream(seed: seed, replication: replication, purpose: purpose, entity: entity)
  }

  /// A draw that concerns the k-th event of its kind of a version.
  func span(
    _ distribution: SpanDistribution, _ purpose: RandomPurpose, _ version: ReleaseVersion,
    _ count: Int
  ) -> Span {
    switch pace {
    case .instant: return .zero
    case .even: return distribution.quantile(WorldPace.evenPosition(count))
    case .drawn: break
    }
    if case .fixed(let span) = distribution { return span }
    var stream = stream(purpose, count * 2 + version.rawValue)
    return distribution.sample(from: &stream)
  }
}

/// A defect that a replication has, or has not, whatever its world would draw.
public enum ForcedDefect: Sendable, Hashable {
  /// The release is good.
  case none
  /// The release has the defect of this name.
  case named(String)
}
