import Display

/// What a person put in at the terminal.
public enum TerminalInput: Sendable, Hashable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(MouseEvent)
  /// A text was pasted: it is no sequence of keys, and must never run commands. Line ends are LF.
  case paste(String)
}

/// What ncurses gives back for one read.
enum InputUnit: Sendable, Hashable {
  /// A character, controls and the escape character included.
  case character(Unicode.Scalar)
  /// A key that the terminal's description knows.
  case key(Key)
  /// Nothing more has arrived for now.
  case pause
}
