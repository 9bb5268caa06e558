/// One line that says how far an experiment is: a value that draws itself as text.
struct ProgressBar: Equatable {
  /// Runs that were known before this process began to play.
  var runsBefore = 0
  /// Runs that are known now.
  var runsDone: Int
  /// Runs that are planned; with a precision the most there may be.
  var runsPlanned: Int
  /// Seconds of real time since this process began to play.
  var elapsedSeconds: Double
  /// Half the width of the interval of the recommended strategy's mean cost, in dollars.
  var halfWidth: Double?

  /// Runs of this process for each second.
  var runsPerSecond: Double {
    elapsedSeconds > 0 ? Double(runsDone - runsBefore) / elapsedSeconds : 0
  }

  /// The time that the rest will take at this pace; nil as long as there is no pace.
  var secondsLeft: Double? {
    runsPerSecond > 0 ? Double(max(0, runsPlanned - runsDone)) / runsPerSecond : nil
  }

  /// The line, at most so many characters long.
  ///
  ///     [=====     ]  50%  500 of 1000 runs  250 runs/s  0:02 left  cost within $1.25
  ///
  /// What does not fit is left out from the end.
  func line(width: Int) -> String {
    let share = runsPlanned > 0 ? min(1, Double(runsDone) / Double(runsPlanned)) : 0
    let percent = String(Int(share * 100))
    var line = "[\(Self.bar(share, cells: 20))] \(Self.padded(percent, to: 3))%"
    var parts = ["\(runsDone) of \(runsPlanned) runs"]
    if runsPerSecond > 0 { parts.append("\(Self.significant(runsPerSecond)) runs/s") }
    if let secondsLeft { parts.append("\(Self.clock(secondsLeft)) left") }
    if let halfWidth { parts.append("cost within $\(Self.significant(halfWidth))") }
    for part in parts {
      if line.count + 2 + part.count > width { break }
      line += "  " + part
    }
    return String(line.prefix(width))
  }

  private static func bar(_ share: Double, cells: Int) -> String {
    let full = Int(share * Double(cells))
    return String(repeating: "=", count: full) + String(repeating: " ", count: cells - full)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Minutes and seconds, or hours, minutes and seconds.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 3_599_999).rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  /// A number with as many decimals as three figures need.
  static func significant(_ number: Double) -> String {
    guard number.isFinite, number < 1e15 else { return "?" }
    if number >= 99.95 { return String(Int(number.rounded())) }
    let decimals = number >= 9.995 ? 1 : 2
    let scale = decimals == 1 ? 10 : 100
    let scaled = Int((number * Double(scale)).rounded())
    let fraction = String(scale + scaled % scale).dropFirst()
    return "\(scaled / scale).\(fraction)"
  }
}
