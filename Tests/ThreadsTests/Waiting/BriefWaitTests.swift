import Glibc
import Testing
import Threads

@Suite("Waiting briefly on one's own thread")
struct BriefWaitTests {
  @Test("tells what has come, and gives up where nothing does")
  func readiness() throws {
    let wakeUp = try WakeUp()
    #expect(BriefWait.readiness(for: .read, on: wakeUp.descriptor) == nil)
    wakeUp.signal()
    #expect(BriefWait.readiness(for: .read, on: wakeUp.descriptor) == .read)
    #expect(BriefWait.readiness(for: [.read, .write], on: wakeUp.descriptor) == [.read, .write])
  }

  @Test("takes a descriptor that the other side has closed for ready")
  func hangUp() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[1])
    #expect(BriefWait.readiness(for: .read, on: ends[0]) == .read)
    close(ends[0])
  }
}
