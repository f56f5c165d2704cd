import Script
import Testing

@testable import Migrations

@Suite("Encodings of files")
struct FileEncodingTests {
  private static let latin: [UInt8] = Array("SELECT 'caf".utf8) + [0xE9] + Array("';".utf8)

  private func project(_ file: String, _ bytes: [UInt8] = latin) throws(ProjectError) -> Project {
    var files = MemoryFileSystem(["p/signalbox.toml": file])
    files.add("p/001_a.sql", .file(bytes))
    return try ProjectReader(fileSystem: files.fileSystem).read("p")
  }

  @Test("a declared encoding is read, for all files or for one", arguments: ["", "[migration.001_a]\n"])
  func declared(table: String) throws {
    let migration = try project(table + "encoding = 'latin1'").migrations[0]
    #expect(migration.script.statements.map(\.text) == ["SELECT 'café'"])
    #expect(migration.encoding == FileEncoding("LATIN1"))
  }

  @Test("a file that is not in it is named with the first bad byte")
  func wrong() {
    do {
      _ = try project("encoding = 'EUC_JP'", Array("SELECT\n 1, '".utf8) + [0xA1, 0x20])
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map { $0.location?.description } == ["001_a.sql:2:6"])
    }
  }

  @Test("an unknown encoding is refused")
  func unknown() {
    do {
      _ = try project("encoding = 'klingon'")
      Issue.record("it was read")
    } catch {
      #expect(error.problems.first?.code == "unknown-encoding")
    }
  }
}

@Suite("Directories and files that cannot be used")
struct BadFilesTests {
  private func problems(_ files: MemoryFileSystem, at path: String = "p") -> [ProjectProblem] {
    do {
      _ = try ProjectReader(fileSystem: files.fileSystem, parse: parseForTests).read(path)
      return []
    } catch {
      return error.problems
    }
  }

  private func problem(of node: MemoryFileSystem.Node, in folder: String = "p") -> ProjectProblem? {
    var files = MemoryFileSystem(["p/001_a.sql": ""])
    files.add("\(folder)/002_b.sql", node)
    return problems(files).first
  }

  @Test("a directory that is not there, and a file in its place")
  func noDirectory() {
    let files = MemoryFileSystem(["p/notes.txt": ""])
    #expect(problems(files, at: "q").map(\.code) == ["no-such-directory"])
    #expect(problems(files, at: "p/notes.txt").map(\.code) == ["not-a-directory"])
    #expect(problems(files, at: "q").first?.message == "there is no directory `q`")
  }

  @Test("a directory without migrations")
  func empty() {
    #expect(problems(MemoryFileSystem(["p/seed.txt": ""])).map(\.code) == ["no-migrations"])
  }

  @Test("a file that is not UTF-8 is reported at its first bad byte")
  func encoding() {
    let problem = problem(of: .file(Array("-- a\n-- caf".utf8) + [0xE9]))
    #expect(problem?.code == "not-utf8")
    #expect(problem?.location?.description == "002_b.sql:2:7")
    #expect(problem?.line == "-- caf\u{FFFD}")
  }

  @Test("a file in UTF-16 is named as such")
  func utf16() {
    #expect(problem(of: .file([0xFF, 0xFE, 0x41, 0x00]))?.message == "the file is UTF-16, not UTF-8")
  }

  @Test("a NUL byte is reported with its place")
  func zero() {
    let problem = problem(of: .file(Array("SELECT\n1;\0".utf8)))
    #expect(problem?.code == "holds-nul")
    #expect(problem?.location?.position == SourcePosition(line: 2, column: 3))
  }

  @Test("an unreadable file, a directory named like a file and a dangling link are told apart")
  func notFiles() {
    #expect(problem(of: .unreadable)?.code == "unreadable-file")
    #expect(problem(of: .unreadable)?.message == "the file cannot be read: Permission denied")
    #expect(problem(of: .directory)?.code == "is-a-directory")
    #expect(problem(of: .danglingLink)?.code == "dangling-link")
  }

