import LabUnits

/// The rows of a trace: times that do not go back, and a value for each where there are values.
struct TraceTable {
  /// What a row holds.
  enum Content: String, Sendable, Hashable {
    /// A rate per second that holds until the next row.
    case rate
    /// A count over the usual step between rows.
    case count
    /// One request.
    case arrivals
  }

  /// What the rows hold.
  private(set) var content = Content.rate
  /// Nanoseconds since the first row, in order.
  private(set) var times: [Int64] = []
  /// The values of the rows; empty for arrivals.
  private(set) var values: [Double] = []

  /// Everything that is wrong with the file, at most ``mostFaults`` and a last word.
  private(set) var faults: [LocatedFault] = []

  /// A file of which every line is wrong shall not print every line.
  static let mostFaults = 20

  private var columnCount = 0
  private var kind: TraceTime.Kind?
  private var firstTime: Int64 = 0

  /// Reads a trace.
  ///
  /// - Parameters:
  ///   - bytes: The file's text.
  ///   - values: `auto`, or what the rows hold whatever the header says.
  init(_ bytes: [UInt8], values: String) {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer)
      do throws(LocatedFault) {
        guard try reader.next() else { throw LocatedFault(fault: .trace(.empty), mark: .wholeFile) }
        try readHeader(&reader, values: values)
      } catch {
        faults.append(error)
        return
      }
      while faults.count < TraceTable.mostFaults {
        do throws(LocatedFault) {
          guard try reader.next() else { break }
          try readRow(reader, values: values)
        } catch {
          faults.append(error)
          if case .trace(.unclearColumn) = error.fault { return }
          if case .trace(.noValueColumn) = error.fault { return }
        }
      }
      if faults.count >= TraceTable.mostFaults {
        faults.append(
          LocatedFault(fault: .trace(.stopped(after: faults.count)), mark: reader.rowMark))
      } else if times.isEmpty, faults.isEmpty {
        faults.append(LocatedFault(fault: .trace(.noRows), mark: headerMark))
      }
    }
  }

  private var header: (name: String, mark: SourceMark)?
  private var headerMark = SourceMark.start

  private mutating func readHeader(_ reader: inout CSVReader, values: String) throws(LocatedFault) {
    columnCount = reader.fields.count
    headerMark = reader.rowMark
    if TraceTime(UnsafeBufferPointer(rebasing: reader.bytes[reader.fields[0]])) != nil {
      throw LocatedFault(fault: .trace(.noHeader(reader.text(0))), mark: reader.mark(0))
    }
    header = columnCount > 1 ? (reader.text(1), reader.mark(1)) : nil
  }

  private mutating func readRow(_ reader: CSVReader, values: String) throws(LocatedFault) {
    guard reader.fields.count == columnCount else {
      throw LocatedFault(
        fault: .trace(.raggedRow(found: reader.fields.count, expected: columnCount)),
        mark: reader.rowMark)
    }
    let field = UnsafeBufferPointer(rebasing: reader.bytes[reader.fields[0]])
    guard let time = TraceTime(field) else {
      throw LocatedFault(fault: .trace(.badTime(reader.text(0))), mark: reader.mark(0))
    }
    if let kind {
      guard time.kind == kind else {
        let isStamp = time.kind != .seconds
        throw LocatedFault(
          fault: .trace(.otherTime(reader.text(0), isStamp: isStamp)), mark: reader.mark(0))
      }
    } else {
      content = try content(values, isStamp: time.kind != .seconds, reader)
      kind = time.kind
      firstTime = time.nanoseconds
    }
    try append(time.nanoseconds - firstTime, reader)
  }

  private mutating func append(_ time: Int64, _ reader: CSVReader) throws(LocatedFault) {
    if let last = times.last, time < last || time == last && content != .arrivals {
      let text = reader.text(0)
      throw LocatedFault(
        fault: .trace(time < last ? .timeGoesBack(text) : .timeRepeated(text)),
        mark: reader.mark(0))
    }
    if content != .arrivals {
      let text = reader.text(1)
      guard ScalarReader.isNumber(text), let value = Double(text), value.isFinite else {
        throw LocatedFault(fault: .trace(.badValue(text)), mark: reader.mark(1))
      }
      guard value >= 0 else {
        throw LocatedFault(fault: .trace(.negativeValue(text)), mark: reader.mark(1))
      }
      values.append(value)
    }
    times.append(time)
  }

  /// What the rows hold: as the scenario says, or by the name of the second column.
  private func content(_ values: String, isStamp: Bool, _ reader: CSVReader) throws(LocatedFault)
    -> Content
  {
    if let said = Content(rawValue: values) {
      guard said == .arrivals || columnCount > 1 else {
        throw LocatedFault(fault: .trace(.noValueColumn), mark: reader.rowMark)
      }
      return said
    }
    guard let header else { return .arrivals }
    let name = header.name.lowercased()
    let rates = ["per_second", "per second", "persecond", "/s", "rate", "rps", "qps"]
    if rates.contains(where: name.contains) { return .rate }
    let isOtherRate = name.contains("per_") || name.contains("per ") || name.contains("/")
    let counts = ["value", "count", "requests", "hits"]
    if !isOtherRate, counts.contains(where: name.contains) { return .count }
    if isStamp, !isOtherRate { return .arrivals }
    throw LocatedFault(fault: .trace(.unclearColumn(header.name)), mark: header.mark)
  }
}
