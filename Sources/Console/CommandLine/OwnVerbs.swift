import Display
import Migrations

extension ConsoleVerb {
  /// The commands that take arguments, and those of the command line that have a screen.
  static let own: [ConsoleVerb] = [
    ConsoleVerb(
      name: "choose", help: "Chooses what is named, with what it needs; none takes everything back.",
      argument: .choice
    ) { $0.choose(naming: $1) },
    ConsoleVerb(
      name: "plan", help: "Chooses what is named and shows what would run.", argument: .migrations
    ) { $0.plan($1, mode: nil) },
    ConsoleVerb(
      name: "apply", help: "Chooses what is named and runs it, after showing the plan and asking.",
      argument: .migrations
    ) { $0.plan($1, mode: .straight) },
    ConsoleVerb(
      name: "step", help: "Chooses what is named and runs it statement by statement, after asking.",
      argument: .migrations
    ) { $0.plan($1, mode: .step) },
    ConsoleVerb(
      name: "dry-run", help: "Chooses what is named, runs it and rolls it back, after asking.",
      argument: .migrations
    ) { $0.plan($1, mode: .dryRun) },
    ConsoleVerb(name: "migration", help: "Goes to a migration.", argument: .migration) { reduction, words in
      reduction.goToMigration(words)
    },
    ConsoleVerb(
      name: "filter", help: "Shows only the rows that contain this; without it all.", argument: .text
    ) {
      reduction, words in
      reduction.state.shown.setFilter(words.joined(separator: " "), &reduction)
    },
    ConsoleVerb(name: "status", help: "Shows where every migration stands.") { reduction, _ in
      reduction.show(.rollout)
    },
    ConsoleVerb(name: "graph", help: "Shows what the migration needs and what needs it.") { reduction, _ in
      reduction.show(.rollout)
      reduction.state.rollout.focus = .graph
      reduction.state.rollout.sidePane = .graph
    },
    ConsoleVerb(
      name: "verify", help: "Shows every finding; `verify again` makes all checks again.", argument: .again
    ) {
      reduction, words in
      reduction.show(.verify)
      if words.first == "again" { reduction.checkAgain(nil) }
    },
    ConsoleVerb(
      name: "access", help: "Shows who can do what with the objects whose names contain this.",
      argument: .text
    ) { $0.showAccess($1) },
    ConsoleVerb(name: "theme", help: "Shows the console in another theme.", argument: .theme) {
      reduction, words in
      reduction.chooseTheme(named: words.first)
    },
    ConsoleVerb(name: "target", help: "Goes to another target of the project file.", argument: .target) {
      reduction, words in
      reduction.go(toTargetNamed: words.first)
    },
    ConsoleVerb(name: "set", help: "Changes a setting until the console ends.", argument: .setting) {
      reduction, words in
      reduction.set(words)
    },
  ]
}

extension ConsoleVerb.Argument {
  fileprivate static let migrations = ConsoleVerb.Argument(isNeeded: false) { state in
    [("all", "everything that can run"), ("pending", "everything that is pending")]
      + (state.model?.project.phases ?? []).map { ("phase:\($0.name)", $0.purpose ?? "a phase") }
      + state.migrationWords
  }

  fileprivate static let choice = ConsoleVerb.Argument(isNeeded: false) { state in
    [("none", "nothing")] + migrations.words(state)
  }

  fileprivate static let migration = ConsoleVerb.Argument(isNeeded: true) { $0.migrationWords }

  fileprivate static let text = ConsoleVerb.Argument(isNeeded: false) { _ in [] }

  fileprivate static let again = ConsoleVerb.Argument(isNeeded: false) { _ in
    [("again", "makes all checks again")]
  }

  fileprivate static let theme = ConsoleVerb.Argument(isNeeded: true) { state in
    state.themes.map {
      ($0.name, "for \($0.appearance == .terminal ? "any" : $0.appearance.rawValue) screens")
    }
  }

  fileprivate static let target = ConsoleVerb.Argument(isNeeded: true) { state in
    state.declaredTargets.map { ($0.name, ($0.label ?? "") + ($0.isProtected ? " protected" : "")) }
  }

  fileprivate static let setting = ConsoleVerb.Argument(isNeeded: true) { state in
    Setting.allCases.flatMap { setting in
      [
        (setting.rawValue, setting.meaning + (state.settings.contains(setting) ? " (is so)" : "")),
        ("no" + setting.rawValue, "not so" + (state.settings.contains(setting) ? "" : " (is so)")),
      ]
    }
  }
}

extension ConsoleState {
  fileprivate var migrationWords: [(word: String, help: String)] {
    (model?.project.migrations ?? []).map { migration in
      (migration.id.rawValue, statuses.state(of: migration.id)?.rawValue ?? "")
    }
  }
}
