/// Finds room for labels beside their points, so that none covers another or a point.
struct LabelPlacement {
  /// What wants a label.
  struct Request {
    /// The point that the label belongs to.
    var anchor: ChartPoint
    /// The label's width in pixels.
    var width: Double
    /// The label's height in pixels.
    var height: Double
  }

  /// Where a label may be.
  let bounds: ChartRect
  /// What labels must not cover.
  let obstacles: [ChartRect]

  private static let gap = 7.0

  /// A place for each label, in the order of the requests; nil where there is none left.
  ///
  /// A label stands as near to its point as it can: right, left, above, below, then further out on a
  /// widening ring. Earlier requests choose first.
  ///
  /// - Complexity: O(n²) for n labels, with a constant of some hundred places each.
  func places(for requests: [Request]) -> [ChartRect?] {
    var taken = obstacles
    return requests.map { request in
      let place = candidates(request).first { candidate in
        bounds.contains(candidate) && !taken.contains { $0.overlaps(candidate) }
      }
      if let place { taken.append(place) }
      return place
    }
  }

  private func candidates(_ request: Request) -> [ChartRect] {
    let (x, y, w, h) = (request.anchor.x, request.anchor.y, request.width, request.height)
    let beside = y - h / 2
    var corners: [(Double, Double)] = [
      (x + Self.gap, beside), (x - Self.gap - w, beside), (x - w / 2, y - Self.gap - h),
      (x - w / 2, y + Self.gap), (x + Self.gap, y - Self.gap - h), (x + Self.gap, y + Self.gap),
      (x - Self.gap - w, y - Self.gap - h), (x - Self.gap - w, y + Self.gap),
    ]
    for ring in 1...12 {
      let distance = Double(ring) * h
      for vertical in [-distance, distance] {
        for side in [x + Self.gap, x - Self.gap - w, x - w / 2] {
          corners.append((side, beside + vertical))
        }
        corners.append((x + Self.gap + distance, beside + vertical))
        corners.append((x - Self.gap - w - distance, beside + vertical))
      }
    }
    return corners.map { ChartRect(x: $0.0, y: $0.1, width: w, height: h) }
  }
}

/// Finds lanes above a panel for labels of moments, so that no label or its stem covers another label.
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

  /// How many lanes there are.
  let lanes: Int
  /// The pixels between which labels may stand.
  let range: ClosedRange<Double>

  private static let gap = 8.0

  /// Places for as many labels as have room; the first ask first.
  ///
  /// - Parameter requests: For each label the pixel of its moment and its width.
  /// - Returns: The labels that found room, in the order of the requests.
  func place(_ requests: [(stem: Double, width: Double)]) -> [Placed] {
    var placed: [Placed] = []
    for (index, request) in requests.enumerated() {
      guard request.width <= range.upperBound - range.lowerBound else { continue }
      let x = max(range.lowerBound, min(request.stem - 3, range.upperBound - request.width))
      for lane in 0..<lanes {
        let candidate = Placed(
          index: index, lane: lane, x: x, width: request.width, stem: request.stem)
        if placed.allSatisfy({ !Self.collide($0, candidate) }) {
          placed.append(candidate)
          break
        }
      }
    }
    return placed
  }

  private static func collide(_ left: Placed, _ right: Placed) -> Bool {
    if left.lane == right.lane {
      return left.x < right.x + right.width + gap && right.x < left.x + left.width + gap
    }
    // The stem of the upper label must not run through the lower label.
    let (upper, lower) = left.lane > right.lane ? (left, right) : (right, left)
    return upper.stem > lower.x - 3 && upper.stem < lower.x + lower.width + 3
  }
}
