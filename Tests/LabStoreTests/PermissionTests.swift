import Foundation
import GRDB
import Testing

@testable import LabStore

/// Files and folders that may not be read or written.
///
/// The tests give up the rights of an administrator, for whom nothing is forbidden, and so each of them
/// runs in a process of its own.
@Suite struct PermissionTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeStore()
  }

  /// Lets the user "nobody" own the folder, sets the permissions, and becomes that user.
  private static func restrict(_ path: String, file: mode_t, folder: mode_t) {
    let directory = StoreFile(path: path, busySeconds: 0).folder
    if getuid() == 0 {
      precondition(chown(path, 65534, 65534) == 0 && chown(directory, 65534, 65534) == 0)
    }
    precondition(chmod(path, file) == 0 && chmod(directory, folder) == 0)
    if getuid() == 0 { precondition(setgid(65534) == 0 && setuid(65534) == 0) }
  }

  private static func error(opening path: String, _ access: ExperimentStore.Access) -> StoreError? {
    do {
      _ = try ExperimentStore(path: path, access: access)
      return nil
    } catch {
      return error
    }
  }

  /// Checks that the only experiment can be read and that nothing was changed.
  private static func readOnlyExperiment(at path: String) throws {
    let store = try ExperimentStore(path: path, access: .readOnly)
    let runs = try store.record(of: 1).runs
    precondition(runs.count == 36)
    try store.checkIntegrity()
    try store.close()
  }

  @Test func unreadableFile() async throws {
    let path = folder.store
    await #expect(processExitsWith: .success) { [path = path as String] in
      Self.restrict(path, file: 0o000, folder: 0o700)
      precondition(Self.error(opening: path, .readOnly) == .notReadable(path: path))
      precondition(Self.error(opening: path, .readWrite) == .notReadable(path: path))
    }
  }

  @Test func unreadableFolder() async throws {
    let path = folder.store
    await #expect(processExitsWith: .success) { [path = path as String] in
      Self.restrict(path, file: 0o600, folder: 0o000)
      precondition(Self.error(opening: path, .readOnly) == .notReadable(path: path))
      precondition(Self.error(opening: path, .readWrite) == .notReadable(path: path))
    }
    chmod(folder.path, 0o700)
  }

  @Test func readOnlyFileCanBeRead() async throws {
    let path = folder.store
    let before = try folder.bytes("runs.sqlite")
    await #expect(processExitsWith: .success) { [path = path as String] in
      Self.restrict(path, file: 0o400, folder: 0o700)
      precondition(Self.error(opening: path, .readWrite) == .readOnlyFile(path: path))
      try Self.readOnlyExperiment(at: path)
    }
    #expect(try folder.bytes("runs.sqlite") == before)
  }

  @Test(arguments: [0o400, 0o600] as [UInt32])
  func readOnlyFolderCanBeRead(permissions: UInt32) async throws {
    let path = folder.store
    let before = try folder.bytes("runs.sqlite")
    await #expect(processExitsWith: .success) {
      [path = path as String, permissions = permissions as UInt32] in
      let directory = StoreFile(path: path, busySeconds: 0).folder
      Self.restrict(path, file: permissions, folder: 0o500)
      try Self.readOnlyExperiment(at: path)
      let new = directory + "/new.sqlite"
      precondition(
        Self.error(opening: new, .readWrite) == .readOnlyFolder(path: new, folder: directory))
      precondition(
        Self.error(opening: path, .readWrite)
          == (permissions == 0o400
            ? .readOnlyFile(path: path) : .readOnlyFolder(path: path, folder: directory)))
    }
    chmod(folder.path, 0o700)
    #expect(try folder.bytes("runs.sqlite") == before)
    #expect(try folder.names == ["runs.sqlite"])
  }
}
