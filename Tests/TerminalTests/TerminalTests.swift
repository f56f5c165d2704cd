import CNcurses
import Display
import Glibc
import Testing

@testable import Terminal

// ncurses, signal dispositions and the locale belong to the whole process: one test at a time.
@Suite("a screen on a real pseudo-terminal", .serialized)
struct TerminalTests {
  let device: PseudoTerminal

  init() throws { device = try PseudoTerminal() }

  @Suite("drawing", .serialized)
  struct Drawing {
    let device: PseudoTerminal

    init() throws { device = try PseudoTerminal() }

    @Test("shows wide and joined characters, colours and attributes")
    func text() throws {
      let terminal = try device.terminal()
      #expect(terminal.colourDepth == .palette256)
      #expect(terminal.glyphs == .unicode)
      #expect(terminal.size == Size(columns: 80, rows: 24))
      let style = Style(foreground: .palette(200), background: .palette(17), attributes: [.bold, .underline])
      terminal.draw(frame(["plain 日本 e\u{301} end"], style: style))
      let output = device.output(until: "end")
      #expect(output.contains("plain 日本 e\u{301} end"))
      #expect(output.contains("38;5;200m"))
      #expect(output.contains("48;5;17m"))
      #expect(output.contains("\u{1B}[1m") || output.contains(";1m") || output.contains("[1;"))
      terminal.close()
    }

    @Test("more than 255 pairs of colours keep apart")
    func manyPairs() throws {
      let terminal = try device.terminal()
      var frame = Frame(size: Size(columns: 80, rows: 24))
      for index in 0..<600 {
        let style = Style(
          foreground: .palette(UInt8(index % 200 + 20)), background: .palette(UInt8(index / 200 + 1)))
        frame.write("x", at: Point(column: index % 80, row: index / 80), style: style)
      }
      frame.write(
        "end", at: Point(column: 0, row: 20), style: Style(foreground: .palette(219), background: .palette(3))
      )
      terminal.draw(frame)
      let output = device.output(until: "end")
      // Pair 300 would be pair 44 if its number went through the attributes.
      #expect(output.contains("38;5;119m\u{1B}[42mx"))
      #expect(output.contains("38;5;219m\u{1B}[43m"))
      terminal.close()
    }

    @Test("sends only what differs from the last frame")
    func difference() throws {
      let terminal = try device.terminal()
      terminal.draw(frame(["unchanged", "counter 1", "first"]))
      _ = device.output(until: "first")
      terminal.draw(frame(["unchanged", "counter 2", "first"]))
      terminal.draw(frame(["unchanged", "counter 2", "first", "mark"]))
      let output = device.output(until: "mark")
      #expect(output.contains("2"))
      #expect(!output.contains("unchanged"))
      #expect(!output.contains("counter"))
      #expect(output.utf8.count < 60)
      terminal.close()
    }

    @Test("a list that moves by a line sends the cells that differ, and never has the terminal scroll")
    func movedLines() throws {
      let terminal = try device.terminal()
      func list(from first: Int, _ mark: String) -> Frame {
        let rows = (first..<first + 22).map { "│ migration_\(100_000 + $0)_of_many    pending   0/12 │" }
        return frame((rows + [mark]).map { Text(foreign: $0) })
      }
      terminal.draw(list(from: 1, "begin"))
      _ = device.output(until: "begin")
      terminal.draw(list(from: 2, "end"))
      let output = device.output(until: "end")
      #expect(output.utf8.count < 1_024)
      for command in ["S", "T", "L", "M", "r"] {
        let sequence = try Regex("\u{1B}\\[[0-9;]*\(command)")
        #expect(!output.contains(sequence), "no CSI \(command)")
      }
      #expect(!output.contains("\n"))
      terminal.close()
    }

    @Test("draws everything again over what another program has left")
    func redraw() throws {
      let terminal = try device.terminal()
      terminal.draw(frame(["unchanged", "first"]))
      _ = device.output(until: "first")
      terminal.forgetScreen()
      terminal.draw(frame(["unchanged", "first"]))
      #expect(device.output(until: "first").contains("unchanged"))
      terminal.close()
    }

