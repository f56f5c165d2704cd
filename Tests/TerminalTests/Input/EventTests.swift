import Display
import Glibc
import Testing

@testable import Terminal

extension TerminalTests {
  @Suite("keys and events", .serialized)
  struct Events {
    let device: PseudoTerminal
    let terminal: Terminal
    let mailbox: Mailbox<Int>

    init() throws {
      device = try PseudoTerminal()
      terminal = try device.terminal()
      mailbox = try Mailbox()
    }

    /// The events until as many as wanted have come; a deadline keeps a failing test from waiting for ever.
    private func events(_ count: Int) -> [TerminalEvent<Int>] {
      var loop = TerminalLoop(terminal: terminal, mailbox: mailbox)
      var events: [TerminalEvent<Int>] = []
      let deadline = ContinuousClock.now + .seconds(10)
      while events.count < count, events.last != .deadline { events += loop.next(before: deadline) }
      return events
    }

    @Test(
      "keys by the terminal's description and beyond it",
      arguments: [
        ("\u{1B}OA", Key(.up)), ("\u{1B}[A", Key(.up)), ("\u{1B}OP", Key(.function(1))),
        ("\u{1B}[5~", Key(.pageUp)), ("\u{1B}[Z", Key(.tab, .shift)), ("\u{1B}[1;5A", Key(.up, .control)),
        ("\u{1B}[1;2P", Key(.function(1), .shift)), ("\u{1B}[3;5~", Key(.delete, .control)),
        ("\u{7F}", Key(.backspace)), ("\r", Key(.enter)), ("é", .character("é")), ("日", .character("日")),
        ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{1B}", Key(.escape)),
        ("\u{1B}x", Key(.character("x"), .alternate)), ("\u{1B}\u{1B}OA", Key(.up, .alternate)),
      ])
    func keys(bytes: String, key: Key) {
      device.type(bytes)
      #expect(events(1).last == .key(key))
      terminal.close()
    }

    @Test("many keys at once are all drained, in order")
    func burst() {
      device.type("jjk\u{1B}[B\u{1B}OBG")
      let expected: [Key] = [
        .character("j"), .character("j"), .character("k"), Key(.down), Key(.down), .character("G"),
      ]
      #expect(events(6) == expected.map { .key($0) })
      terminal.close()
    }

    @Test("a paste is one event")
    func paste() {
      let long = String(repeating: "select 1;\r", count: 2000)
      // More than the terminal's buffer holds: it is typed while it is read.
      var loop = TerminalLoop(terminal: terminal, mailbox: mailbox)
      var seen: [TerminalEvent<Int>] = []
      for start in stride(from: 0, to: long.count, by: 1000) {
        let piece = String(long.dropFirst(start).prefix(1000))
        device.type((start == 0 ? "\u{1B}[200~" : "") + piece)
        mailbox.post(start)
        seen += loop.next()
      }
      device.type("\u{1B}[201~q")
      while seen.last != .key(.character("q")) { seen += loop.next() }
      let texts = seen.compactMap { if case .paste(let text) = $0 { text } else { nil } }
      #expect(texts == [String(repeating: "select 1;\n", count: 2000)])
      #expect(seen.filter { if case .key = $0 { true } else { false } }.count == 1)
      terminal.close()
    }

    @Test("a new size is taken over and told")
    func resize() {
      terminal.draw(frame(["before"]))
      device.resize(columns: 132, rows: 50)
      send(SIGWINCH)
      #expect(events(1) == [.resized(Size(columns: 132, rows: 50))])
      terminal.draw(frame(["end"], columns: 132, rows: 50))
      #expect(device.output(until: "end").contains("end"))
      device.resize(columns: 1, rows: 1)
      send(SIGWINCH)
      #expect(events(1) == [.resized(Size(columns: 1, rows: 1))])
      terminal.draw(frame(["x"], columns: 1, rows: 1))
      terminal.close()
    }

    @Test(
      "signals become events",
      arguments: [
        (SIGTERM, EndRequest.terminate, 143 as Int32), (SIGHUP, .hangUp, 129), (SIGINT, .interrupt, 130),
      ])
    func signals(signal: Int32, request: EndRequest, status: Int32) {
      send(signal)
      #expect(events(1) == [.end(request)])
      #expect(request.exitStatus == status)
      terminal.close()
    }

    @Test("the end of the terminal is an event, not a busy loop")
    func hangUp() {
      device.hangUp()
      #expect(events(1) == [.end(.terminalLost)])
      terminal.close()
    }

    @Test("messages of many tasks arrive, each task's in order")
    func messages() async {
      let mailbox = mailbox
      async let senders: Void = withTaskGroup(of: Void.self) { group in
        for sender in 0..<4 {
          group.addTask { for number in 0..<500 { mailbox.post(sender * 1000 + number) } }
        }
      }
      var loop = TerminalLoop(terminal: terminal, mailbox: mailbox)
      var received: [[Int]] = [[], [], [], []]
      while received.map(\.count).reduce(0, +) < 2000 {
        for case .message(let number) in loop.next() { received[number / 1000].append(number % 1000) }
      }
      await senders
      #expect(received == Array(repeating: Array(0..<500), count: 4))
      terminal.close()
    }

    @Test("a deadline that has passed comes at once, after what else there is")
    func deadline() {
      var loop = TerminalLoop(terminal: terminal, mailbox: mailbox)
      #expect(loop.next(before: .now - .seconds(1)) == [.deadline])
      mailbox.post(7)
      #expect(loop.next(before: .now - .seconds(1)) == [.message(7), .deadline])
      #expect(loop.next(before: .now + .microseconds(1500)) == [.deadline])
      mailbox.post(8)
      #expect(loop.next(before: .now + .seconds(1000)) == [.message(8)])
      terminal.close()
    }
  }
}
