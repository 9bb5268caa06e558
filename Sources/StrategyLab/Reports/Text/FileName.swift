/// Names of files that a strategy's name becomes.
enum FileName {
  /// A part of a file name for each of the names: lower-case letters, digits and hyphens, all different.
  ///
  ///     slugs(["Blue/Green", "blue green"])   // ["blue-green", "blue-green-2"]
  static func slugs(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      let base = slug(name)
      var candidate = base
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(base)-\(number)"
        number += 1
      }
      return candidate
    }
  }

  private static func slug(_ name: String) -> String {
    var result = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(Character(UnicodeScalar(byte)))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        result.append(Character(UnicodeScalar(byte + 32)))
      default: if !result.isEmpty, !result.hasSuffix("-") { result.append("-") }
      }
      if result.utf8.count >= 48 { break }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result.isEmpty ? "strategy" : result
  }
}
