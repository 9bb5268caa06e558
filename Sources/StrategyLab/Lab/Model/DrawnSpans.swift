import LabKernel
import LabStrategies
import LabUnits

/// How long the starts and ends of replicas take in one world, as far as anybody has asked.
///
/// The k-th start of a version takes the same time under every strategy. The strategies of a replication are mostly
/// played one after another, and only the first of them draws.
struct DrawnSpans {
  private var startups = PerVersion(PlainMemory<Span>(), PlainMemory<Span>())
  private var drains = PerVersion(PlainMemory<Span>(), PlainMemory<Span>())

  /// Forgets everything, for another world.
  mutating func removeAll() {
    startups.stable.removeAll()
    startups.candidate.removeAll()
    drains.stable.removeAll()
    drains.candidate.removeAll()
  }

  /// How long a start takes, from the first instant on a node to readiness.
  ///
  /// - Parameters:
  ///   - number: which start of its version, from 0; none is left out.
  ///   - version: the version.
  @inline(__always)
  mutating func startup(
    _ number: Int, of version: ReleaseVersion, _ law: PreparedSpan, in world: World
  ) -> Span {
    version == .stable
      ? Self.span(number, .stable, law, WorldPurpose.startup, world, &startups.stable)
      : Self.span(number, .candidate, law, WorldPurpose.startup, world, &startups.candidate)
  }

  /// How long a replica takes to finish what it holds.
  ///
  /// - Parameters:
  ///   - number: which deletion of its version, from 0; none is left out.
  ///   - version: the version.
  @inline(__always)
  mutating func drain(
    _ number: Int, of version: ReleaseVersion, _ law: PreparedSpan, in world: World
  ) -> Span {
    version == .stable
      ? Self.span(number, .stable, law, WorldPurpose.drain, world, &drains.stable)
      : Self.span(number, .candidate, law, WorldPurpose.drain, world, &drains.candidate)
  }

  @inline(__always)
  private static func span(
    _ number: Int, _ version: ReleaseVersion, _ law: PreparedSpan, _ purpose: RandomPurpose,
    _ world: World, _ known: inout PlainMemory<Span>
  ) -> Span {
    if number < known.count { return known[number] }
    let span = world.span(law, purpose, version, number)
    if number == known.count { known.append(span) }
    return span
  }
}
