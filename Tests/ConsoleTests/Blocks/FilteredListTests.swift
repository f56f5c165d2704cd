import Testing

@testable import Console

@Suite("a filtered list")
struct FilteredListTests {
  private struct Row: ListItem, Hashable {
    var id: String
    var isHeading = false
    var searchText: String { id }
  }

  private static func list(_ rows: [Row]) -> FilteredList<Row> {
    var list = FilteredList<Row>()
    list.take(rows)
    return list
  }

  private static let animals = list([
    Row(id: "Birds", isHeading: true), Row(id: "Kestrel"), Row(id: "Wren"),
    Row(id: "Fish", isHeading: true), Row(id: "Wrasse"), Row(id: "Pike"),
  ])

  private static func shown(_ list: FilteredList<Row>) -> [String] { (0..<list.count).map { list[$0].id } }

  @Test("the filter leaves what contains it, upper and lower case alike, with the headings above")
  func filter() {
    var list = Self.animals
    list.setFilter("wr")
    #expect(Self.shown(list) == ["Birds", "Wren", "Fish", "Wrasse"])
    #expect(list.matches == 2)
    #expect(list.total == 4)
    list.setFilter("wra")
    #expect(Self.shown(list) == ["Fish", "Wrasse"])
    list.setFilter("w")
    #expect(Self.shown(list) == ["Birds", "Wren", "Fish", "Wrasse"])
    list.setFilter("")
    #expect(list.count == 6)
  }

  @Test("the cursor goes to the first match, or stays where it is if that matches")
  func cursor() {
    var list = Self.animals
    list.setFilter("pi")
    #expect(list.current?.id == "Pike")
    list.setFilter("")
    #expect(list.current?.id == "Pike")
    list.setFilter("nothing has this")
    #expect(list.current == nil)
    #expect(list.count == 0)
  }

  @Test("next and previous match go around the ends and leave headings out")
  func matches() {
    var list = Self.animals
    list.setFilter("wr")
    list.moveToMatch(1)
    #expect(list.current?.id == "Wrasse")
    list.moveToMatch(1)
    #expect(list.current?.id == "Wren")
    list.moveToMatch(-1)
    #expect(list.current?.id == "Wrasse")
  }

  @Test("reading the rows again keeps the cursor on its row and the filter as it is")
  func take() {
    var list = Self.animals
    list.setFilter("w")
    _ = list.select("Wrasse")
    list.take([Row(id: "Whale"), Row(id: "Wren"), Row(id: "Wrasse"), Row(id: "Pike")])
    #expect(list.current?.id == "Wrasse")
    #expect(Self.shown(list) == ["Whale", "Wren", "Wrasse"])
  }

  @Test("text at the ends of an entry does not match across to the next")
  func borders() {
    var list = Self.list([Row(id: "ab"), Row(id: "cd"), Row(id: "")])
    list.setFilter("bc")
    #expect(list.count == 0)
    list.setFilter("d")
    #expect(Self.shown(list) == ["cd"])
  }

  @Test("folding puts rows away, a filter finds them all the same, and the cursor stays near")
  func folding() {
    var list = Self.animals
    _ = list.select("Wren")
    list.fold(["Birds"], true)
    #expect(Self.shown(list) == ["Birds", "Fish", "Wrasse", "Pike"])
    #expect(list.current?.id == "Birds")
    list.setFilter("kest")
    #expect(list.current?.id == "Kestrel")
    list.setFilter("")
    #expect(list.current?.id == "Birds")
    list.fold(["Birds"], false)
    #expect(list.count == 6)
    #expect(list.heading(of: "Pike") == "Fish")
  }
}
