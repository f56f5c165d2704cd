import Migrations

/// The conditions that commands share, each with its reason.
extension ConsoleState {
  /// Whether the target may be changed, as far as the console is concerned.
  var changing: ConsoleCommand.Availability {
    if let reason = readOnlyReason { return .unavailable("read-only: \(reason)", isOffered: false) }
    if isRunning { return .unavailable("a run is going on") }
    return reading
  }

  /// Whether the target is there and known.
  var reading: ConsoleCommand.Availability {
    if model == nil { return .unavailable("the project is not read") }
    switch connection {
    case .connecting: return .unavailable("the connection is not there yet")
    case .failed: return .unavailable("there is no connection; \(key("Refresh")) tries again")
    case .connected: break
    }
    // What was known a moment ago stays usable while it is read again: a plan is made from what is read anew anyway.
    return statusLoading == .loaded || !statuses.isEmpty
      ? .available : .unavailable("the states are not known yet")
  }

  /// Whether a plan can be made of what is chosen.
  var planning: ConsoleCommand.Availability {
    guard reading == .available else { return reading }
    return rollout.selection.isEmpty
      ? .unavailable(
        "nothing is chosen: \(key("Choose")) chooses one, \(key("Choose all pending")) all that are pending")
      : .available
  }

  /// Whether what is chosen can be run.
  var starting: ConsoleCommand.Availability { changing == .available ? planning : changing }

  /// Whether the run waits for the operator.
  var waiting: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    return run.pause == nil ? .unavailable("the run does not wait: \(key("Pause")) pauses it") : .available
  }

  /// Whether a run is there to be told something.
  var telling: ConsoleCommand.Availability { isRunning ? .available : .hidden }

  /// Whether the next statement can be asked for: the run waits, or the wish is remembered until it does.
  var stepping: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    guard run.pause == nil, run.isStepping, !run.isAborting else { return waitingAtStatement }
    return run.rememberedSteps < RunProgress.rememberedStepsLimit
      ? .available : .unavailable("\(run.rememberedSteps) more are remembered already", isOffered: false)
  }

  /// Whether the run waits before or at a statement.
  var waitingAtStatement: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    guard let pause = run.pause else {
      return .unavailable("the run does not wait: \(key("Pause")) pauses it")
    }
    if case .unverified = pause.reason {
      return .unavailable(
        "the verification is not complete: \(key("Accept unverified")) accepts it, \(key("Abort")) aborts",
        isOffered: false)
    }
    if case .widened = pause.reason {
      return .unavailable(
        "access widens beyond what was announced: \(key("Error")) asks again, \(key("Abort")) aborts",
        isOffered: false)
    }
    if case .failure = pause.reason {
      return .unavailable(
        "the statement failed: \(key("Retry")) retries it, \(key("Skip statement")) skips it, \(key("Abort")) aborts",
        isOffered: false)
    }
    return .available
  }

  /// Whether the run waits after a failure.
  var failed: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    if case .failure = run.pause?.reason { return .available }
    return .hidden
  }

  /// Whether the run waits after an incomplete verification.
  var unverified: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    guard case .unverified = run.pause?.reason else { return .hidden }
    return options.isProtected ? .unavailable("not on a protected target") : .available
  }

  /// Whether the migration in which the run waits can be left out whole.
  var skippingMigration: ConsoleCommand.Availability {
    guard skipping == .available, let run, let pause = run.pause else { return skipping }
    if run.mode == .dryRun { return .unavailable("nothing of a dry run stays anyway", isOffered: false) }
    guard case .single? = run.step(pause.migration)?.mode else {
      return .unavailable(
        "this migration runs outside a transaction: what it did could not be taken back", isOffered: false)
    }
    return .available
  }

  /// Whether the statement at which the run waits can be left out.
  var skipping: ConsoleCommand.Availability {
    guard let run, !run.isOver else { return .hidden }
    if options.isProtected { return .unavailable("not on a protected target") }
    guard let pause = run.pause, pause.statement != nil else {
      return .unavailable("the run does not wait at a statement", isOffered: false)
    }
    return .available
  }
}
