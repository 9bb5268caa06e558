import Glibc
import Synchronization

/// Whether somebody asked the program to stop: with Ctrl-C, or by the signal to terminate.
///
/// The first request lets the runs in flight finish; a second one ends the program at once.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether a stop was asked for.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Listens for requests from now on.
  ///
  /// A signal that was ignored when the program started stays ignored, so that `nohup` and a shell's
  /// background jobs keep their meaning.
  static func listen() {
    // The flag is made here and not in the handler, which may do next to nothing.
    _ = isRequested
    for number in [SIGINT, SIGTERM] {
      var old = sigaction()
      sigaction(number, nil, &old)
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
      {
        continue
      }
      var new = sigaction()
      new.__sigaction_handler.sa_handler = { _ in
        if Interruption.flag.exchange(true, ordering: .relaxed) {
          _exit(ExitStatus.interrupted.rawValue)
        }
      }
      new.sa_flags = SA_RESTART
      sigaction(number, &new, nil)
    }
  }
}
