import Glibc
import Testing
import Threads

@Suite("A thread for what blocks")
struct PlainThreadTests {
  @Test("gives back what the function returns")
  func value() async throws {
    #expect(try await PlainThread.value { 6 * 7 } == 42)
  }

  @Test("takes no signals, and leaves the mask of its creator as it was")
  func signals() async throws {
    // Blocked signals of the calling thread, before and after, without a suspension in between that could move us.
    @Sendable func blocked() -> [Int32] {
      var mask = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &mask)
      return [SIGINT, SIGTERM, SIGWINCH].filter { sigismember(&mask, $0) == 1 }
    }
    let before = blocked()
    try PlainThread.start {}
    #expect(blocked() == before)
    #expect(try await PlainThread.value { blocked() } == [SIGINT, SIGTERM, SIGWINCH])
  }

  @Test("does not hold up Swift's pool, however many of them block")
  func pool() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    try await withThrowingTaskGroup(of: Int.self) { group in
      // More than any pool has: all wait for the end of the pipe, which only the pool's own work closes.
      for _ in 0..<64 {
        group.addTask {
          try await PlainThread.value {
            var byte: UInt8 = 0
            return read(reading, &byte, 1)
          }
        }
      }
      group.addTask { Int(close(writing)) }
      for try await result in group { #expect(result == 0) }
    }
  }
}
