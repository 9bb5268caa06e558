import LabUnits

/// Everything that can be wrong with a trace file, as facts.
enum TraceFault: Hashable {
  /// The file cannot be read; a fact about the scenario that names it.
  case unreadable(String, FileProblem)
  /// The file is no text.
  case notText(String)
  /// The trace ends before the horizon does.
  case tooShort(length: Span, from: Span, horizon: Span)
  /// Pieces so short that the trace would have too many of them.
  case tooManyBins(bin: Span, limit: Int)
  /// Nothing but blank lines.
  case empty
  /// The first line holds numbers.
  case noHeader(String)
  /// There is a header and nothing else.
  case noRows
  /// The header does not say what the second column holds.
  case unclearColumn(String)
  /// There is one column where a rate or a count is needed.
  case noValueColumn
  /// A row has more or fewer fields than the header.
  case raggedRow(found: Int, expected: Int)
  /// A quote is not closed on its line.
  case unclosedQuote
  /// Text follows a closing quote.
  case textAfterQuote
  /// The first field is neither seconds nor a time stamp.
  case badTime(String)
  /// The first field is not of the kind that the first row has.
  case otherTime(String, isStamp: Bool)
  /// A time lies before the one of the row above.
  case timeGoesBack(String)
  /// A time is the one of the row above.
  case timeRepeated(String)
  /// The second field is no number.
  case badValue(String)
  /// The second field is below zero.
  case negativeValue(String)
  /// The rate is larger than what is simulated.
  case rateTooHigh(String)
  /// Reading stopped after so many errors.
  case stopped(after: Int)

  /// The code under which the fact is reported.
  var code: DiagnosticCode {
    switch self {
    case .unreadable, .notText, .empty: .traceUnreadable
    case .tooShort: .traceTooShort
    case .tooManyBins: .traceBin
    case .noHeader, .noRows, .unclearColumn, .noValueColumn: .traceHeader
    case .raggedRow, .unclosedQuote, .textAfterQuote, .stopped: .traceRow
    case .badTime, .otherTime, .timeGoesBack, .timeRepeated: .traceTime
    case .badValue, .negativeValue, .rateTooHigh: .traceValue
    }
  }

  /// What was found and what was expected.
  var message: String {
    switch self {
    case .unreadable(let path, let problem): "the trace '\(path)' cannot be read: \(problem.reason)"
    case .notText(let reason): "the trace is no text: \(reason)"
    case .tooShort(let length, let from, let horizon):
      from == .zero
        ? "the trace is \(length.text) long, the horizon is \(horizon.text)"
        : "the trace is \(length.text) long, and \(from.text) + the horizon of \(horizon.text) is longer"
    case .tooManyBins(let bin, let limit):
      "bin \(bin.text) cuts the horizon into more than \(limit) pieces"
    case .empty: "the trace is empty"
    case .noHeader(let text): "the trace begins with '\(text)' and not with a header line"
    case .noRows: "the trace has a header line and no rows"
    case .unclearColumn(let name): "the column '\(name)' is neither a rate nor a count by its name"
    case .noValueColumn: "the trace has one column, a rate or a count needs a second"
    case .raggedRow(let found, let expected):
      "the row has \(found) \(found == 1 ? "field" : "fields"), the header has \(expected)"
    case .unclosedQuote: "the quote is not closed on its line"
    case .textAfterQuote: "text follows the closing quote"
    case .badTime(let text): "'\(text)' is neither seconds nor a time stamp"
    case .otherTime(let text, let isStamp):
      isStamp
        ? "'\(text)' is a time stamp, the first row has another kind of time"
        : "'\(text)' is no time stamp, the first row has one"
    case .timeGoesBack(let text): "the time '\(text)' lies before the row above"
    case .timeRepeated(let text): "the time '\(text)' is the one of the row above"
    case .badValue(let text): "'\(text)' is not a finite number"
    case .negativeValue(let text): "'\(text)' is negative"
    case .rateTooHigh(let text): "'\(text)' makes more than 1000000000000 requests a second"
    case .stopped(let count): "the trace was not read further after \(count) errors"
    }
  }

  /// What to do.
  var hint: String {
    switch self {
    case .unreadable(_, .missing): "the path is relative to the scenario's own folder"
    case .unreadable, .raggedRow, .stopped: ""
    case .notText: "save it as UTF-8"
    case .tooShort(let length, let from, let horizon):
      length >= horizon
        ? "write `from: \((length - horizon).text)` or earlier, or a shorter `experiment.horizon`"
        : from < length
          ? "write `experiment.horizon: \((length - from).text)` or shorter"
          : from > .zero ? "write an earlier `from`" : "record a longer trace"
    case .tooManyBins: "write a longer bin"
    case .empty, .noHeader: "begin it with a line such as seconds,requests_per_second"
    case .noRows: "write a row for each time"
    case .unclearColumn:
      "write `values: rate`, `values: count` or `values: arrivals` under `traffic`"
    case .noValueColumn: "add the column, or write `values: arrivals` under `traffic`"
    case .unclosedQuote: "close it, or write a quote inside a quoted field twice"
    case .textAfterQuote: "end the field with a comma after the quote"
    case .badTime:
      "write seconds (12.5) or a stamp (2014-04-10 00:04:00, 1995-07-01T00:00:00-04:00)"
    case .otherTime: "write all rows alike: seconds, stamps, or stamps with their zone"
    case .timeGoesBack, .timeRepeated: "sort the rows by time, one row for each"
    case .badValue: "write a number, 0 or more"
    case .negativeValue: "a rate or a count is 0 or more"
    case .rateTooHigh: "write smaller values, or a smaller `scale`"
    }
  }
}
