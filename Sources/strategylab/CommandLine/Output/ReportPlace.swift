import Glibc
import LabReports

/// The folder that a report is written into, and the files that must outlive it.
struct ReportPlace {
  /// The folder of the scenario's name.
  let folder: String
  /// The names of the files that will be written.
  let fileNames: [String]

  /// The place of a scenario's report below the folder that the user names.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` for a name that would lead out of that folder.
  init(below output: String, scenario name: String, strategies: [String]) throws {
    try self.init(
      below: output, scenario: name, fileNames: ReportFolder.fileNames(strategies: strategies))
  }

  /// The place of some files about a scenario below the folder that the user names.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` for a name that would lead out of that folder.
  init(below output: String, scenario name: String, fileNames: [String]) throws {
    // The name may come from a store that somebody else wrote.
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      throw CommandFailure(
        .invalid,
        "the scenario is called '\(name)', which cannot be the name of a report folder; give its file another name"
      )
    }
    self.init(below: output, folder: name, fileNames: fileNames)
  }

  /// A folder of the program's own choice below the one that the user names.
  init(below output: String, folder name: String, fileNames: [String]) {
    folder = output.hasSuffix("/") ? output + name : "\(output)/\(name)"
    self.fileNames = fileNames
  }

  /// Refuses to write where one of the given files lies: a scenario, its trace, the store.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage``.
  func refuseToOverwrite(_ files: [String]) throws {
    let kept = files.map { (path: $0, identity: FileIdentity($0)) }
    for name in fileNames {
      let target = FileIdentity("\(folder)/\(name)")
      if let file = kept.first(where: { $0.identity == target }) {
        throw CommandFailure(
          .usage,
          "the report would overwrite '\(file.path)', which is still needed; give another --output")
      }
    }
  }

  /// Writes the files of a report.
  ///
  /// - Parameters:
  ///   - files: The files, which have the names of the place.
  ///   - quiet: Whether to leave out the note about them.
  /// - Throws: ``CommandFailure`` if one cannot be written.
  func write(_ files: [ReportFile], quiet: Bool) throws {
    for file in files { try AtomicFile.write(file.contents, to: "\(folder)/\(file.name)") }
    if !quiet {
      Console.complain("wrote \(files.count) files to \(Console.printable(folder))")
    }
  }
}

/// Which file a path leads to, whatever way the path takes.
struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64
  /// What of the path is not there yet; the numbers are then those of the folder above it.
  private let missing: [String]

  /// The file at a path, links followed.
  init(_ path: String) {
    var status = stat()
    var missing: [String] = []
    var present = path
    while stat(present, &status) != 0 {
      let (folder, name) = AtomicFile.split(present)
      if name != "." { missing.append(name) }
      if folder == present { break }
      present = folder
    }
    self.missing = missing
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
