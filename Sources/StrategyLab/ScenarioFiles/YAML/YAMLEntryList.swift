/// The entries of a mapping while it is read, with the places of their keys.
struct YAMLEntryList {
  private(set) var entries: [YAMLEntry] = []
  // Most mappings have a handful of keys, among which looking is quicker than hashing.
  private static let fewKeys = 12
  private var positions: [String: Int] = [:]

  /// Adds an entry; if the key is there already, adds nothing and gives the place of the first.
  mutating func append(_ entry: YAMLEntry) -> SourceMark? {
    if entries.count < YAMLEntryList.fewKeys {
      if let first = entries.first(where: { $0.key == entry.key }) { return first.keyMark }
    } else {
      if positions.isEmpty {
        for (position, known) in entries.enumerated() { positions[known.key] = position }
      }
      if let first = positions[entry.key] { return entries[first].keyMark }
      positions[entry.key] = entries.count
    }
    entries.append(entry)
    return nil
  }

  /// Adds the entries whose keys are not there yet.
  mutating func merge(_ others: [YAMLEntry]) {
    for entry in others { _ = append(entry) }
  }
}
