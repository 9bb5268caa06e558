/// Turns files into objects: text, documents, lists taken apart, names.
struct ManifestReading {
  private let limits: ManifestLimits
  private var files: [ManifestFile] = []
  private var objects: [ManifestObject] = []
  private let findings = ManifestFindings()
  private var bytesLeft: Int
  private var nodesLeft: Int
  private var first: [String: ManifestPlace] = [:]

  /// A reading of nothing so far.
  init(limits: ManifestLimits) {
    self.limits = limits
    bytesLeft = limits.bytes
    nodesLeft = limits.nodes
  }

  /// What was read, if all of it can be.
  ///
  /// - Throws: everything that is wrong.
  func set() throws(ScenarioFileError) -> ManifestSet {
    if !findings.faults.isEmpty { throw findings.error(files) }
    return ManifestSet(files: files, objects: objects, findings: findings)
  }

  /// Reads files, folders and standard input.
  mutating func gather(_ paths: [String], standardInput: [UInt8]?) {
    var read: Set<String> = []
    for path in paths {
      if path == "-" {
        if read.insert("-").inserted { add(ManifestFile(name: "-", bytes: standardInput ?? [])) }
        continue
      }
      guard ManifestFolder.isFolder(path) else {
        if read.insert(ManifestFolder.resolved(path)).inserted { addFile(path) }
        continue
      }
      let found = ManifestFolder.files(below: path, limit: limits.files)
      if found.isEmpty {
        refuseFile(
          path, .manifestNoWorkload, "no file of this folder ends in .yaml, .yml or .json",
          hint: "name the folder that holds the manifests")
      }
      guard found.count <= limits.files else {
        refuseFile(
          path, .fileTooLarge, "the folder holds more than \(limits.files) files",
          hint: "name the folders that belong to the release")
        continue
      }
      for file in found where read.insert(ManifestFolder.resolved(file)).inserted {
        if isKustomization(file) {
          leaveOutKustomization(file)
        } else {
          addFile(file)
        }
      }
    }
  }

  private mutating func addFile(_ path: String) {
    do throws(FileProblem) {
      add(ManifestFile(name: path, bytes: try RegularFile.read(path, limit: max(bytesLeft, 0))))
    } catch {
      var problem = error
      if case .tooLarge = problem { problem = .tooLarge(limit: limits.bytes) }
      files.append(ManifestFile(name: path, bytes: []))
      findings.report(
        .file(problem), at: ManifestPlace(file: files.count - 1, mark: .wholeFile))
    }
  }

  /// Reads one text.
  mutating func add(_ file: ManifestFile) {
    let number = files.count
    files.append(file)
    bytesLeft -= file.bytes.count
    func place(_ mark: SourceMark) -> ManifestPlace { ManifestPlace(file: number, mark: mark) }
    guard bytesLeft >= 0 else {
      findings.report(.file(.tooLarge(limit: limits.bytes)), at: place(.wholeFile))
      return
    }
    if let problem = TextCheck.problem(in: file.bytes) {
      findings.report(.notText(problem.fact), at: place(problem.mark))
      return
    }
    let (roots, faults) = YAMLReader.readAll(
      file.bytes, limits: YAMLLimits(nodes: nodesLeft, depth: limits.depth, isLenient: true))
    for fault in faults {
      var fact = fault.fault
      if case .tooManyValues = fact { fact = .tooManyValues(limit: limits.nodes) }
      findings.report(fact, at: place(fault.mark))
    }
    if let fault = faults.first, isTemplate(file.bytes) {
      findings.refuse(
        .manifestNoObject, "the file is a template: '{{' stands in it",
        hint: "render it first: helm template CHART | strategylab import -", at: place(fault.mark))
    }
    if roots.isEmpty, faults.isEmpty {
      findings.report(.emptyFile, at: place(.wholeFile))
    }
    for root in roots {
      nodesLeft -= root.weight
      addObject(root, file: number, listKind: nil)
    }
  }

  private mutating func refuseFile(
    _ path: String, _ code: DiagnosticCode, _ message: String, hint: String
  ) {
    files.append(ManifestFile(name: path, bytes: []))
    findings.refuse(
      code, message, hint: hint, at: ManifestPlace(file: files.count - 1, mark: .wholeFile))
  }

  private func isKustomization(_ path: String) -> Bool {
    ["/kustomization.yaml", "/kustomization.yml"].contains { path.hasSuffix($0) }
  }

