import LabStrategies
import LabUnits

// How Argo Rollouts writes durations and fenceposts.

extension ManifestFields {
  /// A length of time: whole seconds, or units as in `1h30m`; nil after a report if it is neither.
  mutating func argoDuration(_ key: String) -> Given<Span>? {
    guard let text = text(key) else { return nil }
    if let seconds = Int(text.value), abs(seconds) <= 1_000_000_000 {
      guard seconds >= 0 else {
        findings.refuse(
          .manifestRefused, "'\(text.value)' is below 0", hint: "write 30s", at: text.place)
        return nil
      }
      return text.map { _ in .seconds(seconds) }
    }
    // The units of Go's durations end at hours.
    if !text.value.contains("d"), let span = try? Span(text: text.value) {
      return text.map { _ in span }
    }
    findings.refuse(
      .manifestRefused, "'\(text.value)' is no duration",
      hint: "write seconds, or units such as 1h30m",
      at: text.place)
    return nil
  }

  /// Whole seconds.
  mutating func argoSeconds(_ key: String) -> Given<Span>? {
    integer(key, 0...1_000_000_000)?.map { .seconds($0) }
  }

  /// A fencepost: a number is a count, and every text is a percentage.
  mutating func argoQuantity(_ key: String) -> Given<ReplicaQuantity>? {
    guard let node = node(key) else { return nil }
    guard let text = text(key) else { return nil }
    if case .scalar(_, isPlain: true) = node.content, let count = Int(text.value) {
      guard (0...100_000).contains(count) else {
        findings.refuse(
          .manifestRefused, "\(key) \(count) is not between 0 and 100000", hint: "write 25%",
          at: text.place)
        return nil
      }
      return text.map { _ in .count(count) }
    }
    guard let quantity = ArgoFenceposts.quantity(text.value),
      case .share(let share) = quantity, share >= .none
    else {
      findings.refuse(
        .manifestRefused, "'\(text.value)' is neither a count nor a percentage",
        hint: "write 1 or 25%",
        at: text.place)
      return nil
    }
    return text.map { _ in quantity }
  }
}
