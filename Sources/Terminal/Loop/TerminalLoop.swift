import Display
import Glibc

/// Waits for keys, signals, messages and a deadline at once, on the thread that owns the terminal.
///
/// Between events it sleeps in `poll`: an idle screen costs no wake-ups at all. Use it as
///
///     while running {
///       for event in loop.next(before: state.nextDeadline) { … }
///       terminal.draw(view(state, terminal.size))
///     }
public struct TerminalLoop<Message: Sendable>: ~Copyable {
  private let terminal: Terminal
  private let mailbox: Mailbox<Message>
  private var emptyReads = 0

  /// A loop over a terminal and a mailbox.
  public init(terminal: Terminal, mailbox: Mailbox<Message>) {
    self.terminal = terminal
    self.mailbox = mailbox
  }

  /// Waits until something happens or `deadline` comes, and returns all that happened, in this order: signals, keys,
  /// messages, deadline.
  ///
  /// Being stopped and continued from outside is dealt with here, and shows as ``TerminalEvent/resized(_:)``.
  public mutating func next(before deadline: ContinuousClock.Instant? = nil) -> [TerminalEvent<Message>] {
    var events: [TerminalEvent<Message>] = []
    while events.isEmpty {
      var descriptors = [terminal.signals, terminal.input, mailbox.descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let ready = poll(&descriptors, nfds_t(descriptors.count), milliseconds(until: deadline))
      if ready < 0 {
        // Only an interruption is possible here: the descriptors are open as long as their owners are held.
        continue
      }
      if descriptors[0].revents != 0 { events += signals() }
      if descriptors[1].revents != 0 { events += keys(readiness: Int32(descriptors[1].revents)) }
      if descriptors[2].revents != 0 { events += mailbox.takeAll().map { .message($0) } }
      if let deadline, ContinuousClock.now >= deadline { events.append(.deadline) }
    }
    return events
  }

  private func signals() -> [TerminalEvent<Message>] {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(terminal.signals, &bytes, bytes.count)
    guard count > 0 else { return [] }
    var events: [TerminalEvent<Message>] = []
    var isResized = false
    for signal in bytes[..<count].map(Int32.init) {
      switch signal {
      case SIGINT: events.append(.end(.interrupt))
      case SIGTERM: events.append(.end(.terminate))
      case SIGHUP: events.append(.end(.hangUp))
      case SIGTSTP:
        terminal.suspend()
        isResized = true
      case SIGCONT:
        // After a stop that we could not see coming (SIGSTOP), the shell has changed the modes.
        terminal.show()
        isResized = true
      default:
        terminal.measure()
        isResized = true
      }
    }
    if isResized { events.append(.resized(terminal.size)) }
    return events
  }

  private mutating func keys(readiness: Int32) -> [TerminalEvent<Message>] {
    let (inputs, hasRead) = terminal.readInput()
    // A terminal that is gone stays readable for ever, without anything to read.
    let isLost = readiness & (Int32(POLLHUP) | Int32(POLLERR) | Int32(POLLNVAL)) != 0
    emptyReads = hasRead ? 0 : emptyReads + 1
    if !hasRead, isLost || emptyReads > mostEmptyReads { return [.end(.terminalLost)] }
    return inputs.map { input in
      switch input {
      case .key(let key): .key(key)
      case .mouse(let event): .mouse(event)
      case .paste(let text): .paste(text)
      }
    }
  }

  // poll counts in milliseconds; rounding up keeps it from spinning through the last one.
  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
    if seconds < 0 || attoseconds < 0 { return 0 }
    if seconds > 1_000_000 { return Int32.max }
    return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

/// How often keys may be announced without any being there: a character that arrives byte by byte does that.
private let mostEmptyReads = 64
