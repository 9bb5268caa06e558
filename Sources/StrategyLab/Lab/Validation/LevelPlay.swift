import Dispatch
import Synchronization

/// The runs of some trials at both levels, for threads that each take the next one.
///
/// The longest come first, whichever trial they belong to. What is left for the end is short, so that no thread
/// waits for long for what another has just begun (Graham 1969, "Bounds on Multiprocessing Timing
/// Anomalies", doi:10.1137/0117039).
final class LevelPlay: Sendable {
  /// One run of one trial at one level.
  private struct Job {
    let trial: Int
    let level: DetailLevel
    let strategy: Int
    let replication: Int
    /// How many requests are played one by one.
    let requests: Double
  }

  private let flow: [Experiment]
  private let request: [Experiment]
  private let jobs: [Job]
  private let next = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let results = Mutex<[(job: Int, run: RunResult)]>([])

  /// The runs of some trials.
  init(_ trials: [LevelTrial]) {
    func experiments(_ detail: DetailLevel) -> [Experiment] {
      trials.map {
        var scenario = $0.scenario
        scenario.experiment.detail = detail
        return Experiment(scenario: scenario)
      }
    }
    flow = experiments(.flow)
    request = experiments(.request)
    var jobs: [Job] = []
    for (number, trial) in trials.enumerated() {
      let requests = trial.scenario.traffic.requests(until: trial.scenario.experiment.horizon)
      for level in [DetailLevel.flow, .request] {
        for replication in 0..<trial.scenario.experiment.replications {
          for strategy in trial.scenario.strategies.indices {
            jobs.append(
              Job(
                trial: number, level: level, strategy: strategy, replication: replication,
                requests: level == .request ? requests : 0))
          }
        }
      }
    }
    // Runs of equal length keep their order, so that a thread plays the same scenario again and again.
    let order = jobs.indices.sorted {
      (jobs[$1].requests, $0) < (jobs[$0].requests, $1)
    }
    self.jobs = order.map { jobs[$0] }
  }

  /// Plays all runs.
  ///
  /// - Parameters:
  ///   - threads: how many threads play, the calling one among them.
  ///   - shouldStop: asked before each run; true ends the play early.
  ///   - onProgress: gets the runs done so far, on the calling thread.
  /// - Returns: the runs of each trial; nil if the play was ended early.
  func runs(
    threads: Int, shouldStop: @escaping @Sendable () -> Bool, onProgress: (Int) -> Void
  ) -> [(flow: [RunResult], request: [RunResult])]? {
    let others = DispatchGroup()
    for _ in 1..<max(1, min(threads, jobs.count)) {
      DispatchQueue.global().async(group: others) {
        self.play(shouldStop: shouldStop) { _ in }
      }
    }
    play(shouldStop: shouldStop, onProgress: onProgress)
    others.wait()
    let results = results.withLock { $0.sorted { $0.job < $1.job } }
    guard results.count == jobs.count else { return nil }
    onProgress(results.count)
    var runs = flow.map { _ in (flow: [RunResult](), request: [RunResult]()) }
    for (job, run) in results {
      let trial = jobs[job].trial
      if jobs[job].level == .flow {
        runs[trial].flow.append(run)
      } else {
        runs[trial].request.append(run)
      }
    }
    return runs
  }

  /// Plays runs that nobody has taken, until there are none.
  private func play(shouldStop: () -> Bool, onProgress: (Int) -> Void) {
    // A simulation leaves its memory to the next one of the same experiment.
    var used: (trial: Int, level: DetailLevel, simulation: Simulation?)?
    while !shouldStop() {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < jobs.count else { return }
      let job = jobs[number]
      var simulation: Simulation?
      if let before = used, before.trial == job.trial, before.level == job.level {
        simulation = before.simulation
      }
      used = nil
      let experiment = (job.level == .flow ? flow : request)[job.trial]
      let run = experiment.result(
        strategyIndex: job.strategy, replication: job.replication, after: &simulation)
      used = (job.trial, job.level, simulation)
      results.withLock { $0.append((number, run)) }
      onProgress(done.wrappingAdd(1, ordering: .relaxed).newValue)
    }
  }
}
