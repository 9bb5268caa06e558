import FoundationEssentials
import Testing

@testable import LabScenarioFiles

/// The folder of real manifests beside the project, if the environment names one.
enum SharedManifests {
  static let folder = ProcessInfo.processInfo.environment["STRATEGYLAB_SHARED"].map {
    $0 + "/examples"
  }

  /// Every file of the folder.
  static func files() throws -> [String] {
    ManifestFolder.files(below: try #require(folder), limit: 10_000)
  }
}

/// Real manifests that are not part of the project: each is imported, or refused with a reason.
@Suite(.enabled(if: SharedManifests.folder != nil, "STRATEGYLAB_SHARED names no folder"))
struct SharedManifestTests {
  @Test func everyFileIsImportedOrRefusedWithAReason() throws {
    for file in try SharedManifests.files() { check([file]) }
  }

  @Test func everyFolderIsImportedOrRefusedWithAReason() throws {
    let folder = try #require(SharedManifests.folder)
    check([folder])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where ManifestFolder.isFolder("\(folder)/\(name)") {
      check(["\(folder)/\(name)"])
    }
  }

  private func check(_ paths: [String]) {
    do throws(ScenarioFileError) {
      let imported = try ManifestImport.scenarioText(paths: paths)
      #expect(imported.text.contains("strategies:"))
    } catch {
      // A reason that somebody can act on has a place and says what to do.
      for diagnostic in error.diagnostics {
        #expect(!diagnostic.hint.isEmpty, "\(paths): \(diagnostic.message)")
        #expect(diagnostic.code.rawValue >= "SL120", "\(paths): \(diagnostic.message)")
      }
    }
  }
}
