import Console
import Testing

@Suite("The pace of the panes that follow the cursor")
struct FollowingPaceTests {
  private func stays(_ pace: inout FollowingPace, isKey: Bool, now: Double) -> Bool {
    pace.staysBehind(isKey: isKey, now: now)
  }

  @Test("a key alone has everything drawn at once")
  func single() {
    var pace = FollowingPace()
    #expect(!stays(&pace, isKey: true, now: 10))
    #expect(pace.deadline == nil)
    #expect(!stays(&pace, isKey: true, now: 11))
  }

  @Test("over a slow link the panes come when the keys rest, even behind a single one")
  func slowLink() throws {
    var pace = FollowingPace(isLinkSlow: true)
    #expect(stays(&pace, isKey: true, now: 10))
    let deadline = try #require(pace.deadline)
    #expect(!stays(&pace, isKey: false, now: deadline))
    #expect(pace.deadline == nil)
    #expect(!stays(&pace, isKey: false, now: deadline + 1))
  }

  @Test("of keys in quick succession the first draws everything, the others when they rest")
  func held() throws {
    var pace = FollowingPace()
    #expect(!stays(&pace, isKey: true, now: 10))
    #expect(stays(&pace, isKey: true, now: 10.03))
    #expect(stays(&pace, isKey: true, now: 10.06))
    let deadline = try #require(pace.deadline)
    #expect(deadline > 10.06)
    #expect(!stays(&pace, isKey: false, now: deadline))
    #expect(pace.deadline == nil)
  }

  @Test("while keys come, the panes come with one of them and never between two")
  func withKeys() throws {
    var pace = FollowingPace()
    var drawn = 0
    var now = 10.0
    for _ in 0..<100 {
      now += 0.03
      if let deadline = pace.deadline { #expect(deadline > now) }
      let stays = pace.staysBehind(isKey: true, now: now)
      if !stays { drawn += 1 }
    }
    #expect((10...20).contains(drawn))
  }

  @Test("what happens meanwhile does not bring the panes forth, and nothing stays behind for long")
  func bounded() {
    var pace = FollowingPace()
    var now = 10.0
    var longest = 0.0
    var behindSince: Double?
    for step in 0..<100 {
      now += 0.03
      if pace.staysBehind(isKey: step % 2 == 0, now: now) {
        behindSince = behindSince ?? now
        longest = max(longest, now - (behindSince ?? now))
      } else {
        behindSince = nil
      }
    }
    #expect(longest > 0.1)
    #expect(longest < 0.3)
  }

  @Test("nothing stays behind where no key was pressed")
  func events() {
    var pace = FollowingPace()
    for step in 0..<10 {
      let stays = pace.staysBehind(isKey: false, now: 10 + Double(step) / 100)
      #expect(!stays)
    }
  }
}
