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
  ///   - world: where it is drawn if nobody has drawn it yet.
  ///   - compiled: the scenario, which has the law.
  /// - Returns: the span.
  @inline(__always)
  mutating func startup(
    _ number: Int, of version: ReleaseVersion, in world: World, _ compiled: CompiledScenario
  ) -> Span {
    if let span = Self.known(number, of: version, startups) { return span }
    let span = world.span(compiled.spans.startup, WorldPurpose.startup, version, number)
    if compiled.sharesSpans { Self.keep(span, number, of: version, &startups) }
    return span
  }

  /// How long a replica takes to finish what it holds.
  ///
  /// - Parameters:
  ///   - number: which deletion of its version, from 0; none is left out.
  ///   - version: the version.
  ///   - world: where it is drawn if nobody has drawn it yet.
  ///   - compiled: the scenario, which has the law.
  /// - Returns: the span.
  @inline(__always)
  mutating func drain(
    _ number: Int, of version: ReleaseVersion, in world: World, _ compiled: CompiledScenario
  ) -> Span {
    if let span = Self.known(number, of: version, drains) { return span }
    let span = world.span(compiled.spans.drain, WorldPurpose.drain, version, number)
    if compiled.sharesSpans { Self.keep(span, number, of: version, &drains) }
    return span
  }

  @inline(__always)
  private static func known(
    _ number: Int, of version: ReleaseVersion, _ spans: PerVersion<PlainMemory<Span>>
  ) -> Span? {
    if version == .stable { return number < spans.stable.count ? spans.stable[number] : nil }
    return number < spans.candidate.count ? spans.candidate[number] : nil
  }

  @inline(__always)
  private static func keep(
    _ span: Span, _ number: Int, of version: ReleaseVersion,
    _ spans: inout PerVersion<PlainMemory<Span>>
  ) {
    if version == .stable {
      if number == spans.stable.count { spans.stable.append(span) }
    } else if number == spans.candidate.count {
      spans.candidate.append(span)
    }
  }
}
