import Glibc

/// What is waited for on a descriptor.
public struct Interest: OptionSet, Sendable, Hashable {
  /// The events of poll(2).
  public let rawValue: Int32

  /// Makes a set from the events of poll(2).
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// That something can be read.
  public static let read = Interest(rawValue: Int32(POLLIN))
  /// That something can be written.
  public static let write = Interest(rawValue: Int32(POLLOUT))

  /// What a descriptor is ready for of what was asked, after poll(2) has looked at it.
  ///
  /// An error or hang-up makes it ready for whatever was asked: the next call on it finds out more.
  func readiness(of descriptor: pollfd) -> Interest {
    let events = Interest(rawValue: Int32(descriptor.revents)).intersection([.read, .write])
    return events.isEmpty ? self : events
  }
}
