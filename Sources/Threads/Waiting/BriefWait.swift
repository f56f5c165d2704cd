import Glibc

/// A wait on the caller's own thread, for what mostly comes at once.
///
/// To hand a wait to the ``ReadinessThread`` and to be woken by it takes four changes of thread, which is more than a
/// server on the same machine takes to answer. So whoever expects an answer looks for it here first; the time is too short
/// for anybody to miss the thread meanwhile.
public enum BriefWait {
  /// How long it lasts at most, in milliseconds.
  private static let milliseconds: Int32 = 2

  /// What a descriptor is ready for; nil if nothing has come.
  public static func readiness(for interest: Interest, on descriptor: Int32) -> Interest? {
    var watched = pollfd(fd: descriptor, events: Int16(interest.rawValue), revents: 0)
    guard poll(&watched, 1, milliseconds) > 0 else { return nil }
    return interest.readiness(of: watched)
  }
}
