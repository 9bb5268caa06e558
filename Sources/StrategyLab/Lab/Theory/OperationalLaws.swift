/// Identities that every queue obeys, whatever its laws and its order.
///
/// Little (1961), "A Proof for the Queuing Formula: L = λW", doi:10.1287/opre.9.3.383; Denning and Buzen (1978),
/// "The Operational Analysis of Queueing Network Models", doi:10.1145/356733.356735.
public enum OperationalLaws {
  /// Little's law: the mean number present, from what passes and how long it stays.
  ///
  ///     OperationalLaws.meanPresent(throughput: 120, meanResponse: 0.25)  // 30
  ///
  /// - Parameters:
  ///   - throughput: Requests a second that pass.
  ///   - meanResponse: The mean seconds that a request stays.
  public static func meanPresent(throughput: Double, meanResponse: Double) -> Double {
    throughput * meanResponse
  }

  /// The utilisation law: the part of the time that a worker is busy.
  ///
  ///     OperationalLaws.utilisation(throughput: 120, meanService: 0.05, workers: 10)  // 0.6
  ///
  /// - Parameters:
  ///   - throughput: Requests a second that are served.
  ///   - meanService: The mean seconds that a worker needs for one.
  ///   - workers: How many share the work, 1 or more.
  public static func utilisation(throughput: Double, meanService: Double, workers: Int) -> Double {
    precondition(workers > 0, "somebody must work")
    return throughput * meanService / Double(workers)
  }
}
