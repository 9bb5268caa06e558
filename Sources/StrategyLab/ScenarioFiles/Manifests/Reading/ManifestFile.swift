/// A text with manifests, and what to call it.
struct ManifestFile: Sendable {
  /// The path as it was given, or found below a folder that was given; `-` for standard input.
  let name: String
  /// The content.
  let bytes: [UInt8]

  /// What origins call the file: its name without the folders.
  var shortName: String {
    name == "-" ? "stdin" : name.split(separator: "/").last.map(String.init) ?? name
  }
}

/// How much of manifests is read before they are refused.
struct ManifestLimits: Sendable {
  /// The most bytes of all files together.
  var bytes = 64_000_000
  /// The most values of all files together, aliases written out.
  var nodes = 4_000_000
  /// The deepest nesting of one document.
  var depth = 100
  /// The most files below the folders that are given.
  var files = 10_000
}
