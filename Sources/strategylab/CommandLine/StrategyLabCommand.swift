import ArgumentParser
import Glibc

/// The program's root command: it names the verbs and turns whatever ends them into an exit status.
@main
struct StrategyLabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategylab",
    abstract: "Compare software release strategies before anything is deployed.",
    discussion: """
      A scenario file describes a service, its fleet, its traffic, its users and what may be wrong \
      with the new version. strategylab plays the release many times with every strategy, all of \
      them against the same random worlds, and says which strategy costs least and how sure that is.

      Results go to standard output, everything else to standard error.

      Examples:
        strategylab compare Scenarios/checkout.yaml
        strategylab compare Scenarios/checkout.yaml --output Reports
        strategylab compare k8s/ --also rolling,blue-green
        strategylab plan Scenarios/checkout.yaml --strategy canary
        strategylab capacity Scenarios/full-quota.yaml
        strategylab simulate Scenarios/checkout.yaml --strategy canary
        strategylab route virtualservice.yaml --requests 82
        strategylab explain service.startup

      Exit status: 0 done; 1 the run failed; 2 a scenario, manifest or store is invalid; 3 it ran, and a \
      limit that was asked for is not met; 64 the command line is wrong; 130 interrupted.
      """,
    version: ProgramVersion.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Play", subcommands: [CompareCommand.self, SimulateCommand.self]),
      CommandGroup(
        name: "Look before the release",
        subcommands: [
          PlanCommand.self, CapacityCommand.self, CostCommand.self, NextCommand.self,
          RouteCommand.self,
        ]),
      CommandGroup(
        name: "Write a scenario",
        subcommands: [
          ImportCommand.self, ValidateCommand.self, ExplainCommand.self, SchemaCommand.self,
        ]),
      CommandGroup(
        name: "Keep results",
        subcommands: [RunsCommand.self, ReportCommand.self, ResumeCommand.self]),
      CommandGroup(name: "Check the program itself", subcommands: [ValidateModelCommand.self]),
    ])

  /// Runs the program and leaves with its exit status.
  static func main() {
    // A reader that went away is met where the text is written, as an error and not as a signal.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow any more (ulimit -f): the message names it, and no part of it stays.
    signal(SIGXFSZ, SIG_IGN)
    Console.occupyClosedDescriptors()
    Glibc.exit(perform(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Parses and runs one command line, and prints what went wrong.
  ///
  /// - Parameter arguments: The words behind the program's name.
  /// - Returns: the status to leave with.
  static func perform(_ arguments: [String]) -> ExitStatus {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return .done
    } catch {
      return report(error, arguments: arguments)
    }
  }

  private static func report(_ error: any Error, arguments: [String]) -> ExitStatus {
    switch exitCode(for: error) {
    case .success:
      // Help, the version and completion scripts arrive here as errors; they are results.
      do {
        try Console.printResult(fullMessage(for: error))
        return .done
      } catch {
        return report(error, arguments: arguments)
      }
    case .validationFailure:
      Console.complain(UsageMessage.text(fullMessage(for: error), arguments: arguments))
      return .usage
    default:
      let failure = CommandFailure(explaining: error)
      if !failure.message.isEmpty { Console.complain(failure.message) }
      return failure.status
    }
  }
}
