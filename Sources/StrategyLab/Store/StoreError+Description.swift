extension StoreError: CustomStringConvertible {
  /// A sentence for people: what was found, what was expected, and how to mend it.
  public var description: String {
    switch self {
    case .noPath:
      "the path of the store is empty; name a file, such as \"runs.sqlite\""
    case .missingFile(let path):
      "there is no store at \"\(path)\"; check the path, or run an experiment that is kept there"
    case .missingFolder(let path, let folder):
      "the store \"\(path)\" cannot be made: there is no folder \"\(folder)\"; make the folder first"
    case .directory(let path):
      "\"\(path)\" is a folder, and a store is a file; name a file in it"
    case .notAFile(let path):
      "\"\(path)\" is a device, a pipe or a socket, and a store is a file; name another path"
    case .notReadable(let path):
      "the store \"\(path)\" may not be read; ask for permission to read the file and its folder"
    case .readOnlyFile(let path):
      "the store \"\(path)\" is read-only; allow writing to the file, or copy it and use the copy"
    case .readOnlyFolder(let path, let folder):
      "the store \"\(path)\" needs a log beside it, and the folder \"\(folder)\" is read-only; allow writing to the folder, or copy the store elsewhere"
    case .emptyFile(let path):
      "the file \"\(path)\" is empty, and a store was expected; check the path, or run an experiment that is kept there"
    case .notADatabase(let path):
      "the file \"\(path)\" is not an SQLite database, and a store was expected; check the path"
    case .foreignDatabase(let path, let applicationID):
      "the SQLite database \"\(path)\" belongs to another program (application number \(applicationID), and a store has \(StoreSchema.applicationID)); it was left as it is; name another path"
    case .corrupt(let path, let finding):
      "the store \"\(path)\" is damaged: \(finding); go back to a copy, or save what is left with \"sqlite3 \(path) .recover\""
    case .newerSchema(let path, let found, let known):
      "the store \"\(path)\" was made by a newer version of this program (schema \(found), and this one knows up to \(known)); it was left as it is; use the newer version"
    case .olderSchema(let path, let found, let known):
      "the store \"\(path)\" was made by an older version of this program (schema \(found), and this one reads \(known)); open it once for writing, which brings it up to date"
    case .locked(let path, let seconds):
      "the store \"\(path)\" is in use by another program, and \(Self.plain(seconds)) s of waiting did not help; let the other program end, and try again"
    case .fullDisk(let path):
      "there is no room left to write to the store \"\(path)\"; make room and resume: what was stored before is complete"
    case .inputOutput(let path, let message):
      "the store \"\(path)\" cannot be read or written: \(message); check the disk and its limits"
    case .fileGone(let path):
      "the store \"\(path)\" was deleted, moved or replaced while it was in use, and nothing more was stored; leave the file in its place until the program ends"
    case .openedForReading(let path):
      "the store \"\(path)\" was opened for reading, and something was to be written; open it for writing"
    case .closed(let path):
      "the store \"\(path)\" is closed; open it again"
    case .unexpected(let path, let code, let message):
      "the store \"\(path)\" failed with SQLite's code \(code): \(message)"
    case .noSuchExperiment(let path, let id, let known):
      "there is no experiment \(id) in the store \"\(path)\"; it holds \(Self.list(known))"
    case .conflictingRun(let experiment, let strategyIndex, let replication):
      "experiment \(experiment) has replication \(replication) of strategy \(strategyIndex) already, with another result; the stored one was kept; store the new one as an experiment of its own"
    case .repeatedTimeline(let experiment, let strategyIndex, let replication):
      "experiment \(experiment) was given two timelines of replication \(replication) of strategy \(strategyIndex); none was stored; give one timeline for a run"
    case .unplannedRun(
      let experiment, let strategyIndex, let replication, let strategies, let replications):
      "experiment \(experiment) has no place for replication \(replication) of strategy \(strategyIndex): it has \(Self.count(strategies, "strategy", "strategies")) and \(Self.count(replications, "replication", "replications")), counted from 0"
    case .alreadyComplete(let experiment):
      "experiment \(experiment) is complete and stays as it is; store what is new as an experiment of its own"
    }
  }

  /// The numbers in words, with neighbours drawn together: `1 to 4, 6 and 9`.
  private static func list(_ numbers: [Int64]) -> String {
    var ranges: [ClosedRange<Int64>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    guard let last = ranges.last else { return "none" }
    // A sentence with more numbers than these is not read any more; the newest matter most.
    let shown = 8
    let words = { (range: ClosedRange<Int64>) in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
    let first = ranges.dropLast().suffix(shown - 1)
    guard !first.isEmpty else { return words(last) }
    let dots = ranges.count > shown ? "..., " : ""
    return dots + first.map(words).joined(separator: ", ") + " and " + words(last)
  }

  private static func count(_ number: Int, _ singular: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? singular : plural)"
  }

  /// A number of seconds without a fraction that is nothing.
  private static func plain(_ seconds: Double) -> String {
    Int64(exactly: seconds).map(String.init) ?? String(seconds)
  }
}
