/// The commands that can be asked for here, searched by what is typed.
struct PaletteOverlay: Sendable, Hashable {
  var search = ""
  var cursor = 0
}

extension ConsoleState {
  /// The commands of a palette over this state: those whose title or help has all the words that are typed; those whose
  /// title begins so first.
  func commands(of palette: PaletteOverlay) -> [ConsoleCommand] {
    var below = self
    below.overlays = []
    below.isFiltering = false
    let words = palette.search.lowercased().split(separator: " ")
    var seen: Set<String> = []
    let found = ConsoleCommand.applying(in: below).filter { command in
      guard command.isAction, command.availability(below) != .hidden,
        seen.insert(command.title).inserted
      else { return false }
      let text = "\(command.title) \(command.help)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    guard let first = words.first else { return found }
    let titled = found.filter { $0.title.lowercased().hasPrefix(first) }
    let titles = Set(titled.map(\.title))
    return titled + found.filter { !titles.contains($0.title) }
  }
}

extension ConsoleCommand {
  /// Whether somebody would look it up to have it done: moving by a line is not among that.
  var isAction: Bool { section != .moving }
}
