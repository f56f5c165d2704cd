import Glibc
import Processes
import Testing

@Suite("A process of its own")
struct ProcessLaunchTests {
  @Test("ends with its status, or by a signal, as a shell would say it")
  func exits() throws {
    let words = { (command: String) in ProcessLaunch("/bin/sh", ["-c", command]) }
    let done = try #require(ProcessExit.wait(for: try words("exit 7").start()))
    #expect(done == .status(7))
    #expect(done.shellStatus == 7)
    let killed = try #require(ProcessExit.wait(for: try words("kill -TERM $$").start()))
    #expect(killed == .signal(SIGTERM))
    #expect(killed.shellStatus == 128 + SIGTERM)
  }

  @Test("a name is looked for where programs are, and what is not there is named")
  func programs() throws {
    #expect(ProcessExit.wait(for: try ProcessLaunch("true", []).start()) == .status(0))
    #expect(throws: ProcessLaunchError(program: "/nowhere/at all", number: ENOENT)) {
      try ProcessLaunch("/nowhere/at all", []).start()
    }
  }

  @Test("has the variables, the streams and the clean signals that it was given")
  func surroundings() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let script =
      "echo \"$A\"; cat; ps -o sid= -p $$ | grep -qw $$ && echo leads; grep SigBlk /proc/self/status >&2"
    let launch = ProcessLaunch(
      "/bin/sh", ["-c", script], environment: ["A": "b", "PATH": "/usr/bin:/bin"],
      output: .descriptor(ends[1]),
      errors: .descriptor(1), leadsSession: true)
    let process = try launch.start()
    close(ends[1])
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      guard count > 0 else { break }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    close(ends[0])
    #expect(ProcessExit.wait(for: process) == .status(0))
    #expect(text == "b\nleads\nSigBlk:\t0000000000000000\n")
  }

  @Test("who is no child of ours is not waited for")
  func strangers() {
    #expect(ProcessExit.wait(for: 1) == nil)
  }
}
