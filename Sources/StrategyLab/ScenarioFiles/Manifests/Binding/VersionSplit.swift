/// Two workloads that are versions of one service, and what splits the requests between them.
struct VersionSplit {
  /// What splits the requests.
  enum Form {
    /// A router, by weight: so many parts of the whole go to the candidate.
    case weighted(candidate: Int, of: Int)
    /// A router, by something that marks users; whether the marked ones go to the candidate.
    case cohort(mark: String, isCandidate: Bool)
    /// A router that copies this percentage of the requests to the candidate.
    case mirrored(percentage: Int)
    /// Nothing but the number of ready replicas of each.
    case replicas
  }

  /// The version that serves.
  let stable: WorkloadManifest
  /// The version that is released.
  let candidate: WorkloadManifest
  /// What splits the requests.
  let form: Form
  /// Where that stands: `vs.yaml:12 spec.http[0].route[1].weight`.
  let origin: String
  /// Why the one is stable and the other the candidate.
  let reason: String
  /// What splits: `VirtualService web`, `Service web`.
  let splitter: ManifestObject
}

/// Which of two versions serves and which is released.
struct VersionOrder {
  /// One of the two versions.
  struct Side {
    /// The workload.
    let workload: WorkloadManifest
    /// Its weight, if a router has one for it.
    var weight: Int?
    /// Whether it gets the requests of users that are marked.
    var isException = false
  }

  /// Whether the first is stable, and the reason; a candidate that somebody has named is taken.
  static func isFirstStable(_ first: Side, _ second: Side, candidate: String?) -> (Bool, String) {
    let names = (first.workload.object.name, second.workload.object.name)
    if let candidate, candidate == names.0 || candidate == names.1 {
      return (candidate == names.1, "--candidate \(candidate)")
    }
    if let one = first.weight, let other = second.weight, one != other {
      return (one > other, "the larger weight is the stable one's")
    }
    let versions = (version(first.workload), version(second.workload))
    if let one = versions.0, let other = versions.1, let isLower = isLower(one, other) {
      return (isLower, "version \(isLower ? one : other) comes before \(isLower ? other : one)")
    }
    if first.isException != second.isException {
      return (second.isException, "the marked users are the exception, and meet the candidate")
    }
    let isNew = (soundsNew(names.0), soundsNew(names.1))
    if isNew.0 != isNew.1 { return (isNew.1, "the name '\(isNew.1 ? names.1 : names.0)' says so") }
    if let isLower = isLower(names.0, names.1) {
      return (
        isLower, "'\(isLower ? names.0 : names.1)' comes before '\(isLower ? names.1 : names.0)'"
      )
    }
    let replicas = (first.workload.replicas?.value ?? 1, second.workload.replicas?.value ?? 1)
    if replicas.0 != replicas.1 {
      return (replicas.0 > replicas.1, "the version with more replicas is taken for the stable one")
    }
    return (true, "the one that stands first is taken for the stable one")
  }

  private static func version(_ workload: WorkloadManifest) -> String? {
    workload.podLabels["version"] ?? workload.podLabels["app.kubernetes.io/version"]
  }

  private static func soundsNew(_ name: String) -> Bool {
    ["canary", "candidate", "green", "preview", "new", "next", "beta"].contains {
      name.contains($0)
    }
  }

  /// Whether a text with numbers comes before another; nil if numbers do not tell them apart.
  static func isLower(_ one: String, _ other: String) -> Bool? {
    func numbers(_ text: String) -> [Int] {
      text.split { !($0.isASCII && $0.isNumber) }.prefix(8).compactMap { Int($0) }
    }
    let (left, right) = (numbers(one), numbers(other))
    guard !left.isEmpty, !right.isEmpty, left != right else { return nil }
    return left.lexicographicallyPrecedes(right)
  }
}
