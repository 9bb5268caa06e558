import LabScenarioFiles
import LabStore

/// Why a command ends early: the status to leave with and what to say on standard error.
struct CommandFailure: Error, Equatable {
  /// The status to leave with.
  var status: ExitStatus
  /// What to print, whole lines without the last line break; empty if nothing needs saying.
  var message: String

  /// A failure told in one sentence.
  init(_ status: ExitStatus, _ sentence: String) {
    self.status = status
    message = sentence.isEmpty ? "" : "strategylab: \(Console.printable(sentence))"
  }

  /// A failure whose lines are already laid out for a person, colour included.
  init(_ status: ExitStatus, laidOut lines: String) {
    self.status = status
    message = lines
  }

  /// The failure that stands for any error a command can meet.
  init(explaining error: any Error) {
    switch error {
    case let failure as CommandFailure:
      self = failure
    case let scenario as ScenarioFileError:
      self.init(
        .invalid, laidOut: scenario.rendered(color: Terminal.standardError.allowsColor))
    case let store as StoreError:
      self.init(Self.status(of: store), "\(store)")
    default:
      self.init(.failed, "\(error)")
    }
  }

  /// A store that is not one is invalid; one that cannot be used just now is a failed run.
  private static func status(of error: StoreError) -> ExitStatus {
    switch error {
    case .missingFolder, .notReadable, .readOnlyFile, .readOnlyFolder, .locked, .fullDisk,
      .inputOutput, .fileGone, .unexpected:
      .failed
    default: .invalid
    }
  }

  /// The reader of our output has gone; there is nobody to tell and nothing went wrong.
  static let readerGone = CommandFailure(.done, "")
}
