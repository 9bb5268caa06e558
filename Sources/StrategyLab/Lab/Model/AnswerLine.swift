/// Mean numbers that become known later, by the bin of a time grid in which they do.
///
/// The bins are a ring. Within a bin they come evenly.
struct AnswerLine {
  /// What has become known since it was last taken.
  private(set) var come = 0.0
  private var bins: [Double]
  /// The bin that something was taken from last beyond an instant within it: what it holds beyond that no longer follows from
  /// what it holds, and replicas are mostly killed many at once.
  private var torn: TornBin?

  private struct TornBin {
    var bin: Int
    /// The part of the bin's time beyond the instant.
    var part: Double
    /// What is known in that time.
    var rest: Double
  }

  /// A line on which nothing waits.
  init(bins: Int) { self.bins = Array(repeating: 0, count: bins) }

  /// Counts what is known at once.
  mutating func arrive(_ amount: Double) { come += amount }

  /// Spreads an amount over the time to come.
  ///
  /// - Parameters:
  ///   - amount: how much.
  ///   - shares: which part of it is known by now, and within each bin from the present one on.
  ///   - present: the number of the present bin.
  mutating func spread(_ amount: Double, _ shares: AnswerShares.Part, present: Int) {
    guard amount != 0 else { return }
    come += amount * shares.known
    let first = present + shares.first
    if let torn, shares.bins.indices.contains(torn.bin - first) {
      self.torn?.rest += amount * shares.bins[torn.bin - first] * torn.part
    }
    var slot = first % bins.count
    for share in shares.bins {
      bins[slot] += amount * share
      slot += 1
      if slot == bins.count { slot = 0 }
    }
  }

  /// Lets a bin pass, or the given part of what it still holds.
  mutating func pass(bin: Int, part: Double = 1) {
    if torn?.bin == bin { torn = nil }
    let slot = bin % bins.count
    let passing = bins[slot] * part
    come += passing
    bins[slot] = part < 1 ? bins[slot] - passing : 0
  }

  /// Spreads an amount, of which a part is known at the timeout and the rest when the answer comes.
  mutating func spread(
    _ amount: Double, late: Double, _ shares: AnswerShares, present: Int
  ) {
    let inTime = amount - late
    spread(inTime * shares.fastPart, shares.fast, present: present)
    spread(inTime * (1 - shares.fastPart), shares.slow, present: present)
    spread(late, shares.late, present: present)
  }

  /// How much is known no earlier than at an instant.
  func waiting(since cut: AnswerCut) -> Double {
    guard cut.bin < cut.present + bins.count else { return 0 }
    var sum = beyond(cut)
    var number = cut.bin + 1
    while number < cut.present + bins.count {
      sum += bins[number % bins.count]
      number += 1
    }
    return sum
  }

  /// What the bin of an instant holds that is known no earlier.
  private func beyond(_ cut: AnswerCut) -> Double {
    if let torn, torn.bin == cut.bin, torn.part == cut.part { return torn.rest }
    return bins[cut.bin % bins.count] * cut.part
  }

  /// Takes a share away of what is known no earlier than at an instant.
  mutating func remove(_ share: Double, since cut: AnswerCut) {
    guard cut.bin < cut.present + bins.count else { return }
    let rest = beyond(cut)
    bins[cut.bin % bins.count] -= share * rest
    torn = TornBin(bin: cut.bin, part: cut.part, rest: (1 - share) * rest)
    var number = cut.bin + 1
    while number < cut.present + bins.count {
      bins[number % bins.count] *= 1 - share
      number += 1
    }
  }

  /// Adds an amount that is known by an instant, or in the last bin that there is.
  mutating func add(_ amount: Double, at cut: AnswerCut) {
    bins[min(cut.knownBy, cut.present + bins.count - 1) % bins.count] += amount
  }

  /// Lets everything become known.
  mutating func close() {
    for slot in bins.indices {
      come += bins[slot]
      bins[slot] = 0
    }
  }

  /// Takes what has become known.
  mutating func take() -> Double {
    defer { come = 0 }
    return come
  }
}

/// An instant that cuts a line in two.
struct AnswerCut {
  /// The number of its bin.
  var bin: Int
  /// The part of what the bin holds that is known no earlier than at the instant.
  var part: Double
  /// The number of the bin by whose end is known what is decided at the instant.
  var knownBy: Int
  /// The number of the present bin.
  var present: Int
}
