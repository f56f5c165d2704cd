/// What the operator can switch on and off (`:set mouse`, `:set nomouse`).
public enum Setting: String, Sendable, Hashable, CaseIterable {
  /// Clicks and the wheel go to the console; the terminal's own selection needs Shift then.
  case mouse
  /// The project is read again when its files change on disk.
  case reload

  /// What it is when it is on.
  var meaning: String {
    switch self {
    case .mouse: "clicks and the wheel work here; selecting text needs Shift"
    case .reload: "files that change on disk are read again at once"
    }
  }
}
