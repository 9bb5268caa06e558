/// Parts of a number of replicas by a weight, in whole numbers.
///
/// Weights and replicas are held to ranges in which no product overflows.
enum WeightShare {
  /// `ceil(replicas * weight / most)`, 0 or more.
  static func roundedUp(_ weight: Int, of most: Int, replicas: Int) -> Int {
    let (product, whole) = product(weight, most, replicas)
    return product / whole + (product % whole > 0 ? 1 : 0)
  }

  /// `floor(replicas * weight / most)`, 0 or more.
  static func roundedDown(_ weight: Int, of most: Int, replicas: Int) -> Int {
    let (product, whole) = product(weight, most, replicas)
    return product / whole
  }

  /// Whether `replicas * weight / most` lies in the middle between two whole numbers.
  static func isHalf(_ weight: Int, of most: Int, replicas: Int) -> Bool {
    let (product, whole) = product(weight, most, replicas)
    return product % whole * 2 == whole
  }

  /// The part of a weight that stands for so many of the replicas, rounded down.
  static func weight(of most: Int, for part: Int, replicas: Int) -> Int {
    guard replicas > 0 else { return 0 }
    return min(max(0, part), limit) * min(max(0, most), 1_000_000_000) / replicas
  }

  private static let limit = Int(Int32.max)

  private static func product(
    _ weight: Int, _ most: Int, _ replicas: Int
  ) -> (product: Int, whole: Int) {
    (min(max(0, replicas), limit) * min(max(0, weight), 1_000_000_000), max(1, most))
  }
}
