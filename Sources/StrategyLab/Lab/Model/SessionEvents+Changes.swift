import LabKernel

/// Sessions whose requests are routed anew, and fail where they met the other version just before.
extension SessionEvents {
  /// Lets time pass in which a change of version can be the event.
  ///
  /// Sessions without the event are told apart by the version that they met last: (s, c) of all that run. With k requests
  /// of a session in the time of its duration, and a request that goes to stable without the event with probability a, to
  /// the candidate with b, and after a change with a or b times u,
  ///
  ///     ds/dt = a + (k a - 1 - k) s + k u a c
  ///     dc/dt = b + k u b s + (k b - 1 - k) c      in durations
  ///
  /// a linear system of two equations, whose exponential has a closed form with two real eigenvalues.
  ///
  /// - Parameters:
  ///   - piece: the time.
  ///   - share: the share of requests that goes to the candidate.
  ///   - change: the probability that a request has the event because its session met the other version just before.
  ///   - anyhow: the probability that a request to a version has it anyhow.
  mutating func pass(
    _ piece: Piece, share: Double, change: Double, anyhow: PerVersion<Double>
  ) {
    let k = piece.law.following
    let a = (1 - share) * (1 - anyhow.stable)
    let b = share * (1 - anyhow.candidate)
    guard k > 0 else { return count(piece.started * (1 - a - b)) }
    let u = 1 - change
    let system = PlaneSystem(
      aa: k * a - 1 - k, ab: k * u * a, ba: k * u * b, bb: k * b - 1 - k)
    let level = system.level(input: (a, b))
    let fresh = settledFresh
    let (end, mean) = system.pass(
      from: (fresh.stable, fresh.candidate), level: level, time: piece.durations)
    let first = 1 - a - b
    let fromStable = 1 - a - u * b
    let fromCandidate = 1 - b - u * a
    count(piece.started * (first + k * (mean.0 * fromStable + mean.1 * fromCandidate)))
    settle(PerVersion(end.0, end.1))
  }
}

/// A linear system of two differential equations with constant coefficients, dx/dt = M (x - level), M of real eigenvalues.
private struct PlaneSystem {
  let aa: Double
  let ab: Double
  let ba: Double
  let bb: Double

  /// Where a constant input holds the system: the solution of M x + input = 0.
  func level(input: (Double, Double)) -> (Double, Double) {
    let solution = solve(input)
    return (-solution.0, -solution.1)
  }

  /// The state after a time, and its mean over the time.
  func pass(from start: (Double, Double), level: (Double, Double), time: Double)
    -> (end: (Double, Double), mean: (Double, Double))
  {
    guard time > 0 else { return (start, start) }
    let offset = (start.0 - level.0, start.1 - level.1)
    let middle = (aa + bb) / 2
    let half = (aa - bb) / 2
    let spread = max(0, half * half + ab * ba).squareRoot()
    // e^(M t) = e^(middle t) (cosh(spread t) + sinh(spread t) / spread (M - middle)).
    let slow = Elementary.exponential((middle + spread) * time)
    let fast = Elementary.exponential((middle - spread) * time)
    let even = (slow + fast) / 2
    let odd = spread * time > 1e-6 ? (slow - fast) / (2 * spread) : even * time
    let now = (
      even * offset.0 + odd * (half * offset.0 + ab * offset.1),
      even * offset.1 + odd * (ba * offset.0 - half * offset.1)
    )
    let gone = solve((now.0 - offset.0, now.1 - offset.1))
    return (
      (level.0 + now.0, level.1 + now.1), (level.0 + gone.0 / time, level.1 + gone.1 / time)
    )
  }

  private func solve(_ right: (Double, Double)) -> (Double, Double) {
    let determinant = aa * bb - ab * ba
    return (
      (bb * right.0 - ab * right.1) / determinant, (aa * right.1 - ba * right.0) / determinant
    )
  }
}
