import Testing
import Threads

@Suite("The readiness thread")
struct ReadinessThreadTests {
  @Test("tells when a descriptor becomes ready")
  func ready() async throws {
    let wakeUp = try WakeUp()
    async let outcome = ReadinessThread.shared.wait(for: .read, on: wakeUp.descriptor)
    wakeUp.signal()
    #expect(await outcome == .ready(.read))
  }

  @Test("gives up at the deadline")
  func deadline() async throws {
    let wakeUp = try WakeUp()
    let outcome = await ReadinessThread.shared.wait(
      for: .read, on: wakeUp.descriptor, until: .now + .milliseconds(5))
    #expect(outcome == .timedOut)
  }

  @Test("breaks a wait off when interrupted, before and during it")
  func interruption() async throws {
    let wakeUp = try WakeUp()
    let interruption = WaitInterruption()
    async let during = ReadinessThread.shared.wait(
      for: .read, on: wakeUp.descriptor, interruption: interruption)
    interruption.raise()
    #expect(await during == .interrupted)
    let after = await ReadinessThread.shared.wait(
      for: .read, on: wakeUp.descriptor, interruption: interruption)
    #expect(after == .interrupted)
  }

  @Test("serves many waits at once")
  func many() async throws {
    let wakeUps = try (0..<100).map { _ in try WakeUp() }
    let outcomes = await withTaskGroup(of: WaitOutcome.self) { group in
      for wakeUp in wakeUps {
        group.addTask { await ReadinessThread.shared.wait(for: .read, on: wakeUp.descriptor) }
      }
      for wakeUp in wakeUps.reversed() { wakeUp.signal() }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: .ready(.read), count: 100))
  }

  @Test("lets a blocking call run on a thread of its own")
  func plainThread() async {
    let outcome = await PlainThread.run(deadline: nil, interruption: WaitInterruption()) { 42 }
    guard case .value(let value) = outcome else {
      Issue.record("no value")
      return
    }
    #expect(value == 42)
  }
}
