import Console
import Display
import Migrations
import Postgres
import Threads

/// Migrations that are being recorded as applied, in one transaction.
struct Adopting {
  /// Which of the console's adoptions it is.
  let number: Int
  let migrations: [MigrationID]
  let task: Task<Void, Never>
  /// Where it is written; nil while it waits for what goes on before it.
  var connection: Connection?
}

extension ConsoleEngine {
  /// How long a server may be silent before an adoption is left alone with it, in seconds.
  private static let patience = 2.0

  /// Records migrations as applied, once nothing else goes on over the connection.
  func adopt(_ ids: [MigrationID]) {
    guard let loaded, let session else { return }
    let chosen = Set(ids)
    let before = (adopting?.task, assessing)
    let number = (adopting?.number ?? 0) + 1
    let task = Task {
      defer { if adopting?.number == number { adopting = nil } }
      await before.0?.value
      await before.1?.value
      do {
        try await session.unlocked { session in
          note(session.connection, ofAdoption: number)
          try await session.adopt(
            loaded.project.migrations.filter { chosen.contains($0.id) }, of: loaded.project)
        }
        post(.adopted(ids))
      } catch {
        post(.failed(Trouble(error)))
      }
    }
    adopting = Adopting(number: number, migrations: ids, task: task)
  }

  private func note(_ connection: Connection, ofAdoption number: Int) {
    if adopting?.number == number { adopting?.connection = connection }
  }

  /// Waits for the end of an adoption that is under way, but not longer than the server is silent.
  ///
  /// - Returns: What is to be said if its end was not waited for; nil if it has ended.
  func endAdoption() async -> String? {
    let began = Clock.uptime()
    while let adopting {
      // Whoever waits here is leaving: a cancelled wait is only a shorter one.
      try? await Pause.sleep(seconds: 0.05)
      guard self.adopting != nil, Clock.uptime() - began >= Self.patience else { continue }
      if let silence = await adopting.connection?.silence, silence < .seconds(Self.patience) { continue }
      await adopting.connection?.giveUp(because: "the server has not answered, and the console is leaving")
      adopting.task.cancel()
      self.adopting = nil
      let names = adopting.migrations.map { harmless($0.rawValue) }.joined(separator: ", ")
      return
        "the server does not answer: whether \(names) was recorded as applied is not known until it can be asked "
        + "(signalbox status)"
    }
    return nil
  }
}
