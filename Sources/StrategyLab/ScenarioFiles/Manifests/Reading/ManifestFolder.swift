#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds the manifests below a folder, as `kubectl apply --recursive` does.
enum ManifestFolder {
  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path without links and detours, so that one file under two names is read once.
  static func resolved(_ path: String) -> String {
    guard !path.utf8.contains(0), let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The files below a folder whose names end in `.yaml`, `.yml` or `.json`, sorted by path.
  ///
  /// Names that begin with a point are left out, and so are folders that were met before through a link.
  /// The search ends soon after the limit is passed.
  static func files(below folder: String, limit: Int) -> [String] {
    var found: [String] = []
    var waiting = [folder]
    var visited: Set<String> = [resolved(folder)]
    while let folder = waiting.popLast(), found.count <= limit {
      for name in names(in: folder) where !name.hasPrefix(".") {
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        if isFolder(path) {
          if visited.count <= limit, visited.insert(resolved(path)).inserted {
            waiting.append(path)
          }
        } else if isManifestName(name) {
          found.append(path)
        }
      }
    }
    return found.sorted()
  }

  private static func isManifestName(_ name: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names.sorted()
  }
}
