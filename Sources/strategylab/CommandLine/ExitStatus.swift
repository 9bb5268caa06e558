/// What the program tells the shell when it leaves.
enum ExitStatus: Int32, CaseIterable {
  /// Everything that was asked for is done.
  case done = 0
  /// The run failed: a file could not be written, a disk is full.
  case failed = 1
  /// A scenario or a store is missing, unreadable or invalid.
  case invalid = 2
  /// It ran, and a limit that was asked for is not met.
  case limitNotMet = 3
  /// The command line is wrong.
  case usage = 64
  /// A person or the system asked the program to stop.
  case interrupted = 130

  /// The status in words, for the reference.
  var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "the run failed"
    case .invalid: "a scenario, manifest or store is invalid"
    case .limitNotMet: "it ran, and a limit that was asked for is not met"
    case .usage: "the command line is wrong"
    case .interrupted: "interrupted"
    }
  }
}
