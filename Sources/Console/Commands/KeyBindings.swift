public import Display

/// The keys that ask for commands: those of the table, or the operator's own in their place.
public struct KeyBindings: Sendable, Hashable {
  /// The operator's own, by the command's name.
  private var own: [String: [Key]] = [:]

  /// The keys of the table.
  public init() {}

  /// Whether there are any of the operator's own.
  public var isStandard: Bool { own.isEmpty }

  /// The names of the commands whose keys can be changed, in the order of the table: those that are typed behind `:`.
  public static let names: [String] = {
    var seen: Set<String> = []
    return rebindable.map(\.typedName).filter { seen.insert($0).inserted }
  }()

  /// The keys of a command.
  public func keys(of name: String) -> [Key] {
    own[name] ?? Self.rebindable.filter { $0.typedName == name }.flatMap(\.keys)
  }

  /// What the command does, in a sentence.
  public static func help(of name: String) -> String {
    rebindable.first { $0.typedName == name }?.help ?? ""
  }

  /// Gives a command other keys.
  ///
  /// - Returns: what other commands have one of them on the same screen, each with its key; nothing was changed then.
  public mutating func bind(_ name: String, to keys: [Key]) -> [(key: Key, command: String)] {
    let screens = Self.rebindable.filter { $0.typedName == name }.map(\.screen)
    var taken: [(key: Key, command: String)] = []
    for other in Self.rebindable where other.typedName != name {
      guard screens.contains(where: { $0 == nil || other.screen == nil || $0 == other.screen }) else {
        continue
      }
      for key in self.keys(other) where keys.contains(key) {
        if !taken.contains(where: { $0.key == key }) { taken.append((key, other.title)) }
      }
    }
    if taken.isEmpty { own[name] = keys }
    return taken
  }

  func keys(_ command: ConsoleCommand) -> [Key] {
    guard !own.isEmpty, command.contexts.contains(.panes) else { return command.keys }
    return own[command.typedName] ?? command.keys
  }

  func label(_ command: ConsoleCommand, _ glyphs: Glyphs) -> Text {
    guard !own.isEmpty, command.contexts.contains(.panes), let keys = own[command.typedName] else {
      return command.label(glyphs)
    }
    var changed = command
    changed.keys = keys
    changed.keysLabel = nil
    return changed.label(glyphs)
  }

  /// What windows offer keeps its keys: they must be known without being looked up.
  private static let rebindable = ConsoleCommand.table.filter { $0.contexts.contains(.panes) }
}
