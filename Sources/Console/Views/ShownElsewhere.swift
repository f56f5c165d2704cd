public import Display

extension ConsoleState {
  /// The names of the themes that can be shown.
  public var themeNames: [String] { themes.map(\.name) }

  /// The state as another terminal would show it, with its cursors brought into sight; nil if there is no such theme.
  public func shown(in theme: String, at size: Size) -> ConsoleState? {
    guard let index = themes.firstIndex(where: { $0.name == theme }) else { return nil }
    var shown = self
    shown.themeIndex = index
    return reduce(shown, .resized(size), now: now).state
  }
}
