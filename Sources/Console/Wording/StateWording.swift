import Display
import Migrations

extension MigrationState {
  /// The symbol that stands for the state, besides its word and its colour.
  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .applied: glyphs.filledCircle
    case .pending: glyphs.circle
    case .partial: glyphs.halfCircle
    case .failed: glyphs.cross
    case .interrupted: glyphs.exclamation
    case .changed: glyphs.changed
    case .missing: "?"
    case .skipped: glyphs.dash
    case .archived: glyphs.middleDot
    case .superseded: glyphs.replaced
    }
  }

  /// The meaning by which a theme colours it.
  var role: Role {
    switch self {
    case .applied: .stateApplied
    case .pending: .statePending
    case .partial: .statePartial
    case .failed: .stateFailed
    case .interrupted: .stateInterrupted
    case .changed: .stateChanged
    case .missing: .stateMissing
    case .skipped: .stateSkipped
    case .archived: .stateArchived
    case .superseded: .stateSuperseded
    }
  }

  /// What the state means, in a sentence without a capital.
  var explanation: String {
    switch self {
    case .applied: "in the database"
    case .pending: "yet to run"
    case .partial: "some of its objects are there, some are not"
    case .failed: "it failed, and something of it stays"
    case .interrupted: "it began outside a transaction and nobody saw its end"
    case .changed: "the file is no longer what ran"
    case .missing: "in the history, but its file is gone"
    case .skipped: "left out on purpose"
    case .archived: "kept, never run"
    case .superseded: "others have made it needless"
    }
  }
}
