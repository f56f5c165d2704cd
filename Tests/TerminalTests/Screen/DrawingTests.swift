import CNcurses
import Display
import Glibc
import Testing

@testable import Terminal

extension TerminalTests {
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
}
