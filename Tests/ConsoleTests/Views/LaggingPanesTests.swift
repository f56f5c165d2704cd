import Console
import Display
import Testing

@Suite("Panes that stay behind the cursor")
struct LaggingPanesTests {
  /// Where two frames differ.
  private func differences(_ left: Frame, _ right: Frame) -> [Point] {
    var found: [Point] = []
    for row in 0..<left.size.rows {
      for column in 0..<left.size.columns where left[column, row] != right[column, row] {
        found.append(Point(column: column, row: row))
      }
    }
    return found
  }

  @Test("show what they showed, and everything else is as in the whole picture")
  func movement() {
    var session = Session.ready()
    let earlier = session.frame
    session.press(.character("j"), .character("j"))
    let lagging = view(session.state, behind: earlier)
    let whole = session.frame
    let behind = differences(lagging, whole)
    #expect(!behind.isEmpty)
    #expect(lagging.followers == whole.followers)
    for place in behind {
      #expect(whole.followers.contains { $0.contains(place) })
      #expect(lagging[place.column, place.row] == earlier[place.column, place.row])
    }
  }

  @Test(
    "are drawn where they cannot stay: in another size, with other panes, under a window",
    arguments: [
      [.resized(Size(columns: 100, rows: 30))], [.key(Key(.tab))], [.key(.character("?"))],
      [.key(.character("z"))],
      [.key(.character("6"))], [.key(.character(":"))],
    ] as [[ConsoleAction]])
  func whole(actions: [ConsoleAction]) {
    var session = Session.ready()
    let earlier = session.frame
    for action in actions { session.post(action) }
    let lagging = view(session.state, behind: earlier)
    let whole = session.frame
    for place in differences(lagging, whole) {
      #expect(
        earlier.followers.contains { $0.contains(place) } && whole.followers.contains { $0.contains(place) })
    }
    if whole.followers.isEmpty { #expect(lagging == whole) }
  }
}
