import CLibYAML

/// How much of a YAML file is read before it is refused, and what is read as YAML.
struct YAMLLimits {
  /// The most values, with every alias written out.
  var nodes = 200_000
  /// The deepest nesting, aliases written out.
  var depth = 100
  /// Whether the tags of plain values (`!!int`, `!!bool`) and merges of several mappings are read, as clusters do.
  var isLenient = false
}

/// Reads YAML in one pass over libyaml's events into a tree with places.
///
/// Every limit is checked as the tree grows: an alias shares the tree it names and counts with its whole
/// weight, so a bomb is refused by arithmetic and never written out.
struct YAMLReader {
  let parser: UnsafeMutablePointer<yaml_parser_t>
  let event: UnsafeMutablePointer<yaml_event_t>
  private let limits: YAMLLimits
  private var anchors: [String: YAMLNode] = [:]
  private var openAnchors: Set<String> = []
  private var weight = 0
  private(set) var faults: [LocatedFault] = []

  /// The tree of a text, and everything that is wrong with its YAML.
  ///
  /// - Parameters:
  ///   - bytes: Text that ``TextCheck`` has passed; a byte order mark is skipped.
  ///   - limits: How much is read.
  /// - Returns: the tree, nil if it is empty or unreadable; and the faults, empty for a good file.
  static func read(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits())
    -> (root: YAMLNode?, faults: [LocatedFault])
  {
    var root: YAMLNode?
    let faults = parse(bytes, limits: limits) { (reader) throws(LocatedFault) in
      root = try reader.onlyDocument()
    }
    return (faults.isBroken ? nil : root, faults.found)
  }

  /// The trees of all documents of a text, and everything that is wrong with its YAML.
  ///
  /// - Parameters:
  ///   - bytes: Text that ``TextCheck`` has passed; a byte order mark is skipped.
  ///   - limits: How much is read, all documents together.
  /// - Returns: the trees of the documents that are not empty, in order, up to the first that is
  ///   unreadable; and the faults, empty for a good file.
  static func readAll(_ bytes: [UInt8], limits: YAMLLimits)
    -> (roots: [YAMLNode], faults: [LocatedFault])
  {
    var roots: [YAMLNode] = []
    let faults = parse(bytes, limits: limits) { (reader) throws(LocatedFault) in
      try reader.advance()  // the start of the stream
      try reader.advance()
      while let root = try reader.document() {
        if !root.isNull { roots.append(root) }
      }
    }
    return (roots, faults.found)
  }

