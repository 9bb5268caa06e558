/// What a comparison of two levels, or of a level with a closed form, comes to.
public enum ValidationVerdict: String, Sendable, Hashable, CaseIterable {
  /// Nothing beyond chance keeps the two apart.
  case agree
  /// The two differ by more than chance does.
  case differ
  /// Neither has a value, so there is nothing to compare.
  case notApplicable = "not applicable"
  /// Too few replications, or requests, speak of it to tell.
  case tooFew = "too few"
}
