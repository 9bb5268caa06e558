/// A place in one of several manifest files.
struct ManifestPlace: Hashable, Comparable {
  /// The file's number in the order in which the files were read, from 0.
  let file: Int
  /// The place in the file.
  let mark: SourceMark

  /// Orders places as they are read.
  static func < (left: ManifestPlace, right: ManifestPlace) -> Bool {
    left.file != right.file ? left.file < right.file : left.mark < right.mark
  }
}

/// A value that a manifest gives, with where it stands.
struct Given<Value: Sendable>: Sendable {
  /// The value.
  let value: Value
  /// Where it stands.
  let place: ManifestPlace
  /// The key's path below the object: `spec.strategy.canary.maxSurge`.
  let path: String

  /// Another value that comes from the same place.
  func map<Other: Sendable>(_ transform: (Value) -> Other) -> Given<Other> {
    Given<Other>(value: transform(value), place: place, path: path)
  }
}

extension ManifestPlace: Sendable {}