  @Test("a syntax error is reported with file, line, column and the line")
  func syntax() {
    let problem = problem(of: .file(Array("SELECT 1\nBAD SQL".utf8)))
    #expect(problem?.code == "syntax-error")
    #expect(problem?.location?.description == "002_b.sql:2:1")
    #expect(problem?.line == "BAD SQL")
  }

  @Test("what a psql script needs is only a warning until it is to run")
  func psql() throws {
    let project = try readProject(["001_a.sql": "\\set x 1"])
    #expect(project.warnings.map(\.code) == ["psql-command"])
  }

  @Test("problems in skipped and archived files are warnings", arguments: ["p/_skipped", "p/archive"])
  func onlyWarnings(folder: String) throws {
    var files = MemoryFileSystem(["p/001_a.sql": ""])
    files.add("\(folder)/002_b.sql", .file([0x80]))
    files.add("\(folder)/003_c.sql", .file(Array("BAD".utf8)))
    #expect(try readProject(files).warnings.map(\.code) == ["not-utf8", "syntax-error"])
  }

  @Test("a file that cannot be read is left out by choice: named, skipped, with the reason")
  func leftOut() throws {
    let files = MemoryFileSystem(["p/001_a.sql": "SELECT 1", "p/002_b.sql": "SELECT 1\nBAD SQL"])
    let project = try ProjectReader(fileSystem: files.fileSystem, parse: parseForTests)
      .read("p", leavingOutUnreadable: true)
    #expect(project.migrations.map(\.place) == [.active, .skipped])
    #expect(project.warnings.map { $0.location?.description } == ["002_b.sql:2:1"])
    #expect(project.migrations[1].notes.skipReason?.contains("002_b.sql:2:1") == true)
  }

  @Test("two files with one id are refused, an archived copy is not")
  func duplicates() throws {
    let twice = MemoryFileSystem(["p/001_a.sql": "", "p/_applied/001_a.sql": ""])
    #expect(problems(twice).map(\.code) == ["duplicate-id"])
    #expect(
      problems(twice).first?.message == "`001_a` is the name of two files: 001_a.sql and _applied/001_a.sql")
    let archived = try readProject(["001_a.sql": "SELECT 1", "archive/001_a.sql": ""])
    #expect(archived.migrations.map(\.file) == ["001_a.sql"])
    #expect(archived.warnings.map(\.code) == ["duplicate-id"])
  }

  @Test("a requirement in a comment must exist if it begins with a version")
  func unknownRequirement() throws {
    let files = MemoryFileSystem(["p/070_user.sql": "", "p/071_b.sql": "-- requires: 070_usr"])
    let problem = problems(files).first
    #expect(problem?.code == "unknown-requirement")
    #expect(problem?.location?.description == "071_b.sql:1:14")
    #expect(problem?.advice == "did you mean `070_user`?")
    #expect(
      try readProject(["001_a.sql": "-- requires: pgcrypto"]).warnings.map(\.code) == ["unknown-requirement"])
  }

  @Test("a cycle is shown as a path")
  func cycle() {
    let files = MemoryFileSystem([
      "p/001_a.sql": "-- requires: 003_c", "p/002_b.sql": "-- requires: 001_a",
      "p/003_c.sql": "-- requires: 002_b",
    ])
    let problem = problems(files).first
    #expect(problem?.code == "requirement-cycle")
    #expect(problem?.message == "these migrations require each other: 001_a → 003_c → 002_b → 001_a")
    #expect(problem?.location?.description == "001_a.sql:1:14")
  }

  @Test("everything that is wrong is reported at once")
  func all() {
    let files = MemoryFileSystem([
      "p/001_a.sql": "BAD", "p/002_b.sql": "-- requires: 009_z", "p/signalbox.toml": "nam = 'x'",
    ])
    #expect(Set(problems(files).map(\.code)) == ["unknown-key", "syntax-error", "unknown-requirement"])
  }
}