  private static func parse(
    _ bytes: [UInt8], limits: YAMLLimits,
    _ body: (inout YAMLReader) throws(LocatedFault) -> Void
  ) -> (found: [LocatedFault], isBroken: Bool) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    defer {
      parser.deallocate()
      event.deallocate()
    }
    guard yaml_parser_initialize(parser) == 1 else {
      return ([LocatedFault(fault: .file(.system(12)), mark: .wholeFile)], true)
    }
    defer { yaml_parser_delete(parser) }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return bytes.withUnsafeBufferPointer { buffer in
      let start = buffer.baseAddress.map { $0 + (hasMark ? 3 : 0) }
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, start, buffer.count - (hasMark ? 3 : 0))
      var reader = YAMLReader(parser: parser, event: event, limits: limits)
      defer { yaml_event_delete(event) }
      do throws(LocatedFault) {
        try body(&reader)
        return (reader.faults, false)
      } catch {
        return (reader.faults + [error], true)
      }
    }
  }

  private init(
    parser: UnsafeMutablePointer<yaml_parser_t>, event: UnsafeMutablePointer<yaml_event_t>,
    limits: YAMLLimits
  ) {
    self.parser = parser
    self.event = event
    self.limits = limits
  }

  /// The one document of a text; nil if it is empty.
  private mutating func onlyDocument() throws(LocatedFault) -> YAMLNode? {
    try advance()  // the start of the stream
    try advance()
    guard let root = try document() else { return nil }
    if event.pointee.type == YAML_DOCUMENT_START_EVENT {
      throw LocatedFault(fault: .secondDocument, mark: mark)
    }
    return root.isNull ? nil : root
  }

  /// The document that begins with the present event, and goes on to the event behind it; nil at the end.
  private mutating func document() throws(LocatedFault) -> YAMLNode? {
    guard event.pointee.type == YAML_DOCUMENT_START_EVENT else { return nil }
    // An anchor means nothing beyond its document.
    anchors = [:]
    try advance()
    let root = try node(depth: 1)
    try advance()  // the end of the document
    try advance()
    return root
  }

  /// Reads the value that begins with the present event.
  private mutating func node(depth: Int) throws(LocatedFault) -> YAMLNode {
    let mark = mark
    switch event.pointee.type {
    case YAML_ALIAS_EVENT:
      return try alias(at: mark, depth: depth)
    case YAML_SCALAR_EVENT:
      try count(1, depth: depth, at: mark)
      let scalar = event.pointee.data.scalar
      let name = anchorName(scalar.anchor)
      let tag = try tag(scalar.tag, at: mark)
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = tag == .plain || tag == nil && scalar.style == YAML_PLAIN_SCALAR_STYLE
      return named(name, YAMLNode(.scalar(text, isPlain: isPlain), mark: mark))
    case YAML_SEQUENCE_START_EVENT:
      try count(1, depth: depth, at: mark)
      let name = anchorName(event.pointee.data.sequence_start.anchor)
      _ = try tag(event.pointee.data.sequence_start.tag, at: mark)
      return named(name, YAMLNode(.sequence(try items(depth: depth)), mark: mark))
    case YAML_MAPPING_START_EVENT:
      try count(1, depth: depth, at: mark)
      let name = anchorName(event.pointee.data.mapping_start.anchor)
      _ = try tag(event.pointee.data.mapping_start.tag, at: mark)
      return named(name, YAMLNode(try entries(depth: depth), mark: mark))
    default:
      preconditionFailure("libyaml sent an event that begins no value")
    }
  }

  private mutating func items(depth: Int) throws(LocatedFault) -> [YAMLNode] {
    var items: [YAMLNode] = []
    try advance()
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      items.append(try node(depth: depth + 1))
      try advance()
    }
    return items
  }

  private mutating func entries(depth: Int) throws(LocatedFault) -> YAMLNode.Content {
    var entries = YAMLEntryList()
    var merges: [(mark: SourceMark, value: YAMLNode)] = []
    try advance()
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      let key = try node(depth: depth + 1)
      try advance()
      let value = try node(depth: depth + 1)
      try advance()
      guard case .scalar(let text, let isPlain) = key.content else {
        faults.append(LocatedFault(fault: .keyNotText, mark: key.mark))
        continue
      }
      if isPlain, text == "<<" {
        merges.append((key.mark, value))
      } else if let first = entries.append(YAMLEntry(key: text, keyMark: key.mark, value: value)) {
        faults.append(LocatedFault(fault: .duplicateKey(text, first: first), mark: key.mark))
      }
    }
    for (index, merge) in merges.enumerated() {
      guard index == 0 else {
        let first = merges[0].mark
        faults.append(LocatedFault(fault: .duplicateKey("<<", first: first), mark: merge.mark))
        continue
      }
      mergeKeys(of: merge.value, into: &entries)
    }
    return .mapping(entries.entries, hasMerge: !merges.isEmpty)
  }

  private mutating func mergeKeys(of value: YAMLNode, into entries: inout YAMLEntryList) {
    switch value.content {
    case .mapping(let merged, let hasMerge) where !hasMerge || limits.isLenient:
      entries.merge(merged)
    case .sequence(let items) where limits.isLenient:
      for item in items {
        if case .sequence = item.content {
          faults.append(LocatedFault(fault: .mergeOfNoMapping, mark: item.mark))
        } else {
          mergeKeys(of: item, into: &entries)
        }
      }
    case .mapping: faults.append(LocatedFault(fault: .mergeOfMerge, mark: value.mark))
    default: faults.append(LocatedFault(fault: .mergeOfNoMapping, mark: value.mark))
    }
  }

  private mutating func alias(at mark: SourceMark, depth: Int) throws(LocatedFault) -> YAMLNode {
    let name = anchorName(event.pointee.data.alias.anchor) ?? ""
    if openAnchors.contains(name) {
      throw LocatedFault(fault: .recursiveAlias(name), mark: mark)
    }
    guard let node = anchors[name] else {
      throw LocatedFault(fault: .unknownAlias(name), mark: mark)
    }
    try count(node.weight, depth: depth + node.height - 1, at: mark)
    return node.moved(to: mark)
  }

  private mutating func count(_ values: Int, depth: Int, at mark: SourceMark) throws(LocatedFault) {
    weight += values
    if weight > limits.nodes {
      throw LocatedFault(fault: .tooManyValues(limit: limits.nodes), mark: mark)
    }
    if depth > limits.depth {
      throw LocatedFault(fault: .tooDeep(limit: limits.depth), mark: mark)
    }
  }

  /// The anchor of the value that now begins; it stays open until ``named(_:_:)`` closes it.
  private mutating func anchorName(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let bytes else { return nil }
    let name = String(cString: bytes)
    if event.pointee.type != YAML_ALIAS_EVENT { openAnchors.insert(name) }
    return name
  }

  private mutating func named(_ name: String?, _ node: YAMLNode) -> YAMLNode {
    guard let name else { return node }
    openAnchors.remove(name)
    anchors[name] = node
    return node
  }

  /// What a tag can say about a scalar.
  private enum ScalarTag {
    case text, plain, other
  }

  /// What a tag says; other tags than `!!str`, `!!map`, `!!seq` are refused unless the reading is lenient.
  private func tag(_ bytes: UnsafeMutablePointer<yaml_char_t>?, at mark: SourceMark)
    throws(LocatedFault) -> ScalarTag?
  {
    guard let bytes else { return nil }
    let tag = String(cString: bytes)
    switch tag {
    case "!", "tag:yaml.org,2002:str": return .text
    case "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq": return .other
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      if limits.isLenient { return .plain }
      throw LocatedFault(fault: .tag(tag), mark: mark)
    default: throw LocatedFault(fault: .tag(tag), mark: mark)
    }
  }
}
