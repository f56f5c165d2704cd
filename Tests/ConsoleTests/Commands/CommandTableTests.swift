import Display
import Migrations
import Testing

@testable import Console

@Suite("the command table")
struct CommandTableTests {
  @Test("in no place and state do two commands that can be used share a key")
  func conflicts() {
    for session in Self.situations {
      for parts in Screen.parts {
        var state = session.state
        state.screen = parts.screen
        for context in CommandContext.allCases {
          var owners: [Key: String] = [:]
          for command in ConsoleCommand.table where command.contexts.contains(context) {
            guard (command.screen ?? parts.screen) == parts.screen, command.availability(state) == .available
            else { continue }
            for key in command.keys {
              #expect(
                owners[key] == nil,
                "\(key) in \(context) of \(parts.screen): \(owners[key] ?? "") and \(command.title)")
              owners[key] = command.title
            }
          }
        }
      }
    }
  }

  @Test("every command has keys, a title and a help that is a sentence")
  func complete() {
    for command in ConsoleCommand.table {
      #expect(!command.keys.isEmpty)
      #expect(!command.contexts.isEmpty)
      #expect(command.title.first?.isUppercase == true)
      #expect(command.help.first?.isUppercase == true && command.help.last == ".", "\(command.title)")
    }
  }

  @Test("what changes the target or gives something up never acts on its own key alone")
  func dangers() {
    for session in Self.situations {
      for command in ConsoleCommand.table where command.danger != .none && command.contexts.contains(.panes) {
        guard command.availability(session.state) == .available else { continue }
        var reduction = Reduction(state: session.state, now: 0)
        command.perform(&reduction)
        let acts = reduction.effects.contains { effect in
          switch effect {
          case .startRun, .adopt, .send: true
          default: false
          }
        }
        #expect(!acts, "\(command.title)")
      }
    }
  }

  @Test("a disabled command gives its reason, in the help and when its key is pressed")
  func reasons() {
    var session = Session.ready()
    session.press(.character("?"))
    #expect(
      session.line(with: "not now: nothing is chosen: space chooses one, * all that are pending") != nil)
  }

  @Test("the help finds commands and symbols by what is typed")
  func search() {
    var session = Session.ready()
    session.press(.character("?"))
    session.type("breakp")
    #expect(session.line(with: "Makes a run wait before the statement") != nil)
    #expect(session.line(with: "Shows what would run") == nil)
    session.press(Key(.escape))
    #expect(session.line(with: "Help") != nil)
    session.type("superseded")
    #expect(session.line(with: "» superseded") != nil)
    session.press(.control("u"))
    session.type("zzzz")
    #expect(session.line(with: "nothing contains “zzzz”") != nil)
  }

  @Test("hints show help and quit however narrow the screen is", arguments: [40, 60, 80, 120, 200])
  func hints(_ columns: Int) {
    let session = Session.ready(columns: columns, rows: 24)
    #expect(session.lines.last?.hasSuffix("? help  q quit") == true)
  }

  private static let situations: [Session] = {
    var chosen = Session.ready(adopted: false)
    chosen.press(.character("*"))
    var stepping = Session.running(.step)
    stepping.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    stepping.event(.paused(HelixFixture.pending[0], statement: 0, .step))
    var filtered = Session.ready()
    filtered.press(.character("/"), .character("0"), Key(.enter))
    return [Session(), Session.ready(), chosen, Session.running(.straight), stepping, filtered]
  }()
}
