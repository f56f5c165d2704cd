extension ConsoleState {
  /// Whether typed characters go into a field, so that a pasted text may, too; elsewhere it would run commands.
  public var acceptsText: Bool { typedText != nil }
}
