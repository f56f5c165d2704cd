/// What a piece of the screen means; themes give each meaning a style, and views know meanings alone.
///
/// The raw value is the key in a theme's file.
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// Plain text, and the background of the whole screen.
  case text
  /// Text of less weight: columns that explain, things that cannot be chosen.
  case muted
  /// What should catch the eye first.
  case accent
  /// The frame of a pane.
  case border
  /// The frame of the pane that has the keys.
  case borderFocused = "border-focused"
  /// The title of a pane.
  case title
  /// The title of the pane that has the keys.
  case titleFocused = "title-focused"
  /// The row under the cursor in the pane that has the keys.
  case selection
  /// The row under the cursor in another pane.
  case selectionUnfocused = "selection-unfocused"
  /// The mark of a migration that was chosen.
  case chosen
  /// The first line, that says where one is.
  case header
  /// The first line on a protected target.
  case headerProtected = "header-protected"
  /// The badge that says that nothing can be changed.
  case readOnly = "read-only"
  /// The key in a hint.
  case keyHint = "key-hint"
  /// The word behind the key.
  case keyLabel = "key-label"
  /// A field that takes typed text.
  case input
  /// The characters that a filter found.
  case match
  /// A window over the panes.
  case overlay
  /// The frame of a window over the panes.
  case overlayBorder = "overlay-border"
  /// The frame of a window that asks before something dangerous.
  case overlayDanger = "overlay-danger"
  /// Good news.
  case success
  /// Something to look at.
  case warning
  /// Something wrong.
  case danger
  /// Something to know.
  case information
  /// What runs at this moment.
  case running
  /// Locks that keep everybody else out.
  case lockStrong = "lock-strong"
  /// Other locks.
  case lock
  /// The lines between the migrations of the graph.
  case graphLine = "graph-line"
  /// A migration that is in.
  case stateApplied = "state-applied"
  /// A migration that is yet to run.
  case statePending = "state-pending"
  /// A migration of which a part is in.
  case statePartial = "state-partial"
  /// A migration that failed.
  case stateFailed = "state-failed"
  /// A migration of which nobody saw the end.
  case stateInterrupted = "state-interrupted"
  /// A migration whose file is not what ran.
  case stateChanged = "state-changed"
  /// A migration whose file is gone.
  case stateMissing = "state-missing"
  /// A migration that is left out.
  case stateSkipped = "state-skipped"
  /// A migration that is only kept.
  case stateArchived = "state-archived"
  /// A migration that others have replaced.
  case stateSuperseded = "state-superseded"
}
