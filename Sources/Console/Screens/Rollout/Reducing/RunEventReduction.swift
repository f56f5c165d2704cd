import Migrations

/// What happens in a run.
extension Reduction {
  mutating func takeRunEvent(_ event: RunEvent) {
    guard state.run != nil else { return }
    let time = event.time
    switch event.kind {
    case .runStarted(let number, _, _):
      state.run?.number = number
      state.run?.waitingFor = nil
    case .waitingForRun(let holder):
      state.run?.waitingFor = holder
      log(.warning, "another run holds this database: \(holder.phrase); waiting for it", time)
    case .migrationStarted(let id, let attempt):
      state.run?.waitingFor = nil
      state.run?.current = id
      state.run?.migrations[id] = MigrationProgress(attempt: attempt, startedAt: time)
      log(.information, attempt == 1 ? "\(id) begins" : "\(id) begins again, attempt \(attempt)", time)
    case .statementStarted(let id, let statement):
      resume()
      state.run?.activity = nil
      state.run?.migrations[id]?.currentStatement = statement
      state.run?.migrations[id]?.statements[statement] = .running(since: time)
      log(.statement, state.statement(statement, of: id)?.summary ?? "statement \(statement + 1)", time)
    case .notice(_, _, let message):
      log(message.severity == "WARNING" ? .warning : .notice, message.message, time)
    case .statementFinished(let id, let statement, let milliseconds, let rows):
      state.run?.blockers = []
      state.run?.waiters = []
      state.run?.migrations[id]?.statements[statement] = .done(milliseconds: milliseconds, rows: rows)
    case .statementFailed(let id, let statement, let message):
      state.run?.blockers = []
      state.run?.migrations[id]?.statements[statement] = .failed(message)
      log(.error, "\(id), statement \(statement + 1): \(message.phrase)", time)
    case .statementSkipped(let id, let statement):
      resume()
      state.run?.migrations[id]?.statements[statement] = .skipped
      log(.warning, "\(id): statement \(statement + 1) was skipped", time)
    case .blocked(_, _, let sessions):
      if state.run?.blockers != sessions {
        for session in sessions { log(.warning, "waits for a lock that \(session.phrase) holds", time) }
      }
      state.run?.blockers = sessions
    case .queued(_, _, let sessions):
      for session in sessions { log(.warning, "keeps waiting \(session.phrase)", time) }
      if sessions.isEmpty { log(.notice, "keeps nobody waiting any more", time) }
      state.run?.waiters = sessions
    case .paused(let id, let statement, let reason): pause(id, statement, reason)
    case .verified(let id, let evidence):
      state.run?.migrations[id]?.evidence = evidence
      log(
        evidence.found == evidence.expected ? .done : .warning,
        "\(id) verified before the commit: \(evidence.found) of \(evidence.expected) objects are as they should be",
        time)
    case .migrationFinished(let id, let outcome, let milliseconds):
      finish(id, outcome, milliseconds: milliseconds, time: time)
    case .retrying(let id, let attempt, let pause, let message):
      log(
        .warning,
        "\(id) was rolled back (\(message.phrase)); attempt \(attempt) in \(Amounts.duration(milliseconds: pause))",
        time)
    case .difference(let id, let difference): state.run?.migrations[id]?.difference = difference
    case .accessChanged(let id, let change):
      for sentence in change.sentences where sentence.direction == .widens {
        log(.warning, "\(id): \(sentence.text)", time)
      }
    case .runFinished(let outcome):
      resume()
      state.run?.outcome = outcome
    }
  }

  /// The run's task has ended and its connection is free.
  mutating func takeRunEnd(_ trouble: Trouble?) {
    guard state.isRunning else { return }
    closeRunWindows()
    resume()
    leaveInside()
    state.run?.endedAt = now
    state.run?.trouble = trouble
    if let trouble { note(trouble) }
    if state.quitsAfterRun {
      effects.append(.quit)
      return
    }
    if let id = state.run?.current { state.rollout.list.reveal(id) }
    state.overlays.removeAll {
      if case .confirmation(let question) = $0 { question.deed.isQuitting } else { false }
    }
    state.overlays.append(.summary(scroll: 0))
    askForStatuses()
    readScreensAnew()
    if state.hasChangedFiles { takeFileChange() }
  }

  private mutating func log(_ kind: Log.Kind, _ text: String, _ time: Double) {
    state.log.add(kind, text, at: time)
  }

  /// The run goes on; windows that ask about the last pause have no meaning any more.
  private mutating func resume() {
    if state.run?.pause != nil {
      closeRunWindows()
      leaveInside()
    }
    state.run?.pause = nil
    state.run?.waiters = []
  }

  private mutating func pause(_ id: MigrationID, _ statement: Int?, _ reason: PauseReason) {
    state.run?.blockers = []
    state.run?.pause = RunProgress.Pause(migration: id, statement: statement, reason: reason)
    state.run?.current = id
    if let statement { state.run?.migrations[id]?.currentStatement = statement }
    state.rollout.followsRun = true
    if reason == .step, let remembered = state.run?.rememberedSteps, remembered > 0 {
      state.run?.rememberedSteps -= 1
      tell(.next)
      return
    }
    // What was asked for before was meant for statements that go well.
    state.run?.rememberedSteps = 0
    switch reason {
    case .failure, .unverified, .widened: showPauseReason()
    case .step: break
    case .breakpoint: note(.information, "waiting at a breakpoint")
    case .requested: note(.information, "paused")
    }
  }

  private mutating func finish(
    _ id: MigrationID, _ outcome: MigrationOutcome, milliseconds: Double, time: Double
  ) {
    resume()
    state.run?.rememberedSteps = 0
    state.run?.migrations[id]?.outcome = outcome
    state.run?.migrations[id]?.milliseconds = milliseconds
    log(
      outcome.isGood ? .done : .error,
      "\(id) \(outcome.phrase) in \(Amounts.duration(milliseconds: milliseconds))", time)
    switch outcome {
    case .applied:
      state.statuses.note(id, .applied, evidence: state.run?.migrations[id]?.evidence)
      choose(state.rollout.selection.chosen.subtracting([id]))
    case .failed, .aborted(statementsDone: 1...): state.statuses.note(id, .failed, evidence: nil)
    case .skipped:
      state.statuses.note(id, .skipped, evidence: nil)
      choose(state.rollout.selection.chosen.subtracting([id]))
    case .rehearsed, .rolledBack, .aborted: break
    }
  }
}
