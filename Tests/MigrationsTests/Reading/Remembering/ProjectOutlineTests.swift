import Script
import Synchronization
import Testing

@testable import Migrations

@Suite("Which files a project has, remembered by their stamps")
struct ProjectOutlineTests {
  private static let files = [
    "signalbox.toml":
      "name = \"depot\"\n[[phase]]\nname = \"First\"\nmigrations = [\"001_a\"]\n[migration.\"003_c\"]\nrequires = [\"001_a\"]\n",
    "migrations/001_a.sql": "CREATE TABLE t (a int, b text);\n",
    "migrations/002_b.sql": "CREATE VIEW v AS SELECT * FROM t;\r\n",
    "migrations/003_c.sql": "ALTER TABLE t ADD CHECK (a > 0);\n",
    "migrations/003_c.down.sql": "ALTER TABLE t DROP CONSTRAINT t_a_check;\n",
    "migrations/_skipped/005_e.sql": "DROP TABLE t;\n", "migrations/notes.sql": "SELECT 1;\n",
  ]
  /// Long after the files were written.
  private static let now = 10_000_000_000

  /// Files with stamps, which counts how many migrations are read.
  private final class StampedFiles: Sendable {
    let fileSystem: FileSystem
    private let reads: Reads

    private final class Reads: Sendable {
      let count = Mutex(0)
    }

    var count: Int { reads.count.withLock { $0 } }

    init(_ files: [String: String], written: [String: Int] = [:], isReliable: Bool = true) {
      let plain = MemoryFileSystem(Dictionary(uniqueKeysWithValues: files.map { ("p/" + $0.key, $0.value) }))
        .fileSystem
      let reads = Reads()
      self.reads = reads
      fileSystem = FileSystem(
        kind: plain.kind, listing: plain.listing,
        read: { path throws(FileSystemError) in
          if path.hasSuffix(".sql") { reads.count.withLock { $0 += 1 } }
          return try plain.read(path)
        }, resolve: plain.resolve,
        stamp: { path in
          guard let kind = plain.kind(path) else { return nil }
          // A directory is written when a name comes or goes.
          let names = files.keys.filter { ("p/" + $0).hasPrefix(path + "/") }.sorted()
          let time =
            written[path] ?? (kind == .directory ? names.joined().utf8.reduce(0) { $0 + Int($1) } : 1)
          return FileStamp(
            kind: kind, device: 1, number: UInt64(path.utf8.reduce(0) { $0 * 31 % 1_000_003 + Int($1) }),
            size: files[String(path.dropFirst(2))]?.utf8.count ?? 0, writtenAt: time, changedAt: time)
        }, hasReliableStamps: { _ in isReliable })
    }
  }

  /// What is known of files after they were read once.
  private func known(_ files: StampedFiles, at moment: Int = now) throws -> ProjectOutline? {
    try ProjectReader(fileSystem: files.fileSystem).outline("p", at: moment).news
  }

  private func outline(_ files: StampedFiles, knowing known: ProjectOutline?) throws -> Project {
    try ProjectReader(fileSystem: files.fileSystem).outline("p", knowing: known, at: Self.now).project
  }

  @Test("is the same as what is read anew, and no file is read for it")
  func same() throws {
    let first = StampedFiles(Self.files)
    let kept = try #require(try known(first)).packed
    let second = StampedFiles(Self.files)
    let outline = try #require(ProjectOutline(packed: kept, in: second.fileSystem))
    let found = try ProjectReader(fileSystem: second.fileSystem).outline("p", knowing: outline, at: Self.now)
    #expect(second.count == 0)
    #expect(found.news == nil)
    var project = found.project
    var anew = try self.outline(StampedFiles(Self.files), knowing: nil)
    #expect(project.migrations.map { $0.digests?.read } == anew.migrations.map(\.digests))
    for index in project.migrations.indices { project.migrations[index].digests = nil }
    for index in anew.migrations.indices { anew.migrations[index].digests = nil }
    #expect(project == anew)
    #expect(project.name == "depot")
    #expect(project.phases.map(\.name) == ["First", "Other"])
    #expect(project.migrations.map(\.place) == [.active, .active, .active, .skipped])
  }

  @Test(
    "counts for nothing once a file is another",
    arguments: [
      ("migrations/002_b.sql", "CREATE VIEW v AS SELECT a FROM t;\n", nil),
      // The same length, so that the time alone tells.
      ("migrations/001_a.sql", "CREATE TABLE t (a int, c text);\n", 2),
      ("migrations/004_d.sql", "SELECT 4;\n", nil), ("signalbox.toml", "name = \"other\"\n", nil),
      ("migrations/_skipped/006_f.sql", "SELECT 6;\n", nil), ("migrations/002_b.sql", nil, nil),
    ] as [(String, String?, Int?)])
  func changed(file: String, text: String?, time: Int?) throws {
    let kept = try #require(try known(StampedFiles(Self.files)))
    var files = Self.files
    files[file] = text
    let stamped = StampedFiles(files, written: time.map { ["p/" + file: $0] } ?? [:])
    let project = try outline(stamped, knowing: kept)
    #expect(stamped.count > 0)
    #expect(project == (try outline(StampedFiles(files), knowing: nil)))
  }

  @Test("is not kept where a file was changed so lately that it may change again under the same stamp")
  func lately() throws {
    let lately = StampedFiles(Self.files, written: ["p/migrations/001_a.sql": Self.now - 1_000_000])
    #expect(try known(lately) == nil)
    #expect(try known(lately, at: Self.now + 3_000_000_000) != nil)
  }

  @Test("is not kept where others set the times of files")
  func unreliable() throws {
    #expect(try known(StampedFiles(Self.files, isReliable: false)) == nil)
  }

  @Test("is not kept where a file says more than its checksum")
  func notPlain() throws {
    var files = Self.files
    files["migrations/001_a.expect.toml"] = "[[expect]]\ntable = \"public.t\"\n"
    #expect(try known(StampedFiles(files)) == nil)
    files = Self.files
    files["migrations/_skipped/005_e.sql"] = "DROP\u{0}"
    #expect(try known(StampedFiles(files)) == nil)
  }

  @Test("is refused where it is not whole")
  func broken() throws {
    let kept = try #require(try known(StampedFiles(Self.files))).packed
    for length in 0..<kept.count {
      #expect(ProjectOutline(packed: Array(kept[..<length])) == nil)
    }
    #expect(ProjectOutline(packed: kept + [0]) == nil)
  }

  @Test("lets another tool's checksum be compared with the file")
  func digests() throws {
    let kept = try #require(try known(StampedFiles(Self.files))).packed
    let files = StampedFiles(Self.files)
    let outline = try #require(ProjectOutline(packed: kept, in: files.fileSystem))
    let project = try self.outline(files, knowing: outline)
    let text = Self.files["migrations/001_a.sql"] ?? ""
    func state(_ checksum: String) -> MigrationState? {
      let row = OtherHistory.Row(version: "001", name: "a", checksum: .sha384(checksum))
      return StateJudge.statuses(
        of: project, history: History(others: [OtherHistory(tool: "sqlx", table: "x", rows: [row])]),
        evidence: [:]
      ).first?.state
    }
    #expect(state(FileDigests(of: Array(text.utf8)).sha384) == .applied)
    #expect(state("00") == .changed)
  }
}
