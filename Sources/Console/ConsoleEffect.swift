import Migrations

/// What the console wants done; the executable does it and answers with a ``ConsoleAction``.
public enum ConsoleEffect: Sendable, Hashable {
  /// Read the project again.
  case loadProject
  /// Connect to the target, leaving an older connection.
  case connect
  /// Connect to another target of the project file.
  case switchTarget(String)
  /// Ask the target for its catalog and history, and find out where each migration stands.
  case loadStatuses
  /// Work out what running these migrations means; the answer carries the number.
  case computePlan([MigrationID], request: Int)
  /// Ask the target what a screen wants to know, over a connection that cannot write; the answer carries the number.
  case load(ScreenRequest, number: Int)
  /// Run a plan.
  case startRun(Plan, RunMode)
  /// Tell the run something.
  case send(OperatorCommand)
  /// Record migrations as applied without running them.
  case adopt([MigrationID])
  /// Put a text into the clipboard.
  case copy(String)
  /// Open a file of the project in the operator's editor, and read the project again after.
  case openEditor(FileLocation)
  /// Let clicks and the wheel come to the console, or leave them to the terminal.
  case setMouse(Bool)
  /// Keep a line that was typed behind `:` for the next time.
  case keepCommand(String)
  /// Draw the whole screen anew.
  case redraw
  /// Give the terminal back to the shell until it is called for again.
  case suspend
  /// Leave.
  case quit
}
