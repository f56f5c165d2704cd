import Migrations

extension SpokenConsole {
  /// What a typed line means: what is said to it, and what the console is to do.
  public mutating func hear(
    _ line: String, _ state: ConsoleState
  ) -> (said: [String], actions: [ConsoleAction]) {
    forgetRefusal()
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
    guard let first = words.first else { return ([], []) }
    if case .confirmation(let question) = state.overlays.last, question.expected != nil {
      return ([], [.line(line)])
    }
    let word = first.hasPrefix(":") ? String(first.dropFirst()) : first
    let rest = Array(words.dropFirst())
    switch word.lowercased() {
    case "help", "?": return (help(state), [])
    case "choices": return (choices(state), [])
    case "more", "m":
      return (saidRows < rows.count ? more() : ["There is nothing more."], [])
    case "again", "repeat":
      forgetWindow()
      return ([], [])
    case "list", "ls":
      list(state)
      return (rows.isEmpty ? ["There are no rows."] : more(), [])
    default: break
    }
    var closing: [ConsoleAction] = []
    if let window = state.overlays.last {
      let isItsOwn = rest.isEmpty && Reduction.spokenCommand(word.lowercased(), in: state) != nil
      guard window.onlyShows, !isItsOwn else {
        return ([], [.line(([word] + rest).joined(separator: " "))])
      }
      closing = [.line("close")]
    }
    let (said, actions) = hear(word, rest, state)
    return (said, closing + actions)
  }

  /// What a line means where no window has it.
  private mutating func hear(
    _ word: String, _ rest: [String], _ state: ConsoleState
  ) -> (said: [String], actions: [ConsoleAction]) {
    if rest.isEmpty, let number = Int(word), state.screen != .rollout { return open(number) }
    switch word.lowercased() {
    case "status":
      list(state.onRollout)
      let open = rows.isEmpty ? ["Nothing is left to run."] : ["These can run:"]
      return (state.onRollout.spokenPhases + open + more(), state.screen == .rollout ? [] : [.line("status")])
    case "open", "show", "detail":
      guard let number = rest.first.flatMap({ Int($0) }) else {
        return (state.shown.spokenDetail(state), [])
      }
      return open(number)
    case "access", "schema", "verify", "activity", "history":
      // Asked for anew, a screen is said anew, even if it is the one that is shown.
      isArriving = true
    default: break
    }
    return ([], [.line(meaning(of: [word] + rest, state))])
  }

  /// Goes to a row of the list that was said last, and says it in full.
  private mutating func open(_ number: Int) -> (said: [String], actions: [ConsoleAction]) {
    guard rows.indices.contains(number - 1) else { return (["There is no row \(number) in the list."], []) }
    owesDetail = true
    return ([], [.row(number - 1)])
  }

  /// The line with numbers replaced by the migrations that they stand for; migrations alone are to be chosen.
  private func meaning(of words: [String], _ state: ConsoleState) -> String {
    let numbered = state.numberedMigrations
    func named(_ word: String) -> String {
      guard let number = Int(word), !word.hasPrefix("0"), numbered.indices.contains(number - 1) else {
        return word
      }
      return numbered[number - 1].rawValue
    }
    let takesMigrations: Set = ["choose", "plan", "apply", "step", "dry-run", "migration"]
    if takesMigrations.contains(words[0]) {
      return ([words[0]] + words.dropFirst().map(named)).joined(separator: " ")
    }
    let ids = words.map(named)
    let isNumber = ids != words
    let isVerb =
      ConsoleVerb.named(words[0], in: state) != nil || Reduction.spokenCommand(words[0], in: state) != nil
    if isNumber || (!isVerb && state.selects(ids)) { return (["choose"] + ids).joined(separator: " ") }
    return words.joined(separator: " ")
  }

  private func help(_ state: ConsoleState) -> [String] {
    if !state.overlays.isEmpty {
      return ConsoleCommand.applying(in: state).filter {
        $0.hint != nil && $0.availability(state) == .available
      }.map { "\($0.spokenName): \($0.help)" } + ["again: says the window once more."]
    }
    let own = [
      "status: says where the migrations stand; what can run has a number.",
      "list: says the rows of the screen; more: the next ones.",
      "open NUMBER: says everything about one of them.",
    ]
    return own + ConsoleVerb.all(in: state).map { "\($0.name): \($0.help)" }
  }
}

extension Overlay {
  /// Whether the window wants nothing: then any command closes it first.
  fileprivate var onlyShows: Bool {
    switch self {
    case .adoption, .confirmation, .failure, .unverified, .themes, .palette, .targets: false
    default: true
    }
  }
}

extension ConsoleState {
  /// The state as if the Rollout screen were shown.
  fileprivate var onRollout: ConsoleState {
    var state = self
    state.screen = .rollout
    return state
  }

  fileprivate func selects(_ words: [String]) -> Bool {
    guard let model else { return false }
    do throws(ProjectError) {
      return !(try SelectorParser(model.project, statuses: statuses.all).select(words)).isEmpty
    } catch {
      return false
    }
  }
}