    @Test("a frame larger or smaller than the screen is cut, not an error")
    func otherSizes() throws {
      let terminal = try device.terminal()
      terminal.draw(frame(["wide", "日本日本"], columns: 300, rows: 100))
      terminal.draw(frame(["small"], columns: 5, rows: 1))
      terminal.draw(frame([], columns: 0, rows: 0))
      terminal.draw(frame(["end"]))
      #expect(device.output(until: "end").contains("small"))
      terminal.close()
    }

    @Test(
      "a character that the C library counts otherwise becomes a stand-in, so that the line keeps its places")
    func disagreement() throws {
      let terminal = try device.terminal()
      var frame = Frame(size: Size(columns: 80, rows: 24))
      // A private-use character has no width of its own.
      frame.write("a\u{E000}b\u{10FFFD}c end", at: Point(column: 0, row: 0), style: .plain)
      terminal.draw(frame)
      let output = device.output(until: "end")
      #expect(output.contains("a") && output.contains("c end"))
      terminal.close()
    }

    @Test("the cursor is shown where the frame has it, and hidden else")
    func cursor() throws {
      let terminal = try device.terminal()
      var field = frame(["field"])
      field.cursor = Point(column: 3, row: 4)
      terminal.draw(field)
      _ = device.output(until: "\u{1B}[?25h")
      #expect(getcury(curses_current_screen()) == 4)
      #expect(getcurx(curses_current_screen()) == 3)
      field.cursor = nil
      terminal.draw(field)
      #expect(device.output(until: "\u{1B}[?25l").contains("\u{1B}[?25l"))
      terminal.close()
    }

    @Test("NO_COLOR leaves the attributes", arguments: [["NO_COLOR": "1"], ["TERM": "vt100"]])
    func noColour(environment: [String: String]) throws {
      let terminal = try device.terminal(environment)
      #expect(terminal.colourDepth == .monochrome)
      terminal.draw(frame(["end"], style: Style(foreground: .palette(200), attributes: .reverse)))
      let output = device.output(until: "end")
      #expect(!output.contains("38;5"))
      #expect(output.contains("0;7m"))
      terminal.close()
    }

    @Test("an empty NO_COLOR is none, and the option comes before the variable")
    func colourChoice() throws {
      #expect(TerminalOptions(environment: ["NO_COLOR": ""]).wantsColours)
      #expect(!TerminalOptions(environment: ["NO_COLOR": "0"]).wantsColours)
      var options = TerminalOptions(environment: ["NO_COLOR": "1"])
      options.colours = .always
      #expect(options.wantsColours)
      options = TerminalOptions(environment: [:])
      options.colours = .never
      #expect(!options.wantsColours)
    }

    @Test("eight colours on a terminal that has eight")
    func eightColours() throws {
      let terminal = try device.terminal(["TERM": "xterm"])
      #expect(terminal.colourDepth == .ansi8)
      terminal.draw(frame(["end"], style: Style(foreground: .palette(196))))
      #expect(device.output(until: "end").contains("\u{1B}[31m"))
      terminal.close()
    }

    @Test("a locale without Unicode gets ASCII, whatever the frame holds")
    func asciiLocale() throws {
      let terminal = try device.terminal(["LC_ALL": "C"])
      #expect(terminal.glyphs == .ascii)
      terminal.draw(frame(["a✓b日c end"]))
      let output = device.output(until: "end")
      #expect(output.contains("a?b? c end"))
      #expect(output.utf8.allSatisfy { $0 < 128 })
      terminal.close()
    }
  }

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

  @Suite("giving the terminal back", .serialized)
  struct Restoring {
    let device: PseudoTerminal
    let before: [UInt32]

    init() throws {
      device = try PseudoTerminal()
      before = device.modes
    }

    private static let farewell = "\u{1B}[?1049l"

