import Display
import Migrations
import Schema
import Verification

/// What is read: the project, the target, the states.
extension Reduction {
  mutating func takeThemes(_ themes: [Theme]) {
    let shown = state.theme.name
    state.themes = ConsoleState.choice(of: themes)
    state.themeIndex = state.themes.firstIndex { $0.name == shown } ?? 0
  }

  mutating func takeProject(_ model: ProjectModel) {
    state.projectLoading = .loaded
    state.projectProblems = []
    state.model = model
    state.rollout.graphRows = nil
    state.rollout.list.take(groups)
    chooseAgain()
    for warning in model.project.warnings {
      note(
        .warning, [warning.location?.description, warning.message].compactMap { $0 }.joined(separator: ": "))
    }
    askForStatuses()
  }

  mutating func takeProjectFailure(_ problems: [ProjectProblem]) {
    let first = problems.first?.message ?? "the project cannot be read"
    state.projectLoading = .failed(Trouble(first))
    state.projectProblems = problems
    note(.error, first)
  }

  mutating func takeConnection(_ server: ServerSummary) {
    state.connection = .connected(server)
    note(.information, "connected to \(server.address), PostgreSQL \(server.version)")
    askForStatuses()
    readScreensAnew()
  }

  mutating func takeConnectionFailure(_ trouble: Trouble) {
    state.connection = .failed(trouble)
    state.awaited = [:]
    state.statusLoading = .notAsked
    note(trouble)
  }

  mutating func takeStatuses(_ statuses: StatusBook, _ findings: [Finding], _ catalog: Snapshot) {
    state.catalog = catalog
    takeFindings(findings)
    let isFirst = state.statuses.isEmpty
    state.statusLoading = .loaded
    state.statuses = statuses
    if isFirst { foldWhatIsDone() }
    state.rollout.list.take(groups)
    chooseAgain()
    if isFirst { moveToFirstPending() }
    let adoptable = statuses.adoptable.count
    if adoptable > 0 {
      let verb = adoptable == 1 ? "is" : "are"
      let whom = adoptable == 1 ? "it" : "them"
      let deed =
        state.readOnlyReason == nil
        ? "\(state.key("Adopt")) adopts \(whom)" : "read-only, so \(whom) cannot be adopted now"
      note(
        .information,
        "\(Amounts.count(adoptable, "migration")) \(verb) in the database without history: \(deed)")
    }
    state.shown.appear(&self)
  }

  mutating func takeStatusFailure(_ trouble: Trouble) {
    state.statusLoading = .failed(trouble)
    note(trouble)
  }

  mutating func takeAdoption(_ ids: [MigrationID]) {
    note(.done, "\(Amounts.count(ids.count, "migration")) recorded as applied, nothing was run")
    askForStatuses()
    readScreensAnew()
  }

  mutating func refresh() {
    state.projectLoading = .waiting(since: now)
    effects.append(.loadProject)
    if state.connection.server == nil {
      state.connection = .connecting(since: now)
      effects.append(.connect)
    } else {
      readScreensAnew()
    }
  }

  /// Reads the project again that has changed on disk; during a run, after it.
  mutating func takeFileChange() {
    guard state.settings.contains(.reload) else { return }
    if state.isRunning {
      state.hasChangedFiles = true
    } else if state.projectLoading.waitingSince == nil {
      state.hasChangedFiles = false
      state.projectLoading = .waiting(since: now)
      effects.append(.loadProject)
      note(.information, "files of the project changed; reading them again")
    }
  }

  /// Asks where the migrations stand as soon as there is a project and a target to ask about.
  mutating func askForStatuses() {
    guard state.model != nil, state.projectLoading == .loaded, state.connection.server != nil,
      !state.isRunning
    else { return }
    state.statusLoading = .waiting(since: now)
    effects.append(.loadStatuses)
  }

  private var groups: [MigrationGroup] {
    var groups = state.model?.groups ?? []
    let missing = state.statuses.missing.filter { state.model?.contains($0) == false }
    if !missing.isEmpty {
      groups.append(
        MigrationGroup(name: "In the history, without a file", migrations: missing, kind: .missing))
    }
    return groups
  }

  /// The choice as far as it still makes sense after something was read anew.
  private mutating func chooseAgain() {
    let still = state.rollout.selection.chosen.filter { state.statuses.state(of: $0)?.canRun == true }
    choose(still)
  }

  /// Folds the phases in which nothing is left to do, so that what is left stands in front of the eye.
  private mutating func foldWhatIsDone() {
    guard let groups = state.model?.groups else { return }
    for group in groups {
      let isOpen = group.migrations.contains { id in
        switch state.statuses.state(of: id) {
        case .applied, .skipped, .archived, .superseded: false
        case nil: state.model?.migration(id)?.place == .active
        case .pending, .partial, .failed, .interrupted, .changed, .missing: true
        }
      }
      if !isOpen { state.rollout.list.folded.insert(group.name) }
    }
  }

  private mutating func moveToFirstPending() {
    guard state.rollout.list.position.cursor == 0 else { return }
    let first = state.model?.project.migrations.first { state.statuses.state(of: $0.id)?.canRun == true }
    if let first { state.rollout.list.reveal(first.id) }
  }
}
