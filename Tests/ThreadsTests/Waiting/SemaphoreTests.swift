import Testing
import Threads

@Suite("A semaphore")
struct SemaphoreTests {
  @Test("lets through as many as were counted, whether they waited or came later")
  func counts() async throws {
    let (counted, passed) = (Semaphore(), try WakeUp())
    let taken = Lock(0)
    for _ in 0..<3 { counted.post() }
    try PlainThread.start {
      for _ in 0..<5 {
        counted.wait()
        taken.withLock { $0 += 1 }
      }
      passed.signal()
    }
    for _ in 0..<2 { counted.post() }
    _ = await ReadinessThread.shared.wait(for: .read, on: passed.descriptor)
    #expect(taken.withLock { $0 } == 5)
  }
}
