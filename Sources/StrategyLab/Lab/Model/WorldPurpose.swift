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
  static let arrivals = RandomPurpose(rawValue: 13)
  static let choices = RandomPurpose(rawValue: 14)
  static let furtherChoices = RandomPurpose(rawValue: 15)
  // 16 was what services went on with, which is now part of the request's own numbers.
  static let users = RandomPurpose(rawValue: 17)
  static let activity = RandomPurpose(rawValue: 18)
  static let copies = RandomPurpose(rawValue: 19)
  static let checkArrivals = RandomPurpose(rawValue: 20)
  static let checkChoices = RandomPurpose(rawValue: 21)
  static let retries = RandomPurpose(rawValue: 22)
  static let requestsTogether = RandomPurpose(rawValue: 23)
  static let baselineTogether = RandomPurpose(rawValue: 24)
}
