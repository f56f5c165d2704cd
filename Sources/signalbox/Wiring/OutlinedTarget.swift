import Migrations
import Postgres
import Rollout

/// Which files a project has, and what its target remembers of them.
struct OutlinedTarget: Sendable {
  let loaded: LoadedProject
  let session: TargetSession
  /// Without what ran of files that are others now.
  let history: History

  /// Looks at the files while the target answers, lends what was found, and closes the session whatever happens.
  ///
  /// What is wrong with the project is said before what is wrong with the target.
  ///
  /// - Parameter refusal: what keeps the target from being used, before anything is asked of it.
  static func with<Success: Sendable>(
    _ project: ProjectOptions, on target: TargetOptions,
    unless refusal: @Sendable (Target) throws -> Void = { _ in },
    _ body: (OutlinedTarget) async throws -> Success
  ) async throws -> Success {
    guard let facts = ProjectReader().targetFacts(at: project.path) else {
      throw try unreadable(project)
    }
    let found = Result {
      let found = try Target(options: target, declarations: facts.targets, directory: facts.root)
      try refusal(found)
      return found
    }
    let answering = Task {
      let session = try await TargetSession.connect(try found.get())
      return await Answer(session: session, history: Self.history(of: facts.name, over: session))
    }
    let outline = Result { try LoadedProject.outline(project) }
    if case .failure = outline { answering.cancel() }
    switch (outline, await answering.result) {
    case (.failure(let error), let answer):
      if case .success(let answer) = answer { await answer.session.connection.close() }
      throw error
    case (.success, .failure(let error)):
      throw error
    case (.success(let loaded), .success(let answer)):
      do {
        let result = try await body(
          OutlinedTarget(loaded: loaded, session: answer.session, history: try answer.history.get()))
        await answer.session.connection.close()
        return result
      } catch {
        await answer.session.connection.close()
        throw error
      }
    }
  }

  /// What came of the target, before anybody knows whether the project can be read.
  private struct Answer: Sendable {
    let session: TargetSession
    let history: Result<History, any Error>
  }

  private static func history(
    of project: String, over session: TargetSession
  ) async -> Result<
    History, any Error
  > {
    do {
      return .success(try await session.history(of: project))
    } catch {
      return .failure(error)
    }
  }

  /// What is wrong with a project that cannot be reached.
  private static func unreadable(_ project: ProjectOptions) throws -> any Error {
    do {
      _ = try LoadedProject.outline(project)
    } catch {
      return error
    }
    return CommandFailure(
      .usage, "the project at `\(project.path)` has just been changed", advice: "try again")
  }
}
