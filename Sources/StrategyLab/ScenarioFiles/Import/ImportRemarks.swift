/// The comments around an imported scenario: where it comes from, and what of the manifests is not in it.
enum ImportRemarks {
  /// The most lines of the list of what is left out.
  private static let mostLines = 500

  /// What was read and is not modelled: fields of what is released, and every other object as a whole.
  static func leftOut(_ cluster: ManifestCluster, _ subject: ReleaseSubject) -> [LeftOutField] {
    var found: [LeftOutField] = []
    for field in cluster.set.findings.leftOut
    where subject.members.contains(field.object) || field.path.isEmpty {
      found.append(field)
    }
    let whole = Set(found.filter { $0.path.isEmpty }.map { $0.object })
    let routing = Set(cluster.routing.map { $0.title })
    let templates = Set(cluster.templates.map { $0.title })
    for object in cluster.set.objects
    where !subject.members.contains(object.title) && !whole.contains(object.title) {
      found.append(
        LeftOutField(
          object: object.title, path: "",
          reason: routing.contains(object.title)
            ? "it does not decide between versions of this release"
            : templates.contains(object.title)
              ? "no analysis of this release names it" : "it is not part of this release",
          place: object.place))
    }
    found.sort { ($0.place, $0.path, $0.reason) < ($1.place, $1.path, $1.reason) }
    // A template that two steps name is left out once.
    var kept: [LeftOutField] = []
    for field in found where kept.last != field { kept.append(field) }
    return kept
  }

  /// The whole text of a scenario.
  static func text(
    draft: DraftNode, cluster: ManifestCluster, subject: ReleaseSubject, notes: [String],
    leftOut: [LeftOutField]
  ) -> String {
    let names = cluster.set.files.map { $0.name == "-" ? "standard input" : $0.name }
    let shown = names.prefix(20).joined(separator: ", ")
    var lines = [
      "# \(DraftWriter.printable("\(subject.object.title), imported by strategylab from"))",
      "# \(DraftWriter.printable(names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown)).",
      "#",
      "# Behind each value stands where it comes from: the line of a manifest, the profile, or a default",
      "# with its source. A key that is not written has its default: 'strategylab explain' shows it.",
    ]
    var text = lines.joined(separator: "\n") + "\n\n"
    if case .mapping(let entries) = draft.content { text += DraftWriter.text(entries) }
    lines = []
    if !notes.isEmpty {
      lines += ["", "# What to know:"] + notes.map { "# - \(DraftWriter.printable($0))" }
    }
    if !leftOut.isEmpty {
      lines += ["", "# Read and not modelled:"]
      lines += leftOut.prefix(mostLines).map {
        "# - \(DraftWriter.printable(sentence($0, in: cluster.set)))"
      }
      if leftOut.count > mostLines { lines.append("# - and \(leftOut.count - mostLines) more") }
    }
    return lines.isEmpty ? text : text + lines.joined(separator: "\n") + "\n"
  }

  /// One field in a line: `Deployment web spec.paused (web.yaml:9): a paused roll-out ...`.
  static func sentence(_ field: LeftOutField, in set: ManifestSet) -> String {
    "\(field.words) (\(set.origin(field.place)))\(field.reason.isEmpty ? "" : ": \(field.reason)")"
  }
}

extension LeftOutField {
  /// The field with its object: `Deployment web spec.paused`.
  var words: String { path.isEmpty ? object : "\(object) \(path)" }

  /// The field and why it is left out, in a line.
  public var summary: String { reason.isEmpty ? words : "\(words): \(reason)" }
}
