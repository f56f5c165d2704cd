import Testing
import Threads

@Suite("A pause")
struct PauseTests {
  @Test("wakes a sleeper no earlier than asked, the shortest sleep first")
  func order() async throws {
    let begin = ContinuousClock.now
    let woken = try await withThrowingTaskGroup(of: Double.self) { group in
      for seconds in [0.2, 0, 0.1] {
        group.addTask {
          try await Pause.sleep(seconds: seconds)
          #expect(ContinuousClock.now - begin >= .seconds(seconds))
          return seconds
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(woken == woken.sorted())
  }

  @Test("ends a sleep when the task is cancelled, before it has begun and while it lasts")
  func cancellation() async throws {
    for pause in [0, 0.05] {
      let sleeper = Task { try await Pause.sleep(seconds: 3_600) }
      try await Pause.sleep(seconds: pause)
      sleeper.cancel()
      await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
  }
}
