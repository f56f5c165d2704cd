import Migrations
import Postgres

extension Runner {
  /// Sees to it that an abort ends the run although the server does not answer any more, not even to the request to cancel.
  ///
  /// Nobody can tell a dead link from a slow one. So the connection is given up once it has been silent for as long as the
  /// request allows; what was not committed is rolled back when the server notices, and what was, the history tells.
  func watchSilence() async -> Task<Void, Never> {
    let (aborts, abort) = AsyncStream<Void>.makeStream()
    await control.whenAborted { abort.yield() }
    let patience = request.secondsOfSilence
    return Task { [connection, environment] in
      for await _ in aborts {
        let aborted = environment.uptime()
        do {
          while true {
            try await environment.sleep(0.1)
            guard let silence = await connection.silence, silence >= .seconds(patience),
              environment.uptime() - aborted >= patience
            else { continue }
            await connection.giveUp(because: "the server has not answered since the abort")
            return
          }
        } catch {
          // The run has ended.
          return
        }
      }
    }
  }
}
