import Schema
import Script
import Synchronization
import Testing

@testable import Migrations

@Suite("What files say, remembered")
struct ScriptMemoryTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE t (a int, b text);\n", "002_b.sql": "CREATE VIEW v AS SELECT * FROM t;\n",
    "003_c.sql": "-- requires: 001\nALTER TABLE t ADD CHECK (a > 0);\n",
    "003_c.down.sql": "ALTER TABLE t DROP CONSTRAINT t_a_check;\n",
    "004_d.sql": "ALTER TABLE t ADD CHECK (a < 9);\n", "_skipped/005_e.sql": "DROP TABLE t;\n",
  ]

  /// How often a file was really taken apart.
  private final class Counter: Sendable {
    let count = Mutex(0)
  }

  private func read(
    _ files: [String: String], _ memory: ScriptMemory? = nil
  ) throws -> (project: Project, parsed: Int) {
    let inProject = Dictionary(uniqueKeysWithValues: files.map { ("p/" + $0.key, $0.value) })
    let counter = Counter()
    let project = try ProjectReader(
      fileSystem: MemoryFileSystem(inProject).fileSystem, memory: memory,
      parse: { bytes, context in
        counter.count.withLock { $0 += 1 }
        return ScriptParser.parse(bytes, in: &context)
      }
    ).read("p")
    return (project, counter.count.withLock { $0 })
  }

  @Test("is the same as what is read anew, and no file is taken apart for it")
  func same() throws {
    let plain = try read(Self.files)
    let first = ScriptMemory()
    #expect(try read(Self.files, first).project == plain.project)
    #expect(first.hasNews)
    let second = ScriptMemory(first.contents)
    let again = try read(Self.files, second)
    #expect(again.project == plain.project)
    #expect(plain.parsed == 6)
    #expect(again.parsed == 0)
    #expect(!second.hasNews)
  }

  @Test("holds for the files before a changed one, and not for those behind it")
  func changed() throws {
    let first = ScriptMemory()
    _ = try read(Self.files, first)
    var files = Self.files
    files["002_b.sql"] = "CREATE VIEW v AS SELECT a FROM t;\nCREATE TABLE t2 (a int);\n"
    let second = ScriptMemory(first.contents)
    let found = try read(files, second)
    #expect(found.project == (try read(files).project))
    // The first file once more, for what it makes, and all from the second on.
    #expect(found.parsed == 6)
    #expect(try read(files, ScriptMemory(second.contents)).parsed == 0)
    // Now it is remembered what there is before the second file.
    files["002_b.sql"] = "CREATE VIEW v AS SELECT b FROM t;\n"
    let third = try read(files, ScriptMemory(second.contents))
    #expect(third.project == (try read(files).project))
    #expect(third.parsed == 5)
  }

  @Test("tells a file at the end what those before it make, without taking them apart")
  func appended() throws {
    let first = ScriptMemory()
    _ = try read(Self.files, first)
    var files = Self.files
    files["006_f.sql"] = "ALTER TABLE t ADD CHECK (a <> 5);\nCREATE VIEW w AS SELECT * FROM t;\n"
    files["_skipped/005_e.sql"] = nil
    let found = try read(files, ScriptMemory(first.contents))
    #expect(found.project == (try read(files).project))
    #expect(found.parsed == 1)
  }

  @Test("hangs on the schemas in which names are looked up")
  func searchPath() throws {
    let first = ScriptMemory()
    _ = try read(Self.files, first)
    var files = Self.files
    files["signalbox.toml"] = "search_path = [\"app\"]\n"
    let found = try read(files, ScriptMemory(first.contents))
    #expect(found.project == (try read(files).project))
    let made = found.project.migrations[0].script.statements[0].effects.map(\.object)
    #expect(made.contains(.table("app", "t")))
  }

  @Test("is nothing where it is damaged")
  func damaged() throws {
    let first = ScriptMemory()
    let project = try read(Self.files, first).project
    let contents = first.contents
    for count in stride(from: 0, to: contents.count, by: 7) {
      let memory = ScriptMemory(Array(contents[..<count]))
      #expect(try read(Self.files, memory).project == project)
    }
  }
}
