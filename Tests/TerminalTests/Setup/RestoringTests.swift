import Display
import Glibc
import Testing

@testable import Terminal

extension TerminalTests {
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
}
