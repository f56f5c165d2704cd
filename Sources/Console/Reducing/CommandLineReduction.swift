import Display
import Migrations
import Schema

/// The line of typed commands.
extension Reduction {
  mutating func beginCommandLine() { state.commandLine = CommandLine() }

  mutating func closeCommandLine() { state.commandLine = nil }

  /// Goes to the next completion in a direction; where there is only one it is taken.
  mutating func complete(_ direction: Int) {
    let completions = state.completions
    guard let line = state.commandLine, !completions.isEmpty else { return }
    if completions.count == 1 {
      state.commandLine = CommandLine(typed: completions[0].line)
      return
    }
    let start = line.chosen ?? (direction > 0 ? -1 : 0)
    state.commandLine?.chosen =
      ((start + direction) % completions.count + completions.count) % completions.count
  }

  /// Goes to an older or newer line of the history.
  mutating func recall(_ direction: Int) {
    guard let line = state.commandLine else { return }
    let place = (line.past ?? -1) + direction
    guard place < state.commandHistory.count else { return }
    if place < 0 {
      state.commandLine = CommandLine()
    } else {
      let text = state.commandHistory[state.commandHistory.count - 1 - place]
      state.commandLine = CommandLine(typed: text, past: place)
    }
  }

  mutating func runCommandLine() {
    guard let text = state.commandText else { return }
    closeCommandLine()
    let words = text.split(separator: " ").map(String.init)
    guard let name = words.first else { return }
    remember(words.joined(separator: " "))
    guard let verb = ConsoleVerb.named(name, in: state) else {
      let ways = ConsoleVerb.all(in: state).map(\.name).filter { $0.hasPrefix(name) }
      refuse(
        ways.isEmpty
          ? "there is no command “\(name)”: \(state.options.isSpoken ? "help" : "Tab behind :") lists all"
          : "“\(name)” is not clear: \(ways.joined(separator: ", "))")
      return
    }
    let arguments = Array(words.dropFirst())
    if let argument = verb.argument, argument.isNeeded, arguments.isEmpty {
      let examples = argument.words(state).prefix(3).map(\.word).joined(separator: ", ")
      refuse("\(verb.name) takes one of: \(examples)…")
    } else if verb.argument == nil, !arguments.isEmpty {
      refuse("\(verb.name) takes nothing behind it")
    } else {
      verb.perform(&self, arguments)
    }
  }

  /// Does what a command of the table does, or says why it cannot be done now.
  mutating func carryOut(_ command: ConsoleCommand) {
    switch command.availability(state) {
    case .available: command.perform(&self)
    case .unavailable(let reason, _): refuse("\(command.title): \(reason)")
    case .hidden: refuse("\(command.title) has no meaning now")
    }
  }

  mutating func plan(_ selectors: [String], mode: RunMode?) {
    let availability = mode == nil ? state.reading : state.changing
    guard availability == .available, let model = state.model else {
      refuse(availability.reason ?? "the project is not read")
      return
    }
    if !selectors.isEmpty {
      do throws(ProjectError) {
        let ids = try SelectorParser(model.project, statuses: state.statuses.all).select(selectors)
        let able = ids.filter { state.statuses.state(of: $0)?.canRun == true }
        guard !able.isEmpty else {
          refuse("nothing of that is to be run: it is done or left out")
          return
        }
        choose(Set(able))
      } catch {
        refuse(error.problems.map(\.message).joined(separator: "; "))
        return
      }
    }
    guard !state.rollout.selection.isEmpty else {
      refuse("nothing is chosen: name migrations, or pending")
      return
    }
    show(.rollout)
    plan(mode: mode)
  }

  /// Chooses migrations besides those that are chosen; without any, what is under the cursor.
  mutating func choose(naming selectors: [String]) {
    guard state.reading == .available, let model = state.model, !state.isRunning else {
      refuse(state.isRunning ? "a run is going on" : state.reading.reason ?? "the project is not read")
      return
    }
    if selectors.isEmpty {
      toggleChoice()
    } else if selectors == ["none"] {
      choose([])
    } else {
      do throws(ProjectError) {
        let ids = try SelectorParser(model.project, statuses: state.statuses.all).select(selectors)
        let able = ids.filter { state.statuses.state(of: $0)?.canRun == true }
        if able.isEmpty {
          refuse("nothing of that is to be run: it is done or left out")
        } else {
          choose(state.rollout.selection.chosen.union(able))
        }
      } catch {
        refuse(error.problems.map(\.message).joined(separator: "; "))
      }
    }
  }

  /// Shows who can do what with some objects; without a name, what the screen's own command shows.
  mutating func showAccess(_ words: [String]) {
    let name = words.joined(separator: " ")
    if name.isEmpty,
      let command = ConsoleCommand.table.first(where: {
        $0.hint == "access" && $0.screen == state.screen && $0.availability(state) == .available
      })
    {
      carryOut(command)
      return
    }
    show(.access)
    readAccess()
    AccessScreen.setFilter(name, &self)
    let exact = (0..<state.access.list.count).first {
      state.access.list[$0].object.map { [$0.name, $0.qualifiedName].contains(name) } ?? false
    }
    if let exact { state.access.list.position.cursor = exact }
  }

  mutating func goToMigration(_ words: [String]) {
    guard let model = state.model else { return }
    do throws(ProjectError) {
      let ids = try SelectorParser(model.project).select(words)
      if let id = ids.first { jump(to: .migration(id), on: .rollout) }
    } catch {
      refuse(error.problems.map(\.message).joined(separator: "; "))
    }
  }

  mutating func chooseTheme(named name: String?) {
    guard let index = state.themes.firstIndex(where: { $0.name == name }) else {
      refuse("there is no theme “\(name ?? "")”: \(state.themes.map(\.name).joined(separator: ", "))")
      return
    }
    state.themeIndex = index
  }

  mutating func set(_ words: [String]) {
    for word in words {
      if let setting = Setting(rawValue: word) {
        change(setting, to: true)
      } else if word.hasPrefix("no"), let setting = Setting(rawValue: String(word.dropFirst(2))) {
        change(setting, to: false)
      } else {
        let all = Setting.allCases.map(\.rawValue).joined(separator: ", ")
        refuse("there is no setting “\(word)”: \(all), each with “no” before it to switch it off")
      }
    }
  }

  private mutating func change(_ setting: Setting, to isOn: Bool) {
    if isOn { state.settings.insert(setting) } else { state.settings.remove(setting) }
    note(.information, isOn ? setting.meaning : "\(setting.rawValue) is off")
    if setting == .mouse { effects.append(.setMouse(isOn)) }
  }

  /// Takes the operator's keys and settings that were changed while the console runs.
  mutating func take(_ configuration: ConsoleConfiguration) {
    let earlier = state.options.configuration
    state.options.configuration = configuration
    // What was switched by hand here stays, unless the file says something new about it.
    for setting in configuration.settings.symmetricDifference(earlier.settings) {
      change(setting, to: configuration.settings.contains(setting))
    }
    if let theme = configuration.theme, theme != earlier.theme { chooseTheme(named: theme) }
    note(.information, "the configuration was read again")
  }

  private mutating func remember(_ line: String) {
    if state.commandHistory.last != line { effects.append(.keepCommand(line)) }
    state.commandHistory.removeAll { $0 == line }
    state.commandHistory.append(line)
    if state.commandHistory.count > Self.longestHistory { state.commandHistory.removeFirst() }
  }

  private static let longestHistory = 200
}