  private mutating func leaveOutKustomization(_ path: String) {
    files.append(ManifestFile(name: path, bytes: []))
    findings.leaveOut(
      LeftOutField(
        object: "the kustomization \(path)", path: "",
        reason:
          "the files are read as they stand; 'kustomize build FOLDER | strategylab import -' reads what is built",
        place: ManifestPlace(file: files.count - 1, mark: .start)))
  }

  private func isTemplate(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == 0x7B && $1 == 0x7B }
  }
}

extension ManifestReading {
  /// Keeps an object, or every item of a list of objects.
  private mutating func addObject(_ node: YAMLNode, file: Int, listKind: (String, String)?) {
    let place = ManifestPlace(file: file, mark: node.mark)
    guard case .mapping(let entries, _) = node.content else {
      findings.refuse(
        .manifestNoObject,
        "\(node.shape.words) stands here, and no object with apiVersion and kind",
        hint: "take the notes of a tool away: helm template CHART prints manifests alone",
        at: place)
      return
    }
    var fields = ManifestFields(
      entries, object: "this object", path: "", place: place, findings: findings)
    let kind = fields.text("kind")?.value ?? listKind?.1 ?? ""
    let apiVersion = fields.text("apiVersion")?.value ?? listKind?.0 ?? ""
    if kind.hasSuffix("List"), fields.has("items") || kind == "List" {
      let inherited = kind == "List" ? nil : (apiVersion, String(kind.dropLast(4)))
      for item in fields.items("items") { addObject(item, file: file, listKind: inherited) }
      return
    }
    guard !kind.isEmpty, !apiVersion.isEmpty else {
      refuseNoObject(entries.map { $0.key }, kind: kind, at: place)
      return
    }
    name(kind, apiVersion, fields, node, place)
  }

  private mutating func name(
    _ kind: String, _ apiVersion: String, _ fields: ManifestFields, _ node: YAMLNode,
    _ place: ManifestPlace
  ) {
    var fields = fields
    guard var metadata = fields.section("metadata") else {
      findings.refuse(
        .manifestNoObject, "the \(kind) has no metadata.name",
        hint: "write metadata: {name: ...}", at: fields.place(of: "metadata"))
      return
    }
    guard let name = metadata.text("name"), !name.value.isEmpty else {
      findings.refuse(
        .manifestNoObject, "the \(kind) has no metadata.name",
        hint: metadata.has("generateName")
          ? "generateName makes a new object each time: write a name" : "write a name",
        at: metadata.place)
      return
    }
    let namespace = metadata.text("namespace")?.value ?? "default"
    let title = ManifestObject.title(kind, namespace, name.value)
    let object = ManifestObject(
      apiVersion: apiVersion, kind: kind, namespace: namespace, name: name.value,
      labels: metadata.labels("labels"), annotations: metadata.labels("annotations"),
      fields: fields.renamed(title), place: place, node: node)
    metadata = metadata.renamed(title)
    metadata.pass([
      "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink",
      "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers", "ownerReferences",
      "managedFields", "clusterName",
    ])
    metadata.close()
    let identity = "\(object.group)/\(kind)/\(namespace)/\(name.value)"
    if let before = first[identity] {
      findings.refuse(
        .manifestTwice, "\(title) is described twice",
        hint: "it stands in \(files[before.file].name):\(before.mark.line) already", at: name.place)
    } else {
      first[identity] = place
      objects.append(object)
    }
  }

  private func refuseNoObject(_ keys: [String], kind: String, at place: ManifestPlace) {
    let missing = kind.isEmpty ? "kind" : "apiVersion"
    let hint: String
    if keys.contains("service"), keys.contains("traffic") {
      hint = "this is a scenario of strategylab: give it with --profile"
    } else if keys.contains("NAME") || keys.contains("NOTES") || keys.contains("LAST DEPLOYED") {
      hint = "these are the notes of a tool: helm template CHART prints manifests alone"
    } else if keys.contains("resources") || keys.contains("bases") {
      hint = "a kustomization is built first: kustomize build FOLDER | strategylab import -"
    } else {
      hint =
        "every object has apiVersion, kind and metadata.name; values and patches are rendered first"
    }
    findings.refuse(
      .manifestNoObject, "this is no object: '\(missing)' is missing", hint: hint, at: place)
  }
}
