import LabStrategies
import LabUnits
import Testing

@Suite struct TraceTableTests {
  @Test func t() {
    for trace in Trace.named("roll", "recreate", "bad", "undo", "scale", "slow", "rep") {
      let p = TracePlay(trace)
      let (a, b) = (p.theirs, p.ours)
      func f(_ x: Double?) -> String { x.map { "\(($0 * 100).rounded() / 100)" } ?? "-" }
      func d(_ x: Double?, _ y: Double?) -> String { f(x.flatMap { x in y.map { x - $0 } }) }
      print("TT", trace.inputs.name, "| peak", a.peakHeld, b.peakHeld, "| floor", a.leastReadyHeld, b.leastReadyHeld, "| complete", f(a.complete), f(b.complete), d(a.complete, b.complete), "| mixed", f(a.mixedWindow), f(b.mixedWindow), d(a.mixedWindow, b.mixedWindow), "| rs", f(a.replicaSeconds), f(b.replicaSeconds), d(a.replicaSeconds, b.replicaSeconds), "| dl", f(a.deadlineExceeded), f(b.deadlineExceeded), "| steps", a.sizes.count - 1, b.sizes.count - 1, a.sizes == b.sizes ? "same" : "other", p.cluster.issues)
      if trace.isVaried, a.sizes != b.sizes { print("  theirs", a.sizes); print("  ours  ", b.sizes) }
    }
  }
}
