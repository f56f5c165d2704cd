import Glibc
import Synchronization
import Threads

/// Where any task leaves messages for the thread that runs the terminal's loop, and rings so that it wakes.
///
/// Posting never blocks and never fails; the order of one sender's messages is kept.
public final class Mailbox<Message: Sendable>: Sendable {
  private let waiting = Mutex<[Message]>([])
  /// Becomes readable when there are messages.
  private let doorbell: WakeUp
  /// The doorbell's descriptor.
  var descriptor: Int32 { doorbell.descriptor }

  /// Makes an empty mailbox; throws if the system has no descriptor left for its doorbell.
  public init() throws(TerminalError) {
    do throws(SystemError) {
      doorbell = try WakeUp()
    } catch {
      throw systemFailure("make a mailbox", number: error.number)
    }
  }

  /// Leaves a message.
  public func post(_ message: Message) {
    let wasEmpty = waiting.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    // Whoever found it empty rings; the loop takes everything at once.
    if wasEmpty { doorbell.signal() }
  }

  /// Waits until there is a message, or so many seconds have passed; for who has no terminal to wait for.
  public func wait(seconds: Double) {
    var bell = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&bell, 1, Int32(clamping: Int(seconds * 1_000)))
  }

  /// Everything that was left since the last time, in order.
  public func takeAll() -> [Message] {
    // The bell first: a message that comes after it rings again.
    doorbell.reset()
    return waiting.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
