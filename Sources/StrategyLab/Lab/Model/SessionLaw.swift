import LabKernel

/// How sessions run: a first request, and further ones at a constant rate until an end without memory.
///
/// A session lasts D on average after its first request and sends n - 1 further requests on average, at a
/// rate of (n - 1) / D; so the number of its requests is geometric with mean n, and of the sessions that run
/// at any instant the share (n - 1) / n sends another request.
struct SessionLaw {
  /// Mean requests of a session, at least 1.
  let requests: Double
  /// Mean seconds from the first request to the end.
  let duration: Double

  /// Sessions of a number of requests, that run for so many seconds.
  init(requests: Double, duration: Double) {
    self.requests = max(requests, 1)
    self.duration = duration
  }

  /// Mean requests after the first.
  @inline(__always) var following: Double { requests - 1 }

  /// The share of running sessions that send another request.
  var sendsAnother: Double { following / requests }

  /// The part of some running sessions that has neither sent a request nor ended by the end of a time.
  func looseLeft(seconds: Double) -> Double {
    Elementary.exponential(-seconds * requests / duration)
  }

  /// Mean number of sessions that run at a rate of requests.
  func running(rate: Double) -> Double { rate / requests * duration }

  /// Mean number of sessions that have a request within a time in which a mean number of requests comes.
  ///
  /// Sessions that ran at the beginning count if they send another request within the time.
  func sessions(requests total: Double, rateAtStart: Double, seconds: Double) -> Double {
    guard requests > 1 else { return total }
    let reach = 1 - Elementary.exponential(-requests * seconds / duration)
    return total / requests + running(rate: rateAtStart) * sendsAnother * reach
  }
}
