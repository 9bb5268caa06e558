import StrategyLab

@testable import LabScenarioFiles

/// Small manifests for tests, written for the project.
enum ManifestFixtures {
  /// A Deployment of one container.
  static func deployment(
    _ name: String = "web", app: String? = nil, version: String? = nil, replicas: String = "4",
    spec: String = "", container: String = ""
  ) -> String {
    let labels = "app: \(app ?? name)" + (version.map { ", version: \($0)" } ?? "")
    return """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: \(name)
      spec:
        replicas: \(replicas)
        selector:
          matchLabels: {\(labels)}
      \(indented(spec, 2))  template:
          metadata:
            labels: {\(labels)}
          spec:
            containers:
              - name: \(name)
                image: registry.example/\(name):1
                resources:
                  requests: {cpu: 250m, memory: 256Mi}
      \(indented(container, 10))
      """
  }

  /// A Service over an app.
  static func service(_ name: String, app: String? = nil, version: String? = nil) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata:
      name: \(name)
    spec:
      selector: {app: \(app ?? name)\(version.map { ", version: \($0)" } ?? "")}
      ports:
        - port: 80
    """
  }

  /// Several manifests as one text.
  static func all(_ manifests: String...) -> String { manifests.joined(separator: "\n---\n") }

  /// The objects of a text.
  static func set(_ text: String) throws -> ManifestSet {
    try ManifestSet.read([ManifestFile(name: "web.yaml", bytes: Array(text.utf8))])
  }

  /// The scenario of a text.
  static func scenario(
    _ text: String, workload: String? = nil, candidate: String? = nil, also: [String] = []
  ) throws -> Scenario {
    let imported = try ManifestImport.scenario(
      of: set(text), workload: workload, candidate: candidate, also: also)
    return try ScenarioReader.read(text: imported.text, path: "web.yaml", traceText: nil).scenario
  }

  /// What is wrong with a text: place and message of each finding.
  static func findings(_ text: String, workload: String? = nil) -> [String] {
    do {
      _ = try ManifestImport.scenario(of: set(text), workload: workload)
      return []
    } catch let error as ScenarioFileError {
      return error.diagnostics.map { "\($0.line):\($0.column): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  private static func indented(_ text: String, _ count: Int) -> String {
    text.isEmpty
      ? ""
      : text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 + "\n" }
        .joined()
  }
}
