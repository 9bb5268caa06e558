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
  /// What labels cover only where there is no other room.
  var nuisances: [ChartRect] = []

  private static let gap = 7.0
  /// How many of the places count as near: beside the point, and on the two first rings.
  private static let nearCandidates = 24

  /// A place for each label, in the order of the requests; nil where there is none left.
  ///
  /// A label stands as near to its point as it can: right, left, above, below, then further out on a
  /// widening ring. Earlier requests choose first.
  ///
  /// - Complexity: O(n²) for n labels, with a constant of some hundred places each.
  func places(for requests: [Request]) -> [ChartRect?] {
    var taken = obstacles
    return requests.map { request in
      let free = candidates(request).enumerated().filter { candidate in
        bounds.contains(candidate.element) && !taken.contains { $0.overlaps(candidate.element) }
      }
      // A label far from its point is worse than one that crosses a thin line.
      let clean = free.first { candidate in
        candidate.offset < Self.nearCandidates
          && !nuisances.contains { $0.overlaps(candidate.element) }
      }
      let place = (clean ?? free.first)?.element
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
