import Display

/// One thing that the operator can ask for.
///
/// Dispatch, hint bar, help and disabled reasons all come from the one table of these (``table``).
struct ConsoleCommand: Sendable {
  /// The keys that ask for it; hints show the first.
  var keys: [Key]
  /// The keys as help writes them, where the list would be long.
  var keysLabel: String?
  /// What it is called, as an imperative: the entry of a palette.
  var title: String
  /// Its word in the hint bar; nil if it is not worth the room.
  var hint: String?
  /// For a switch, its word while it is on: it leads out of there, so hints keep room for it.
  var wayBack: WayBack?
  /// What it does, for the help.
  var help: String
  var section: Section
  var contexts: Set<CommandContext>
  var danger = Danger.none
  /// The screen that it belongs to; nil if it is the same on all of them.
  var screen: Screen?
  var availability: @Sendable (ConsoleState) -> Availability
  var perform: @Sendable (inout Reduction) -> Void

  init(
    _ keys: [Key], keysLabel: String? = nil, _ title: String, hint: String? = nil, wayBack: WayBack? = nil,
    help: String, section: Section, in contexts: Set<CommandContext> = [.panes], danger: Danger = .none,
    when availability: @escaping @Sendable (ConsoleState) -> Availability = { _ in .available },
    perform: @escaping @Sendable (inout Reduction) -> Void
  ) {
    self.keys = keys
    self.keysLabel = keysLabel
    self.title = title
    self.hint = hint
    self.wayBack = wayBack
    self.help = help
    self.section = section
    self.contexts = contexts
    self.danger = danger
    self.availability = availability
    self.perform = perform
  }

  /// The other half of a switch.
  struct WayBack: Sendable {
    var hint: String
    var isOn: @Sendable (ConsoleState) -> Bool
  }

  /// The chapters of the help.
  enum Section: String, Sendable, Hashable, CaseIterable {
    /// What the screen that is shown can do.
    case screen = "On this screen"
    case choosing = "Choosing and planning"
    case running = "Running"
    case looking = "Looking"
    case places = "Screens and panes"
    case moving = "Moving"
    case console = "The console"
  }

  /// How much a command can do.
  enum Danger: Sendable, Hashable {
    /// It only looks.
    case none
    /// It leads to a change of the target, after a question.
    case changesTarget
    /// It gives something up that cannot be had back.
    case destructive
  }

  /// Whether a command can be used now.
  enum Availability: Sendable, Hashable {
    case available
    /// It cannot, for this reason; `isOffered` says whether hints show it all the same.
    case unavailable(String, isOffered: Bool)
    /// It has no meaning now, and its keys may have another.
    case hidden

    static func unavailable(_ reason: String) -> Availability { .unavailable(reason, isOffered: true) }

    var reason: String? {
      if case .unavailable(let reason, _) = self { reason } else { nil }
    }
  }

  /// The title as it is typed behind `:` and written in config.toml.
  var typedName: String { String(title.lowercased().map { $0 == " " ? "-" : $0 }) }

  /// The keys as hints and help write them.
  func label(_ glyphs: Glyphs) -> Text {
    if let keysLabel { return Text(foreign: keysLabel) }
    return .joined(keys.map { Text(foreign: $0.label(isASCII: glyphs.isASCII)) }, separator: " ")
  }

  /// All commands, those first that hints should show first.
  static let table: [ConsoleCommand] =
    answerCommands
    + Screen.parts.flatMap { parts in
      parts.commands.map { command in
        var command = command
        command.screen = parts.screen
        return command
      }
    } + lookingCommands + consoleCommands + commandLineCommands + screenCommands + movingCommands

  /// The commands that belong to where the keys go now, those first that hints should show first.
  static func applying(in state: ConsoleState) -> [ConsoleCommand] {
    places[Place(state)] ?? []
  }

  // What a window offers is the same over all screens.
  private func applies(at place: Place) -> Bool {
    contexts.contains(place.context) && (screen == nil || place.screen == nil || screen == place.screen)
  }

  /// Where keys can go: to a window, or to a screen.
  private struct Place: Hashable {
    var context: CommandContext
    /// Nil in a window.
    var screen: Screen?

    init(_ context: CommandContext, on screen: Screen?) {
      self.context = context
      self.screen = screen
    }

    init(_ state: ConsoleState) {
      self.init(state.context, on: state.overlays.isEmpty ? state.screen : nil)
    }

    static let all = CommandContext.allCases.flatMap { context in
      [Place(context, on: nil)] + Screen.allCases.map { Place(context, on: $0) }
    }
  }

  // Each key and each frame asks for them, and most of the table belongs elsewhere.
  private static let places: [Place: [ConsoleCommand]] = Dictionary(
    uniqueKeysWithValues: Place.all.map { place in (place, table.filter { $0.applies(at: place) }) })

  /// The command that a key asks for in this state, if it asks for one.
  static func command(for key: Key, in state: ConsoleState) -> (ConsoleCommand, Availability)? {
    for command in applying(in: state) where state.bindings.keys(command).contains(key) {
      let availability = command.availability(state)
      if availability != .hidden { return (command, availability) }
    }
    return nil
  }
}

extension Key {
  /// The key's name, with words for arrows where there is ASCII alone.
  fileprivate func label(isASCII: Bool) -> String {
    guard isASCII, modifiers.isEmpty else { return description }
    return switch code {
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    default: description
    }
  }
}
