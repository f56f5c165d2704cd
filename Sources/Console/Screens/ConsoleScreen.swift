import Display
import Migrations
import Schema

/// One screen of the console: what it remembers, what it asks for, what keys do in it, and how it is drawn.
///
/// The value is what the screen remembers; ``ConsoleState`` has one of each. What all screens have in common (project,
/// target, states, run, log, windows) stands in ``ConsoleState`` itself. A screen of a list with details beside it
/// conforms to ``ListScreen``, which brings most of this.
protocol ConsoleScreen: Sendable {
  /// Which one it is.
  static var screen: Screen { get }
  /// Where the console's state keeps it.
  static var path: any WritableKeyPath<ConsoleState, Self> & Sendable { get }
  /// What can be asked for on this screen alone.
  static var commands: [ConsoleCommand] { get }

  /// Makes the screen as it is before it was ever shown.
  init()

  /// Asks for what the screen shows and has not got: it comes into sight, or something was read anew.
  static func appear(_ reduction: inout Reduction)
  /// Holds everything that it was answered for outdated: the target is another one or has changed, or the operator
  /// wants it read again. What is shown may stay until there is better.
  static func forget(_ reduction: inout Reduction)
  /// Forgets everything that is of a target which is left.
  static func leaveTarget(_ reduction: inout Reduction)
  /// Takes what was asked for, or why it did not come; stale answers never come here.
  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction)
  /// When the screen wants to be woken although nothing happens, in seconds since 1970, while it is shown.
  static func nextWake(_ state: ConsoleState) -> Double?
  /// Does what it wanted to be woken for.
  static func wake(_ reduction: inout Reduction)
  /// Brings cursors and viewports within what there is, after every action while the screen is shown.
  static func settle(_ reduction: inout Reduction)

  static func move(_ movement: Movement, _ reduction: inout Reduction)
  static func moveSideways(_ direction: Int, _ reduction: inout Reduction)
  static func focusNext(_ direction: Int, _ reduction: inout Reduction)
  static func open(_ reduction: inout Reduction)
  static func toggleZoom(_ reduction: inout Reduction)
  /// Goes to what was clicked on; what the cursor was on already is opened.
  static func click(_ point: Point, _ reduction: inout Reduction)
  /// Moves what is under the mouse by some lines.
  static func turnWheel(_ lines: Int, at point: Point, _ reduction: inout Reduction)

  /// How the filter stands; nil where there is nothing to filter.
  static func filter(_ state: ConsoleState) -> FilterStatus?
  static func setFilter(_ text: String, _ reduction: inout Reduction)
  static func moveToMatch(_ direction: Int, _ reduction: inout Reduction)

  /// What the cursor is on: where `[` comes back to, and what other screens can be asked to show.
  static func subject(_ state: ConsoleState) -> Subject?
  /// Moves the cursor to a subject; false if the screen has no such thing.
  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool

  /// The migration behind what the cursor is on.
  static func migrationUnderCursor(_ state: ConsoleState) -> MigrationID?
  /// What is copied from where the cursor is.
  static func textUnderCursor(_ state: ConsoleState) -> String?
  /// The file that the editor opens from where the cursor is.
  static func fileUnderCursor(_ state: ConsoleState) -> FileLocation?

  /// The line under the tabs: counts, left, and what is chosen or when it was read, right.
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line)
  static func draw(_ state: ConsoleState, on canvas: inout Canvas, in area: Area)

  /// The rows of the screen as they are read out, headings left out.
  static func spokenRows(_ state: ConsoleState) -> [String]
  /// What is read out about the row under the cursor.
  static func spokenDetail(_ state: ConsoleState) -> [String]
  /// Moves the cursor to one of the rows that are read out, from 0.
  static func goTo(spokenRow: Int, _ reduction: inout Reduction)
}

extension ConsoleScreen {
  static func nextWake(_ state: ConsoleState) -> Double? { nil }
  static func wake(_ reduction: inout Reduction) {}
  /// The screen is as it was before it was ever shown.
  static func leaveTarget(_ reduction: inout Reduction) { reduction.state[keyPath: path] = Self() }

  /// The subject itself if it is a migration, else the one that made the object.
  static func migrationUnderCursor(_ state: ConsoleState) -> MigrationID? {
    switch subject(state) {
    case .migration(let id): state.model?.contains(id) == true ? id : nil
    case .object(let object): state.model?.origins[object]?.made
    case .row, nil: nil
    }
  }
}

/// How a screen's filter stands.
struct FilterStatus: Sendable, Hashable {
  var text: String
  var matches: Int
  var total: Int
}

/// Something that a cursor can be on.
enum Subject: Sendable, Hashable {
  case migration(MigrationID)
  case object(ObjectIdentity)
  /// Something that only the screen itself knows, such as a run or a finding.
  case row(String)

  /// The migration, if it is one.
  var migration: MigrationID? {
    if case .migration(let id) = self { id } else { nil }
  }

  /// The object, if it is one.
  var object: ObjectIdentity? {
    if case .object(let object) = self { object } else { nil }
  }
}
