import ArgumentParser

/// How a comparison is printed.
enum ComparisonFormat: String, ExpressibleByArgument, CaseIterable {
  /// A table for people.
  case table
  /// One object, stable over versions of the program.
  case json
  /// One row a strategy and metric.
  case csv
  /// A table to paste into a page or a pull request.
  case markdown
}

/// Options of every command that ends with a comparison.
struct ResultOptions: ParsableArguments {
  @Option(help: "How to print the result.")
  var format: ComparisonFormat = .table

  @Option(
    help: ArgumentHelp(
      "Write all report files below this folder, into one of the scenario's name.",
      valueName: "folder"))
  var output: String?

  /// Refuses a path that would put the report into the root folder.
  func validate() throws {
    if output == "" { throw ValidationError("--output is empty; '.' is the current folder") }
  }
}

extension ResultOptions {
  /// Makes the output folder, so that a path that cannot be written shows before anything is played.
  ///
  /// - Parameters:
  ///   - scenarios: The name of each scenario, with the names of its strategies.
  ///   - keeping: Files that no report may overwrite.
  /// - Throws: ``CommandFailure`` if a report cannot be written, or not without overwriting one of those.
  func prepare(_ scenarios: [(name: String, strategies: [String])], keeping: [String]) throws {
    guard let output else { return }
    for (name, strategies) in scenarios {
      try ReportPlace(below: output, scenario: name, strategies: strategies)
        .refuseToOverwrite(keeping)
    }
    try AtomicFile.makeFolder(output)
  }

  /// Writes the report files where they are asked for, then prints the result.
  ///
  /// Files come first: a reader of standard output that leaves early loses nothing that was ordered.
  ///
  /// - Parameters:
  ///   - result: What to show.
  ///   - keeping: Files that no report may overwrite.
  ///   - isFirst: Whether nothing was printed before it.
  ///   - isOneOfSeveral: Whether other results share the stream, so that JSON must stay on one line.
  ///   - quiet: Whether to leave out the note about the files.
  /// - Throws: ``CommandFailure`` if a file or standard output cannot be written.
  func publish(
    _ result: ComparisonResult, keeping: [String], isFirst: Bool = true,
    isOneOfSeveral: Bool = false,
    quiet: Bool
  ) throws {
    if let output {
      let written = try result.write(below: output, keeping: keeping)
      if !quiet {
        Console.complain("wrote \(written.count) files to \(Console.printable(written.folder))")
      }
    }
    let text = result.text(format, on: .standardOutput)
    if format == .json {
      try Console.printResult(isOneOfSeveral ? JSONLine.compact(text) : text)
    } else {
      try Console.printResult(isFirst ? text : "\n" + text)
    }
  }
}
