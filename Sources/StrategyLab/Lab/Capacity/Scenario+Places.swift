extension Scenario {
  /// The same scenario with so many places for replicas, and nothing else that would keep one waiting.
  func withPlaces(_ places: Int) -> Scenario {
    var roomy = self
    roomy.cluster.quota = ClusterModel.Quota(replicas: places)
    roomy.dropWaiting()
    if let maximum = roomy.cluster.nodeMaximum {
      let perNode = max(1, replicasPerNode)
      roomy.cluster.nodeMaximum = max(maximum, (places + perNode - 1) / perNode)
    }
    return roomy
  }

  /// The same scenario with room for everything.
  func withoutLimits() -> Scenario {
    var roomy = self
    roomy.cluster.quota = ClusterModel.Quota()
    roomy.cluster.nodeMaximum = nil
    roomy.dropWaiting()
    return roomy
  }

  private mutating func dropWaiting() {
    for index in scarce.indices where scarce[index].kind.shortage == .waits {
      scarce[index].limit = nil
    }
  }
}
