import ArgumentParser
import LabUnits

/// Percentages as they stand on the command line.
enum Percentage {
  /// The share that a percentage names, exact to the millionth.
  ///
  ///     try Percentage.share("2.5%").millionths  // 25000
  ///
  /// - Throws: `ValidationError` for anything but a percentage above 0% and up to 100% with at most four decimals.
  static func share(_ text: String) throws -> Share {
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard text.hasSuffix("%"), parts.count <= 2, let whole = digits(parts[0], at: 1...3),
      let decimals = parts.count == 2 ? digits(parts[1], at: 1...4) : 0
    else { throw wrong }
    let scale = [1, 1000, 100, 10, 1][parts.count == 2 ? parts[1].count : 0]
    let millionths = Int64(whole * 10_000 + decimals * scale)
    guard (1...1_000_000).contains(millionths) else { throw wrong }
    return Share(millionths: millionths)
  }

  /// The share as a percentage without needless decimals.
  static func text(_ share: Share) -> String {
    let whole = share.millionths / 10_000
    var decimals = String(10_000 + share.millionths % 10_000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return decimals.isEmpty ? "\(whole)%" : "\(whole).\(decimals)%"
  }

  private static let wrong = ValidationError(
    "write a percentage above 0% and up to 100%, such as 2%")

  private static func digits(_ text: Substring, at lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return Int(text)
  }
}
