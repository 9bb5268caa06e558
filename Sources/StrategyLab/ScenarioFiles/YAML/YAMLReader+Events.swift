import CLibYAML

/// The events of libyaml, and where they stand.
extension YAMLReader {
  /// Goes on to the next event.
  func advance() throws(LocatedFault) {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else { throw syntaxFault() }
  }

  /// The place of the present event; what spans lines is cut at the end of its first one.
  var mark: SourceMark {
    let start = event.pointee.start_mark
    let end = event.pointee.end_mark
    let length = end.line == start.line ? Int(end.column) - Int(start.column) : 1
    return SourceMark(line: Int(start.line) + 1, column: Int(start.column) + 1, length: length)
  }

  private func syntaxFault() -> LocatedFault {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it breaks off"
    let mark = YAMLReader.mark(parser.pointee.problem_mark)
    if problem == "found character that cannot start any token", let next = character(at: mark) {
      return LocatedFault(fault: next == "\t" ? .tabIndentation : .cannotStart(next), mark: mark)
    }
    if problem.contains("a tab character") {
      return LocatedFault(fault: .tabIndentation, mark: mark)
    }
    let context = parser.pointee.context.map { String(cString: $0) } ?? ""
    let contextMark = YAMLReader.mark(parser.pointee.context_mark)
    return LocatedFault(
      fault: .syntax(
        problem: problem, context: context, contextMark: context.isEmpty ? nil : contextMark),
      mark: mark)
  }

  private static func mark(_ mark: yaml_mark_t) -> SourceMark {
    SourceMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// The character at a place, from the parser's own input.
  private func character(at mark: SourceMark) -> String? {
    guard let start = parser.pointee.input.string.start, let end = parser.pointee.input.string.end
    else { return nil }
    var text = SourceText(Array(UnsafeBufferPointer(start: start, count: end - start)))
    guard let excerpt = text.excerpt(at: mark) else { return nil }
    return excerpt.text.unicodeScalars.dropFirst(mark.column - excerpt.firstColumn).first.map(
      String.init)
  }
}
