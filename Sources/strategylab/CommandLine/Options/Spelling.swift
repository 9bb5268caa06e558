import LabScenarioFiles

/// What is said to a name that nothing has.
enum Spelling {
  /// The sentence for such a name, with a guess or with all the names there are.
  ///
  ///     Spelling.unknown("strategy", "cannary", among: ["canary", "shadow"])
  ///     // no strategy is called 'cannary'; did you mean 'canary'?
  static func unknown(_ what: String, _ name: String, among names: [String]) -> String {
    let hint =
      EditDistance.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? "there are \(names.map { "'\($0)'" }.joined(separator: ", "))"
    return "no \(what) is called '\(name)'; \(hint)"
  }
}
