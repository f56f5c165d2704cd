public import Glibc

/// How a process ended.
public enum ProcessExit: Sendable, Hashable {
  /// By itself, with a status.
  case status(Int32)
  /// By a signal.
  case signal(Int32)

  /// Reads what `waitpid` says.
  public init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .status((waitStatus >> 8) & 0xFF) : .signal(signal)
  }

  /// Waits for the end of a process of ours, once for each; blocks its thread.
  ///
  /// - Returns: nil if there is no such child.
  public static func wait(for process: pid_t) -> ProcessExit? {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    return ProcessExit(waitStatus: status)
  }

  /// The status as a shell gives it: 128 and the number of the signal, if it was one.
  public var shellStatus: Int32 {
    switch self {
    case .status(let status): status
    case .signal(let signal): 128 + signal
    }
  }
}
