import LabUnits

/// One step of `spec.strategy.canary.steps`.
struct ArgoCanaryStepManifest {
  /// What a step does, with the places of its values.
  enum Action {
    case setWeight(Given<Int>)
    case pause(Given<Span>?)
    case setCanaryScale(replicas: Given<Int>?, weight: Given<Int>?, matches: Given<Bool>?)
    case setHeaderRoute(name: Given<String>?, hasMatch: Bool)
    case setMirrorRoute(name: Given<String>?, hasMatch: Bool, percentage: Given<Int>?)
    case analysis(RolloutAnalysisManifest)
    case experiment(ArgoExperimentManifest)
    /// Something that is read and not played.
    case leftOut
  }

  /// What the step does; nil if it is refused.
  let action: Action?
  /// Where the step stands.
  let place: ManifestPlace
  /// The step's path below the object.
  let path: String

  private static let keys = [
    "setWeight", "pause", "setCanaryScale", "setHeaderRoute", "setMirrorRoute", "analysis",
    "experiment", "plugin",
  ]

  /// Reads a step; all that is wrong with it alone is reported.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    let present = Self.keys.filter { fields.has($0) }
    if present.count > 1 {
      fields.findings.refuse(
        .manifestRefused,
        "a step has exactly one action, this one has \(present.joined(separator: " and "))",
        hint: "write one step for each", at: fields.place(of: present[1]))
    } else if present.isEmpty {
      // A key that is nearly one is reported by its own name.
      if fields.keys.allSatisfy(Self.keys.contains) {
        fields.findings.refuse(
          .manifestRefused, "a step without an action", hint: "write setWeight: 20 or pause: {}",
          at: fields.place)
      }
    }
    action = present.first.flatMap { Self.action($0, &fields) }
    fields.pass(Self.keys)
    fields.close()
  }

  private static func action(_ key: String, _ fields: inout ManifestFields) -> Action? {
    switch key {
    case "setWeight":
      return fields.integer("setWeight", -1_000_000_000...1_000_000_000).map { .setWeight($0) }
    case "pause":
      guard var pause = fields.section("pause") else { return nil }
      let isTimed = pause.has("duration")
      let duration = pause.argoDuration("duration")
      pause.close()
      return isTimed && duration == nil ? nil : .pause(duration)
    case "setCanaryScale":
      guard var scale = fields.section("setCanaryScale") else { return nil }
      let action = Action.setCanaryScale(
        replicas: scale.integer("replicas", 0...100_000),
        weight: scale.integer("weight", 0...10_000), matches: scale.flag("matchTrafficWeight"))
      scale.close()
      return action
    case "setHeaderRoute":
      guard var route = fields.section("setHeaderRoute") else { return nil }
      let name = route.text("name")
      let matches = route.sections("match")
      for match in matches { readHeader(match) }
      route.close()
      return .setHeaderRoute(name: name, hasMatch: !matches.isEmpty)
    case "setMirrorRoute":
      guard var route = fields.section("setMirrorRoute") else { return nil }
      let name = route.text("name")
      let percentage = route.integer("percentage", 0...100)
      let hasMatch = route.has("match")
      route.leaveOut(["match"], "all requests count as matching")
      route.close()
      return .setMirrorRoute(name: name, hasMatch: hasMatch, percentage: percentage)
    case "analysis":
      return fields.section("analysis").map { .analysis(RolloutAnalysisManifest($0)) }
    case "experiment":
      return fields.section("experiment").map { .experiment(ArgoExperimentManifest($0)) }
    default:
      fields.leaveOut(["plugin"], "what a step plug-in does is not known; it takes no time")
      return .leftOut
    }
  }

  private static func readHeader(_ fields: ManifestFields) {
    var fields = fields
    _ = fields.text("headerName")
    if var value = fields.section("headerValue") {
      let given = ["exact", "prefix", "regex"].compactMap { value.text($0) }
      if given.count != 1 {
        value.findings.refuse(
          .manifestRefused, "a headerValue has exactly one of exact, prefix and regex",
          hint: "write exact: \"true\"", at: given.dropFirst().first?.place ?? value.place)
      }
      value.close()
    }
    fields.close()
  }
}
