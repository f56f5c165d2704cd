import Display
import Migrations
import Schema
import Verification

/// What can happen to the console: keys from the terminal, answers to its effects, events of a run.
public enum ConsoleAction: Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used, which happens only while ``Setting/mouse`` is on.
  case mouse(MouseEvent)
  /// A line was typed where there are no keys: a command, or what a question wants.
  case line(String)
  /// One of the rows that were read out is gone to, counted from 0.
  case row(Int)
  /// Files of the project changed on disk.
  case filesChanged
  /// The terminal has another size, or its size is known for the first time.
  case resized(Size)
  /// The deadline that ``ConsoleState/nextDeadline`` asked for has come.
  case tick
  /// The themes that can be chosen were read; the first is used.
  case themesLoaded([Theme])

  /// The operator's keys and settings were changed on disk.
  case configured(ConsoleConfiguration)

  /// The project was read (answer to ``ConsoleEffect/loadProject``).
  case projectLoaded(Project, RequirementGraph)
  /// The project could not be read.
  case projectFailed([ProjectProblem])
  /// The target answers (answer to ``ConsoleEffect/connect``).
  case connected(ServerSummary)
  /// The target could not be reached, or was lost.
  case connectionFailed(Trouble)
  /// Where each migration stands, and the catalog that says so (answer to ``ConsoleEffect/loadStatuses``).
  case statusesLoaded([MigrationStatus], findings: [Finding], catalog: Snapshot = Snapshot())
  /// Where each migration stands could not be learnt.
  case statusesFailed(Trouble)
  /// What would run (answer to ``ConsoleEffect/computePlan(_:request:)`` with that number).
  case planComputed(Plan, request: Int)
  /// What the lints say of a plan's migrations (after ``planComputed(_:request:)`` with that number).
  case planLinted([Finding], request: Int)
  /// How a plan changes what roles reach (after ``planComputed(_:request:)`` with that number).
  case accessForetold(AccessOutlook, request: Int)
  /// No plan could be made.
  case planFailed(Trouble, request: Int)
  /// Something happened in the run.
  case runEvent(RunEvent)
  /// The run is over and its connection free; with what kept it from beginning or going on, if something did.
  case runEnded(Trouble?)
  /// Migrations were recorded without being run (answer to ``ConsoleEffect/adopt(_:)``).
  case adopted([MigrationID])
  /// What a screen asked for (answer to ``ConsoleEffect/load(_:number:)`` with that number), or why it cannot be had.
  case answered(ScreenRequest, number: Int, Result<ScreenAnswer, Trouble>)
  /// Something else that the operator asked for did not work.
  case failed(Trouble)
}
