import Glibc
import Testing

@testable import Sandbox

@Suite("finding the server's programs")
struct ServerBinariesTests {
  @Test("takes Debian's newest version, by number")
  func newestDebianVersion() throws {
    let root = try TemporaryDirectory()
    for version in ["9.6", "15", "18", "man"] { try makePrograms(in: "\(root.path)/\(version)/bin") }
    let binaries = try ServerBinaries.find(environment: [:], debianDirectory: root.path)
    #expect(binaries.directory == "\(root.path)/18/bin")
  }

  @Test("passes over a version that is not complete")
  func incompleteVersion() throws {
    let root = try TemporaryDirectory()
    try makePrograms(in: "\(root.path)/15/bin")
    try makePrograms(in: "\(root.path)/18/bin", ["pg_ctl"])
    let binaries = try ServerBinaries.find(environment: [:], debianDirectory: root.path)
    #expect(binaries.directory == "\(root.path)/15/bin")
  }

  @Test("looks on PATH where Debian's directory has none")
  func path() throws {
    let root = try TemporaryDirectory()
    try makePrograms(in: "\(root.path)/tools")
    let binaries = try ServerBinaries.find(
      environment: ["PATH": "/nowhere:\(root.path)/tools"], debianDirectory: "\(root.path)/none")
    #expect(binaries.directory == "\(root.path)/tools")
  }

  @Test("the environment's override comes before everything")
  func override() throws {
    let root = try TemporaryDirectory()
    try makePrograms(in: "\(root.path)/18/bin")
    try makePrograms(in: "\(root.path)/mine")
    let binaries = try ServerBinaries.find(
      environment: ["SIGNALBOX_POSTGRES_BIN": "\(root.path)/mine"], debianDirectory: root.path)
    #expect(binaries.directory == "\(root.path)/mine")
  }

  @Test("an override that does not hold them is an error, not a reason to search on")
  func brokenOverride() throws {
    let root = try TemporaryDirectory()
    try makePrograms(in: "\(root.path)/18/bin")
    let error = #expect(throws: SandboxError.self) {
      try ServerBinaries.find(
        environment: ["SIGNALBOX_POSTGRES_BIN": "\(root.path)/mine"], debianDirectory: root.path)
    }
    #expect(error?.code == .serverMissing)
    #expect(error?.message.contains("\(root.path)/mine does not hold initdb, pg_ctl, postgres") == true)
  }

  @Test("where there is none, says so and how to install it")
  func none() {
    let error = #expect(throws: SandboxError.self) {
      try ServerBinaries.find(environment: ["PATH": "/nowhere"], debianDirectory: "/nowhere")
    }
    #expect(error?.code == .serverMissing)
    #expect(error?.advice.contains("sudo apt-get install postgresql") == true)
  }

  @Test(
    "reads the version that the programs report",
    arguments: [
      ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", 15, "15.18"),
      ("postgres (PostgreSQL) 18.6\n", 18, "18.6"),
      ("postgres (PostgreSQL) 19beta1", 19, "19beta1"),
    ])
  func version(line: String, major: Int, text: String) throws {
    let version = try #require(ServerVersion(programOutput: line))
    #expect(version.major == major)
    #expect(version.text == text)
  }

  @Test("a program that is something else has no version", arguments: ["", "postgres", "mysqld Ver 8.0"])
  func noVersion(line: String) {
    #expect(ServerVersion(programOutput: line) == nil)
  }

  @Test("a server that is too old is refused with its version")
  func tooOld() async throws {
    let root = try TemporaryDirectory()
    try makePrograms(in: root.path, ["initdb", "pg_ctl"])
    try makeProgram("\(root.path)/postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 12.22'\n")
    await #expect {
      _ = try await Cluster.start(binaries: ServerBinaries(directory: root.path))
    } throws: { error in
      let error = error as? SandboxError
      return error?.code == .serverTooOld && error?.message.hasSuffix("holds PostgreSQL 12.22") == true
    }
  }

  private func makePrograms(in directory: String, _ names: [String] = ServerBinaries.programs) throws {
    try Files.makeDirectories(directory)
    for name in names { try makeProgram("\(directory)/\(name)", "#!/bin/sh\n") }
  }

  private func makeProgram(_ path: String, _ text: String) throws {
    try Files.write(text, to: path)
    #expect(chmod(path, 0o755) == 0)
  }
}
