import Testing

@testable import Postgres

@Suite("A waiting line")
struct WaitingLineTests {
  @Test("lets in one at a time, in the order of arrival")
  func order() {
    var line = WaitingLine()
    #expect(line.arrive(1) == .admitted)
    #expect(line.arrive(2) == .waits)
    #expect(line.arrive(3) == .waits)
    #expect(line.leave() == 2)
    #expect(line.leave() == 3)
    #expect(line.leave() == nil)
    #expect(line.arrive(4) == .admitted)
  }

  @Test("passes over who has given up")
  func abandoned() {
    var line = WaitingLine()
    _ = line.arrive(1)
    _ = line.arrive(2)
    _ = line.arrive(3)
    line.abandon(2)
    #expect(line.leave() == 3)
  }

  @Test("refuses who gave up before arriving")
  func abandonedEarly() {
    var line = WaitingLine()
    line.abandon(1)
    #expect(line.arrive(1) == .refused)
    #expect(line.holder == nil)
  }

  @Test("keeps a holder in who gives up: only leaving ends a turn")
  func holder() {
    var line = WaitingLine()
    _ = line.arrive(1)
    line.abandon(1)
    #expect(line.holder == 1)
  }
}
