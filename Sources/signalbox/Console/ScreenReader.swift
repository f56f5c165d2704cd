import Console
import Migrations
import Postgres

/// Answers what screens ask, over a connection of its own that cannot write and waits for nobody long.
///
/// So a screen can be read while a run has the other connection. Requests are answered one by one; a newer one of a slot
/// takes the place of one that has not begun.
actor ScreenReader {
  private let target: Target
  /// The number of the server process that runs are made in.
  private var runProcess: Int32
  private let post: @Sendable (ConsoleAction) -> Void
  /// What a look may not do or wait for; poolers refuse these among the parameters of a connection.
  private var settings: [String]
  /// The settings that the session was opened with.
  private var settingsOfSession: [String] = []
  private var session: TargetSession?
  /// The run's transaction, while there is a run.
  private var inside: RunInside?
  private var waiting: [Wish] = []
  private var working: Task<Void, Never>?

  private struct Wish: Sendable {
    var request: ScreenRequest
    var number: Int
    var project: LoadedProject
  }

  /// Makes a reader that connects when it is first asked; `post` hands an answer to the console's loop.
  ///
  /// - Parameter timeoutSeconds: how long one question may take.
  init(
    target: Target, runProcess: Int32, timeoutSeconds: Double,
    post: @escaping @Sendable (ConsoleAction) -> Void
  ) {
    self.target = target
    self.runProcess = runProcess
    settings = Self.settings(timeoutSeconds: timeoutSeconds)
    self.post = post
  }

  /// Answers a request as soon as those before it are answered.
  func ask(_ request: ScreenRequest, number: Int, about project: LoadedProject) {
    // Requests are handed over by tasks, whose order nothing promises.
    guard !waiting.contains(where: { $0.request.slot == request.slot && $0.number > number }) else { return }
    waiting.removeAll { $0.request.slot == request.slot }
    waiting.append(Wish(request: request, number: number, project: project))
    if working == nil { working = Task { await work() } }
  }

  private static func settings(timeoutSeconds: Double) -> [String] {
    [
      "default_transaction_read_only = on", "lock_timeout = '3s'",
      "statement_timeout = \(Int(timeoutSeconds * 1_000))", "idle_in_transaction_session_timeout = '60s'",
    ]
  }

  /// Has another limit count from the next question on.
  func setTimeout(seconds: Double) { settings = Self.settings(timeoutSeconds: seconds) }

  /// Looks after another process from now on: a run against a protected target has a connection of its own.
  func follow(process: Int32) { runProcess = process }

  /// Looks into the transaction of a run from now on; nil when it has ended.
  func enter(_ inside: RunInside?) { self.inside = inside }

  /// Gives up what is being asked, and closes the connection.
  func close() async {
    waiting = []
    working?.cancel()
    // A server that does not answer must not keep the console from going on.
    await session?.connection.giveUp(because: "nobody waits for the answer any more")
    await working?.value
    session = nil
  }

  private func work() async {
    while let wish = waiting.first {
      waiting.removeFirst()
      do {
        let answer: ScreenAnswer
        if let inside, let found = try await inside.answer(wish.request) {
          answer = found
        } else {
          answer = try await self.answer(wish.request, about: wish.project, over: try await readOnlySession())
        }
        post(.answered(wish.request, number: wish.number, .success(answer)))
      } catch is CancellationError {
        break
      } catch {
        // What is wrong with a connection does not mend itself; the next request gets a new one.
        if let error = error as? PostgresError, error.isConnectionFailure { session = nil }
        post(.answered(wish.request, number: wish.number, .failure(Trouble(error))))
      }
    }
    working = nil
  }

  private func readOnlySession() async throws -> TargetSession {
    if let session {
      if settingsOfSession != settings { try await set(over: session) }
      return session
    }
    let fresh = try await TargetSession.connect(target)
    do {
      try await fresh.refuseLentSession()
    } catch {
      await fresh.connection.close()
      throw error
    }
    try await set(over: fresh)
    session = fresh
    return fresh
  }

  private func set(over session: TargetSession) async throws {
    let wanted = settings
    for setting in wanted { _ = try await session.connection.query("SET \(setting)") }
    settingsOfSession = wanted
  }

  private func answer(
    _ request: ScreenRequest, about project: LoadedProject, over session: TargetSession
  ) async throws -> ScreenAnswer {
    switch request {
    case .schema(let request): .schema(try await session.answer(request))
    case .rollout(let request): .rollout(try await session.answer(request, process: runProcess))
    case .access(let request): .access(try await session.answer(request, about: project))
    case .verify(let request): .verify(try await session.answer(request, about: project))
    case .activity(let request): .activity(try await session.answer(request))
    case .history(let request): .history(try await session.answer(request, about: project))
    }
  }
}
