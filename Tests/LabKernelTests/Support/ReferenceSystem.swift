import LabKernel
import Testing

/// What is known about a queue, and a play of it: values per job, whose long-run means are the known ones.
struct ReferenceSystem: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let means: [Double]
  /// How many jobs belong together: many more than remember each other.
  let batch: Int
  /// Plays so many jobs under a seed; returns, for each mean that is known, the jobs' values in order.
  let play: @Sendable (_ jobs: Int, _ seed: UInt64) -> [[Double]]

  init(
    _ name: String, means: [Double], batch: Int = 400,
    play: @escaping @Sendable (_ jobs: Int, _ seed: UInt64) -> [[Double]]
  ) {
    testDescription = name
    self.means = means
    self.batch = batch
    self.play = play
  }

  /// Plays 30 seeds, each with its own 99.9% interval from means of batches after a warm-up.
  ///
  /// An honest interval misses the truth for 1 seed in 1000. Two or more misses in 30 have a probability
  /// of 4.3 × 10⁻⁴. The mean of all seeds is held to its own 99.9% interval, which is 5 times as narrow;
  /// its half-width is at most the precision, as a share of the mean.
  func expectMeans(
    precision: Double = 0.05, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let batches = 20
    var misses = means.map { _ in 0 }
    var all = means.map { _ in Accumulation() }
    for seed in 0..<30 as Range<UInt64> {
      for (index, values) in play((batches + 2) * batch, seed).enumerated() {
        var tally = Accumulation()
        // Two batches are left for the warm-up.
        for first in stride(from: 2 * batch, to: values.count, by: batch) {
          var sum = 0.0
          for place in first..<first + batch { sum += values[place] }
          tally.add(sum / Double(batch))
        }
        // Student's 99.9% two-sided quantiles, here for 19 degrees of freedom.
        if abs(tally.mean - means[index]) > 3.883 * tally.standardError { misses[index] += 1 }
        all[index].add(tally.mean)
      }
    }
    for (index, mean) in means.enumerated() {
      let found = all[index].mean
      // And for 29.
      let halfWidth = 3.659 * all[index].standardError
      #expect(misses[index] <= 1, "seeds that miss \(mean)", sourceLocation: sourceLocation)
      #expect(
        abs(found - mean) < halfWidth, "\(found) instead of \(mean)", sourceLocation: sourceLocation
      )
      #expect(
        halfWidth < precision * mean, "\(mean) ± \(halfWidth)", sourceLocation: sourceLocation)
    }
  }
}

/// Erlang's formulas, computed here in another way than in the laboratory: by sums of factorial terms.
enum Erlang {
  /// The probability that all workers are busy when nobody can wait (Erlang 1917), for a load in workers.
  static func loss(workers: Int, load: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for k in 1...workers {
      term *= load / Double(k)
      sum += term
    }
    return term / sum
  }

  /// The probability that a job has to wait when all do.
  static func wait(workers: Int, load: Double) -> Double {
    let loss = loss(workers: workers, load: load)
    let free = 1 - load / Double(workers)
    return loss / (free + (1 - free) * loss)
  }
}
