import LabKernel

/// What the numbered draws of reference systems are for.
///
/// As with the model's own purposes, a number keeps its meaning for ever.
enum ReferencePurpose {
  /// The gap before a request, and its service.
  static let request = RandomPurpose(rawValue: 401)
  /// The service of a request at a second station.
  static let secondService = RandomPurpose(rawValue: 402)
}
