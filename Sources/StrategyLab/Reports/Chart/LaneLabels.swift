/// Finds lanes above a panel for labels of moments, so that no label or its stem covers another label.
///
/// A label is a flag on its stem: it stands right of the stem, or left of it where there is no room.
struct LaneLabels {
  /// A label in its lane.
  struct Placed: Equatable {
    /// Which request it answers.
    let index: Int
    /// The lane, counted from the panel.
    let lane: Int
    /// Where the label begins.
    let x: Double
    /// The label's width.
    let width: Double
    /// Where its stem stands.
    let stem: Double
  }

  /// A label that wants a place: the pixel of its moment, and its width.
  typealias Request = (stem: Double, width: Double)

  /// How many lanes there are.
  let lanes: Int
  /// The pixels between which labels may stand.
  let range: ClosedRange<Double>

  private static let gap = 8.0
  /// Places tried for one more label before it is given up; enough for what people can read.
  private static let patience = 400

  /// Places for as many labels as have room; the first ask first.
  ///
  /// - Parameter requests: The labels, the most important first.
  /// - Returns: The labels that found room, from the last moment to the first.
  func place(_ requests: [Request]) -> [Placed] {
    var accepted: [Placed] = []
    var indices: [Int] = []
    for index in requests.indices {
      let wanted = (indices + [index]).sorted {
        (requests[$0].stem, $0) > (requests[$1].stem, $1)
      }
      var tries = Self.patience
      var layout: [Placed] = []
      if extend(&layout, with: wanted[...], of: requests, tries: &tries) {
        accepted = layout
        indices.append(index)
      }
    }
    return accepted
  }

  /// Places the remaining labels one by one and steps back where one finds no room.
  ///
  /// Later moments come first, so that earlier ones, whose words run to the right above them, move up.
  private func extend(
    _ layout: inout [Placed], with rest: ArraySlice<Int>, of requests: [Request], tries: inout Int
  ) -> Bool {
    guard let index = rest.first else { return true }
    let (stem, width) = requests[index]
    for x in [stem + 4, stem - 4 - width]
    where x >= range.lowerBound && x + width <= range.upperBound {
      for lane in 0..<lanes {
        guard tries > 0 else { return false }
        tries -= 1
        let candidate = Placed(index: index, lane: lane, x: x, width: width, stem: stem)
        guard layout.allSatisfy({ !Self.collide($0, candidate) }) else { continue }
        layout.append(candidate)
        if extend(&layout, with: rest.dropFirst(), of: requests, tries: &tries) { return true }
        layout.removeLast()
      }
    }
    return false
  }

  /// Whether two labels touch, or the stem of the upper one runs through the lower one.
  static func collide(_ left: Placed, _ right: Placed) -> Bool {
    if left.lane == right.lane {
      return left.x < right.x + right.width + gap && right.x < left.x + left.width + gap
    }
    let (upper, lower) = left.lane > right.lane ? (left, right) : (right, left)
    return upper.stem > lower.x - 1 && upper.stem < lower.x + lower.width + 1
  }
}
