import ArgumentParser
import FoundationEssentials

/// Options of every command that plays many replications.
struct PlayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads to play on; the results do not depend on it. (default: one a processor)",
      valueName: "n"))
  var threads: Int?

  @Flag(help: "Print the result only: no progress, no notes.")
  var quiet = false

  /// Refuses a number of threads that no machine has.
  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 1024")
    }
  }

  /// The number of threads to play on.
  var threadCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
