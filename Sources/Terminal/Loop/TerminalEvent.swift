public import Display
import Glibc

/// What the loop wakes for.
public enum TerminalEvent<Message: Sendable>: Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used, which is only reported where that is switched on.
  case mouse(MouseEvent)
  /// A text was pasted: it is not a sequence of keys, and must not run commands.
  case paste(String)
  /// The screen has this size now, and has to be drawn; also after the process was stopped and went on.
  case resized(Size)
  /// A task left a message.
  case message(Message)
  /// The deadline has come.
  case deadline
  /// Somebody wants the process to end.
  case end(EndRequest)
}

extension TerminalEvent: Equatable where Message: Equatable {}

/// A signal that asks the process to end, or the loss of its terminal.
public enum EndRequest: Sendable, Hashable {
  /// SIGINT from outside; ^C at the terminal is a key.
  case interrupt
  /// SIGTERM.
  case terminate
  /// SIGHUP.
  case hangUp
  /// The terminal is gone: there are no keys any more, and nobody sees the screen.
  case terminalLost

  /// The status that a shell gives a process that ended so.
  public var exitStatus: Int32 {
    switch self {
    case .interrupt: 128 + SIGINT
    case .terminate: 128 + SIGTERM
    case .hangUp, .terminalLost: 128 + SIGHUP
    }
  }
}
