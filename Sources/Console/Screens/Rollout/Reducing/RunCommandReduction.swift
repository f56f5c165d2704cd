import Migrations

/// What the operator tells a run.
extension Reduction {
  mutating func tell(_ command: OperatorCommand) {
    guard state.isRunning else { return }
    switch command {
    case .next, .finishMigration, .proceed, .retry, .skip, .skipMigration, .acceptUnverified, .acceptAccess:
      // One answer for one pause: a second key press must not answer the next one unseen.
      guard state.run?.pause != nil else { return }
      switch command {
      case .next: state.run?.isStepping = true
      case .finishMigration, .proceed: state.run?.isStepping = false
      default: break
      }
      state.run?.pause = nil
      state.rollout.followsRun = true
      leaveInside()
      closeRunWindows()
    case .abort:
      state.run?.pause = nil
      state.run?.isAborting = true
      leaveInside()
      state.run?.rememberedSteps = 0
      closeRunWindows()
      note(.information, "aborting: what runs is cancelled and rolled back")
    case .pause: note(.information, "the run will wait before the next statement")
    case .setBreakpoint, .clearBreakpoint: break
    }
    effects.append(.send(command))
  }

  /// Runs the next statement; while one runs, remembers that the one after it is wanted as well.
  mutating func stepOn() {
    if state.run?.pause == nil {
      state.run?.rememberedSteps += 1
    } else {
      tell(.next)
    }
  }

  /// Sets a breakpoint before the statement under the cursor, or takes it away; before or during a run.
  mutating func toggleBreakpoint() {
    guard let id = state.shownMigration else { return }
    guard !state.isRunning || state.run?.step(id) != nil else {
      refuse("Breakpoint: this migration is not part of the run")
      return
    }
    guard state.rollout.focus == .statements || state.isRunning else {
      toggleBreakpoint(of: id, at: 0)
      return
    }
    toggleBreakpoint(of: id, at: state.rollout.statements.cursor)
  }

  private mutating func toggleBreakpoint(of id: MigrationID, at index: Int) {
    guard state.statement(index, of: id) != nil else { return }
    let breakpoint = Breakpoint(migration: id, statement: index)
    if state.rollout.breakpoints.remove(breakpoint) != nil {
      tell(.clearBreakpoint(id, statement: index))
    } else {
      state.rollout.breakpoints.insert(breakpoint)
      tell(.setBreakpoint(id, statement: index))
    }
  }

  mutating func askToSkip() {
    guard let pause = state.run?.pause, let index = pause.statement else { return }
    let summary = state.statement(index, of: pause.migration)?.summary ?? ""
    ask(
      "Skip statement \(index + 1) of \(pause.migration)?",
      [summary, "It is left out, what follows runs without it, and the history records that."],
      verb: "skip", .skip, word: "skip")
  }

  /// Asks before a whole migration is left out, naming those of the run that need it.
  mutating func askToSkipMigration() {
    guard let pause = state.run?.pause else { return }
    let later = state.run?.plan.steps.map(\.migration.id).drop { $0 != pause.migration }.dropFirst() ?? []
    let needing = later.filter { id in
      state.model?.graph.requirements(of: id).contains { $0.to == pause.migration } ?? false
    }
    var lines = [
      "What it has done so far is rolled back, the run goes on with the next migration, and the history records that it "
        + "was left out. apply --again runs it later."
    ]
    if !needing.isEmpty {
      lines.append(
        "These come later in this run and need it: \(needing.map(\.rawValue).joined(separator: ", "))")
    }
    ask("Leave out \(pause.migration) whole?", lines, verb: "leave it out", .skipMigration, word: "skip")
  }

  mutating func askToAccept() {
    guard case .unverified(let evidence) = state.run?.pause?.reason else { return }
    ask(
      "Commit without a complete verification?",
      [
        "Only \(evidence.found) of \(evidence.expected) objects are as they should be.",
        "The migration is committed as it is, and the history records that.",
      ], verb: "commit", .acceptUnverified)
  }

  mutating func askToAbort() {
    ask(
      "Abort the run?",
      [
        "What runs is cancelled and the open transaction rolled back whole.",
        "Migrations that were committed before stay.",
      ], verb: "abort", .abort)
  }

  /// Shows again why the run waits.
  mutating func showPauseReason() {
    guard let pause = state.run?.pause else { return }
    switch pause.reason {
    case .failure(let message):
      state.overlays.append(
        .failure(
          FailureOverlay(migration: pause.migration, statement: pause.statement ?? 0, message: message)))
    case .unverified(let evidence):
      state.overlays.append(.unverified(pause.migration, evidence, scroll: 0))
    case .widened(let cells):
      ask(
        "Let \(pause.migration) widen access beyond what was announced?",
        AccessChange(cells).sentences.map(\.text) + [
          "Nothing of it is committed yet; \(state.key("Abort")) aborts the run."
        ],
        verb: "commit", .acceptAccess)
    case .step, .breakpoint, .requested: break
    }
  }

  /// Closes the windows that speak of a pause which is over.
  mutating func closeRunWindows() {
    state.overlays.removeAll {
      switch $0 {
      case .failure, .unverified: true
      case .confirmation(let question): if case .send = question.deed { true } else { false }
      default: false
      }
    }
  }

  private mutating func ask(
    _ title: String, _ lines: [String], verb: String, _ command: OperatorCommand, word: String? = nil
  ) {
    state.overlays.append(
      .confirmation(
        Confirmation(
          title: title, lines: lines, verb: verb, deed: .send(command), name: word,
          prompt: word.map { "Type \($0) to confirm." })))
  }
}
