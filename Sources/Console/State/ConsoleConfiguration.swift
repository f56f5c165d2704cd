/// What the operator has set down in a file, as far as the console's state is concerned.
public struct ConsoleConfiguration: Sendable, Hashable {
  /// What is switched on.
  public var settings: Set<Setting>
  /// The keys that ask for commands.
  public var bindings: KeyBindings
  /// What the list of migrations shows beside names and states, where there is room.
  public var columns: Set<ListColumn>
  /// The theme's name; nil if the file names none.
  public var theme: String?

  /// Makes a configuration from its parts.
  public init(
    settings: Set<Setting> = [.reload], bindings: KeyBindings = KeyBindings(),
    columns: Set<ListColumn> = Set(ListColumn.allCases), theme: String? = nil
  ) {
    self.settings = settings
    self.bindings = bindings
    self.columns = columns
    self.theme = theme
  }
}

/// A column of the list of migrations that can be left out, by its name in the configuration.
public enum ListColumn: String, Sendable, Hashable, CaseIterable {
  /// The state as a word; its symbol always stands there.
  case state
  /// How much of what it should have left is there.
  case evidence
  /// How many others it needs.
  case needs
  /// How long it took.
  case time
}
