#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The time that this process has spent on a processor, which others that wait for one do not change.
public enum ProcessorClock {
  /// Seconds of processor time since the process began.
  public static var seconds: Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}
