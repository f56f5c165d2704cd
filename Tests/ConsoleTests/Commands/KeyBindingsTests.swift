import Display
import Testing

@testable import Console

@Suite("the operator's own keys")
struct KeyBindingsTests {
  @Test("take the place of those of the table, in dispatch, hints and help")
  func rebinding() {
    var bindings = KeyBindings()
    #expect(bindings.bind("choose-all-pending", to: [Key(.function(5))]).isEmpty)
    var session = Session.ready(
      options: ConsoleOptions(target: "staging", configuration: ConsoleConfiguration(bindings: bindings)))
    #expect(session.lines.last?.contains("F5 all") == true)
    session.press(.character("*"))
    #expect(session.line(with: "5 chosen") == nil)
    session.press(Key(.function(5)))
    #expect(session.line(with: "5 chosen") != nil)
    session.press(.character("?"))
    #expect(session.line(with: "F5 ") != nil)
  }

  @Test("stand in refusals, too, and count as soon as the file is saved")
  func refusals() {
    var bindings = KeyBindings()
    #expect(bindings.bind("choose", to: [Key(.function(6))]).isEmpty)
    var session = Session.ready()
    session.press(.character("p"))
    #expect(session.line(with: "space chooses one") != nil)
    session.post(.configured(ConsoleConfiguration(bindings: bindings)))
    session.press(.character("p"))
    #expect(session.line(with: "F6 chooses one") != nil)
    session.press(Key(.function(6)))
    #expect(session.line(with: "chosen") != nil)
  }

  @Test("a key that another command of the screen has is refused, with that command")
  func conflicts() {
    var bindings = KeyBindings()
    let taken = bindings.bind("refresh", to: [.character("q")])
    #expect(taken.map(\.command) == ["Quit"])
    #expect(bindings.isStandard)
  }

  @Test("the same key may mean another thing on another screen")
  func screens() {
    var bindings = KeyBindings()
    #expect(bindings.bind("check-all", to: [.character("a")]).isEmpty)
  }

  @Test("a key that was given away is free for another command")
  func exchange() {
    var bindings = KeyBindings()
    #expect(bindings.bind("theme", to: [Key(.function(9))]).isEmpty)
    #expect(bindings.bind("refresh", to: [.character("T")]).isEmpty)
  }

  @Test("every command that can be asked for on a screen has a name and a help")
  func names() {
    #expect(KeyBindings.names.contains("apply"))
    #expect(Set(KeyBindings.names).count == KeyBindings.names.count)
    for name in KeyBindings.names { #expect(!KeyBindings.help(of: name).isEmpty) }
  }
}
