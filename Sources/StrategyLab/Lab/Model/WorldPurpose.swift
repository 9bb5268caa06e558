import LabKernel

/// What a random stream of the model is for.
///
/// The numbers are part of the results: a purpose keeps its number for ever, and a new one gets a new number.
enum WorldPurpose {
  static let defect = RandomPurpose(rawValue: 1)
  static let startup = RandomPurpose(rawValue: 2)
  static let drain = RandomPurpose(rawValue: 3)
  static let startFailure = RandomPurpose(rawValue: 4)
  static let crash = RandomPurpose(rawValue: 5)
  static let onset = RandomPurpose(rawValue: 6)
  static let nodeProvisioning = RandomPurpose(rawValue: 7)
  static let requests = RandomPurpose(rawValue: 8)
  static let checks = RandomPurpose(rawValue: 9)
  static let mirror = RandomPurpose(rawValue: 10)
  static let reaction = RandomPurpose(rawValue: 11)
  static let baseline = RandomPurpose(rawValue: 12)
}
