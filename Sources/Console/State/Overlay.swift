import Display
import Migrations
import Verification

/// A window over the panes; the last one has the keys.
enum Overlay: Sendable {
  case help(HelpOverlay)
  case plan(PlanOverlay)
  case statement(StatementOverlay)
  case adoption(AdoptionOverlay)
  case confirmation(Confirmation)
  case failure(FailureOverlay)
  case unverified(MigrationID, Evidence, scroll: Int)
  case summary(scroll: Int)
  case themes(ThemesOverlay)
  /// The whole log; `fromEnd` counts the lines below the last that is visible.
  case log(fromEnd: Int)
  /// The commands, to be found and done.
  case palette(PaletteOverlay)
  case text(TextOverlay)
  case rows(RowsOverlay)
  case replay(ReplayOverlay)
  case diagram(DiagramOverlay)
  case targets(TargetsOverlay)
}

/// A text to be read: scrolls both ways, and can be copied.
struct TextOverlay: Sendable {
  var title: Text
  var note: Text = ""
  var lines: [Line]
  /// What `Y` copies.
  var copied: String
  var scroll = 0
  /// The cells that are hidden at the left.
  var column = 0
}

/// The commands of the console, searched by what is typed.
struct HelpOverlay: Sendable, Hashable {
  var search = ""
  var scroll = 0
  /// Where the keys were when help was asked for: its commands come first.
  var context: CommandContext
}

/// What would run.
struct PlanOverlay: Sendable {
  let request: Int
  /// How it should run once it is known, if the operator said so already.
  var mode: RunMode?
  var result: Result
  /// How it changes what roles reach, once that is known.
  var access: AccessOutlook?
  /// What the lints say of its migrations, once that is known.
  var lints: [Finding] = []
  var scroll = 0

  enum Result: Sendable {
    case waiting(since: Double)
    case plan(Plan)
    case failed(Trouble)
  }

  var plan: Plan? {
    if case .plan(let plan) = result { plan } else { nil }
  }
}

/// One statement as a whole.
struct StatementOverlay: Sendable, Hashable {
  var migration: MigrationID
  /// Its place among those that are shown, from 0.
  var index: Int
  /// Its text, made harmless once.
  var lines: [Text]
  var scroll = 0
  var column = 0
}

/// The migrations that are in the database without history.
struct AdoptionOverlay: Sendable, Hashable {
  var migrations: [MigrationID]
  var scroll = 0
}

/// A statement that failed, and what can be done about it.
struct FailureOverlay: Sendable, Hashable {
  var migration: MigrationID
  var statement: Int
  var message: ServerMessage
  var scroll = 0
}

/// The themes to choose from, shown as the cursor passes over them.
struct ThemesOverlay: Sendable, Hashable {
  /// The one to go back to.
  var original: Int
}

/// A question before something that cannot be taken back lightly.
///
/// The key that asked it is never the key that answers it.
struct Confirmation: Sendable {
  var title: String
  var lines: [String]
  /// What `y` does, in a word or two.
  var verb: String
  var deed: Deed
  /// What widens, before it is acknowledged.
  var warnings: [String] = []
  /// What must be typed first, one after the other: what widens access on a protected target.
  var acknowledgements: [String] = []
  /// What must be typed instead of `y`: the name of a protected database, or the word for what cannot be taken back.
  var name: String?
  /// What asks for it; nil for the name of a protected database.
  var prompt: String?
  var typed = ""

  /// What must be typed now; nil if `y` will do.
  var expected: String? { acknowledgements.first ?? name }

  enum Deed: Sendable {
    case startRun(Plan, RunMode)
    case adopt([MigrationID])
    case send(OperatorCommand)
    /// Asks for something that is more than a look, such as ending another session.
    case load(ScreenRequest)
    /// Ends the run first.
    case quit
    /// Leaves a run that does not come to its end.
    case quitAtOnce
  }
}