    @Test("after close, and a second close does nothing")
    func close() throws {
      let terminal = try device.terminal()
      terminal.draw(frame(["x"]))
      #expect(device.modes != before)
      terminal.close()
      terminal.close()
      #expect(device.modes == before)
      let output = device.output(until: Self.farewell)
      #expect(output.contains("\u{1B}[?1049h"))
      #expect(output.contains("\u{1B}[?2004h"))
      #expect(output.contains("\u{1B}[?2004l"))
      #expect(output.contains(Self.farewell))
    }

    @Test("while another program uses it, and it is taken again after")
    func withoutScreen() throws {
      let terminal = try device.terminal()
      let raw = device.modes
      terminal.withoutScreen { #expect(device.modes == before) }
      #expect(device.modes == raw)
      terminal.draw(frame(["again"]))
      #expect(device.output(until: "again").contains("again"))
      terminal.close()
      #expect(device.modes == before)
    }

    @Test(
      "after a crash, whose signal is still what ends the process",
      arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT])
    func crash(signal: Int32) async throws {
      await #expect(processExitsWith: .signal(signal)) {
        [path = device.path as String, signal = signal as Int32] in
        let terminal = try Terminal(pathOfDevice: path)
        terminal.draw(frame(["x"]))
        send(signal)
        while true { pause() }
      }
      #expect(device.modes == before)
      #expect(device.output(until: Self.farewell).contains(Self.farewell))
    }

    @Test("after a crash of the program's own")
    func trap() async throws {
      await #expect(processExitsWith: .failure) { [path = device.path as String] in
        let terminal = try Terminal(pathOfDevice: path)
        terminal.draw(frame(["x"]))
        fatalError("on purpose")
      }
      #expect(device.modes == before)
      #expect(device.output(until: Self.farewell).contains(Self.farewell))
    }

    @Test("after exit from anywhere")
    func exits() async throws {
      await #expect(processExitsWith: .exitCode(3)) { [path = device.path as String] in
        let terminal = try Terminal(pathOfDevice: path)
        terminal.draw(frame(["x"]))
        exit(3)
      }
      #expect(device.modes == before)
      #expect(device.output(until: Self.farewell).contains(Self.farewell))
    }

    @Test("a process that nobody could continue is not stopped by suspending")
    func suspend() async throws {
      await #expect(processExitsWith: .exitCode(0)) { [path = device.path as String] in
        // A group without a parent in its session: the kernel ignores the stop.
        setsid()
        let terminal = try Terminal(pathOfDevice: path)
        terminal.draw(frame(["first"]))
        terminal.suspend()
        terminal.draw(frame(["second"]))
        terminal.close()
        exit(0)
      }
      #expect(device.modes == before)
      let output = device.output(until: "second")
      #expect(output.contains(Self.farewell))
      #expect(output.contains("second"))
    }
  }

  @Suite("terminals that cannot be used", .serialized)
  struct Unusable {
    @Test("a file or a pipe is not a terminal")
    func notATerminal() async throws {
      await #expect(processExitsWith: .exitCode(0)) {
        let file = Glibc.open("/dev/null", O_RDWR)
        dup2(file, STDOUT_FILENO)
        do {
          _ = try Terminal.open(TerminalOptions(environment: ["TERM": "xterm"]))
          exit(1)
        } catch {
          exit((error as? TerminalError)?.code == .notATerminal ? 0 : 2)
        }
      }
    }

    @Test("a terminal that cannot place a cursor is refused, with its name, and left as it was")
    func dumb() throws {
      let device = try PseudoTerminal()
      let before = device.modes
      let error = #expect(throws: TerminalError.self) { try device.terminal(["TERM": "dumb"]) }
      #expect(error?.code == .unknownTerminal)
      #expect(error?.message.contains("dumb") == true)
      #expect(device.modes == before)
    }

    @Test("an unknown terminal is taken for xterm", arguments: ["xterm-kitty-of-tomorrow", ""])
    func unknown(name: String) throws {
      let device = try PseudoTerminal()
      let terminal = try device.terminal(["TERM": name])
      #expect(terminal.type == "xterm-256color")
      terminal.close()
    }
  }
}

/// Sends a signal to the whole process: the threads that run tests block most of them, and the main thread takes it.
private func send(_ signal: Int32) { kill(getpid(), signal) }
