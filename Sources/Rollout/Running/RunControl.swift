import Migrations
import Postgres

/// The desk between the operator and a run: commands go in, the run asks for them.
///
/// Most commands answer a pause; `pause`, `abort` and the breakpoints count at any moment.
public actor RunControl {
  /// A statement of a migration at which the run waits.
  public struct Breakpoint: Sendable, Hashable {
    /// The migration.
    public var migration: MigrationID
    /// The statement, from 0.
    public var statement: Int

    /// Makes a breakpoint from its parts.
    public init(migration: MigrationID, statement: Int) {
      self.migration = migration
      self.statement = statement
    }
  }

  private var answers: [OperatorCommand] = []
  private var waiting: CheckedContinuation<OperatorCommand, Never>?
  private var breakpoints: Set<Breakpoint>
  private var isPauseRequested = false
  private var cancelRunning: (@Sendable () -> Void)?
  private var hearAbort: (@Sendable () -> Void)?
  /// Has what an abort ends on the server without a task of its own, even where the abort came before.
  nonisolated let canceller = StatementCanceller()
  /// Whether the operator has ended the run.
  public private(set) var isAborted = false

  /// Makes a desk with breakpoints set in advance.
  public init(breakpoints: Set<Breakpoint> = []) { self.breakpoints = breakpoints }

  /// Takes a command of the operator.
  public func post(_ command: OperatorCommand) {
    switch command {
    case .setBreakpoint(let migration, let statement):
      breakpoints.insert(Breakpoint(migration: migration, statement: statement))
    case .clearBreakpoint(let migration, let statement):
      breakpoints.remove(Breakpoint(migration: migration, statement: statement))
    case .pause:
      isPauseRequested = true
    case .abort:
      isAborted = true
      cancelRunning?()
      canceller.request()
      hearAbort?()
      answer(.abort)
    case .next, .finishMigration, .proceed, .retry, .skip, .skipMigration, .acceptUnverified, .acceptAccess:
      answer(command)
    }
  }

  /// Waits for the operator's answer to a pause.
  func nextAnswer() async -> OperatorCommand {
    if isAborted { return .abort }
    if !answers.isEmpty { return answers.removeFirst() }
    return await withCheckedContinuation { waiting = $0 }
  }

  /// Waits until the operator accepts something, or aborts.
  func isAnswered(by command: OperatorCommand) async -> Bool {
    while true {
      let answer = await nextAnswer()
      if answer == command { return true }
      if answer == .abort { return false }
    }
  }

  /// Forgets answers to questions that were not asked.
  func forgetAnswers() { answers.removeAll() }

  /// Whether the run should wait before a statement because the operator asked for it.
  func pauseReason(before statement: Int, of migration: MigrationID) -> PauseReason? {
    if isPauseRequested {
      isPauseRequested = false
      return .requested
    }
    return breakpoints.contains(Breakpoint(migration: migration, statement: statement)) ? .breakpoint : nil
  }

  /// Has somebody hear of the abort, even of one that came before.
  func whenAborted(_ hear: @escaping @Sendable () -> Void) {
    hearAbort = hear
    if isAborted { hear() }
  }

  /// Runs something that an abort cancels, even one that came before.
  func cancellable<Success: Sendable>(
    _ work: @escaping @Sendable () async -> Success
  ) async -> Success {
    let task = Task { await work() }
    if isAborted { task.cancel() }
    cancelRunning = { task.cancel() }
    defer { cancelRunning = nil }
    return await task.value
  }

  private func answer(_ command: OperatorCommand) {
    guard let waiting else {
      answers.append(command)
      return
    }
    self.waiting = nil
    waiting.resume(returning: command)
  }
}
