import Dispatch
import Synchronization

/// A value that is worked out while the calling thread does something else.
final class BackgroundValue<Value: Sendable>: Sendable {
  private let found = Mutex<Value?>(nil)
  private let group = DispatchGroup()
  private let work: @Sendable () -> Value

  /// A value that is wanted.
  ///
  /// - Parameters:
  ///   - isOnOwnThread: whether it is worked out on a thread of its own, or when it is asked for.
  ///   - work: what finds the value.
  init(isOnOwnThread: Bool, _ work: @escaping @Sendable () -> Value) {
    self.work = work
    guard isOnOwnThread else { return }
    DispatchQueue.global().async(group: group) {
      let value = work()
      self.found.withLock { $0 = value }
    }
  }

  /// The value, for which the calling thread waits if it is not there yet.
  func value() -> Value {
    group.wait()
    return found.withLock { $0 } ?? work()
  }
}
