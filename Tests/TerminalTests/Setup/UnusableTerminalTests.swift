import Display
import Glibc
import Testing

@testable import Terminal

extension TerminalTests {
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
