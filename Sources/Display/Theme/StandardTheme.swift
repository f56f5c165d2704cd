extension Theme {
  /// The theme that needs no file: the terminal's own sixteen colours on its own background.
  ///
  /// `themes/default.toml` says the same, as a pattern for others.
  public static let standard = Theme(
    name: "default", appearance: .terminal,
    styles: [
      .muted: Style(attributes: .dim),
      .accent: Style(foreground: .ansi(.cyan), attributes: .bold),
      .border: Style(attributes: .dim),
      .borderFocused: Style(foreground: .ansi(.cyan)),
      .titleFocused: Style(foreground: .ansi(.cyan), attributes: .bold),
      .selection: Style(attributes: .reverse),
      .selectionUnfocused: Style(attributes: .underline),
      .chosen: Style(foreground: .ansi(.yellow), attributes: .bold),
      .header: Style(attributes: .bold),
      .headerProtected: Style(
        foreground: .ansi(.brightWhite), background: .ansi(.red), attributes: .bold),
      .readOnly: Style(foreground: .ansi(.yellow), attributes: .bold),
      .keyHint: Style(foreground: .ansi(.cyan), attributes: .bold),
      .keyLabel: Style(),
      .input: Style(attributes: .underline),
      .match: Style(foreground: .ansi(.yellow), attributes: [.bold, .underline]),
      .overlayBorder: Style(foreground: .ansi(.cyan)),
      .overlayDanger: Style(foreground: .ansi(.red), attributes: .bold),
      .success: Style(foreground: .ansi(.green)),
      .warning: Style(foreground: .ansi(.yellow)),
      .danger: Style(foreground: .ansi(.red), attributes: .bold),
      .information: Style(foreground: .ansi(.cyan)),
      .running: Style(foreground: .ansi(.cyan), attributes: .bold),
      .lockStrong: Style(foreground: .ansi(.yellow)),
      .lock: Style(attributes: .dim),
      .graphLine: Style(attributes: .dim),
      .stateApplied: Style(foreground: .ansi(.green)),
      .statePending: Style(attributes: .bold),
      .statePartial: Style(foreground: .ansi(.yellow), attributes: .bold),
      .stateFailed: Style(foreground: .ansi(.red), attributes: .bold),
      .stateInterrupted: Style(foreground: .ansi(.red), attributes: .bold),
      .stateChanged: Style(foreground: .ansi(.magenta), attributes: .bold),
      .stateMissing: Style(foreground: .ansi(.magenta)),
      .stateSkipped: Style(attributes: .dim),
      .stateArchived: Style(attributes: .dim),
      .stateSuperseded: Style(attributes: .dim),
    ])
}
