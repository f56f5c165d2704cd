import Glibc
import Postgres
import TestServer
import Testing

@Suite("signalbox revert")
struct RevertTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE public.a (id integer PRIMARY KEY);", "001_a.down.sql": "DROP TABLE public.a;",
    "002_b.sql": "ALTER TABLE public.a ADD COLUMN note text; CREATE INDEX a_note ON public.a (note);",
    "002_b.down.sql": "DROP INDEX public.a_note; ALTER TABLE public.a DROP COLUMN note;",
  ]

  private func with(
    _ files: [String: String] = files,
    _ body: (_ run: (String...) async throws -> Program.Result, HelixDatabase) async throws -> Void
  ) async throws {
    let project = TemporaryProject(files)
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      try await body(
        { (arguments: String...) in
          try await Program.run(arguments + ["--project", project.path, "--database", database.address])
        }, database)
    }
  }

  @Test("takes back the last one, amends the history, and the next apply goes on there")
  func last() async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let reverted = try await run("revert", "--yes")
      #expect(reverted.status == 0)
      #expect(reverted.output.contains("lost for good  column public.a.note"))
      #expect(try await database.value("SELECT to_regclass('public.a_note') IS NULL") == "t")
      #expect(
        try await database.value("SELECT state FROM signalbox.migration WHERE id = '002_b'") == "reverted")
      #expect(try await database.value("SELECT mode FROM signalbox.run ORDER BY id DESC LIMIT 1") == "revert")
      #expect(try await run("status").output.contains("1 applied · 1 pending"))
      #expect(try await run("report").output.contains("| revert | done | `002_b` reverted, "))
      #expect(try await run("apply", "--yes").status == 0)
      #expect(try await run("status").output.contains("2 applied"))
    }
  }

  @Test("refuses what something applied needs, and does nothing")
  func needed() async throws {
    try await with { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let refused = try await run("revert", "001", "--yes")
      #expect(refused.status == 2)
      #expect(refused.errors.contains("`002_b`, which is applied, needs `001_a`"))
      #expect(try await database.value("SELECT to_regclass('public.a') IS NULL") == "f")
      #expect(try await run("revert", "001", "002", "--yes").status == 0)
      #expect(try await database.value("SELECT to_regclass('public.a') IS NULL") == "t")
    }
  }

  @Test("a script that fails leaves its migration as it was")
  func failure() async throws {
    var files = Self.files
    files["002_b.down.sql"] = "DROP INDEX public.a_note; DROP INDEX public.not_there;"
    try await with(files) { run, database in
      #expect(try await run("apply", "--yes").status == 0)
      let failed = try await run("revert", "--yes")
      #expect(failed.status == 1)
      #expect(failed.output.contains("002_b.down.sql:1:"))
      #expect(try await database.value("SELECT to_regclass('public.a_note') IS NULL") == "f")
      #expect(
        try await database.value("SELECT state FROM signalbox.migration WHERE id = '002_b'") == "applied")
    }
  }

  @Test("--dry-run proves the way back of what is pending, and leaves nothing")
  func rehearsal() async throws {
    try await with { run, database in
      let proven = try await run("revert", "all", "--dry-run")
      #expect(proven.status == 0)
      #expect(proven.output.contains("002_b: the catalog is as it was before"))
      #expect(proven.output.contains("The way back is proven"))
      #expect(try await database.value("SELECT to_regclass('public.a') IS NULL") == "t")
      #expect(try await database.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("--dry-run shows what a way back forgets")
  func forgotten() async throws {
    var files = Self.files
    files["002_b.down.sql"] = "DROP INDEX public.a_note;"
    try await with(files) { run, _ in
      let found = try await run("revert", "all", "--dry-run")
      #expect(found.status == 1)
      #expect(found.output.contains("+ column public.a.note"))
      #expect(
        try await run("revert", "all", "--dry-run", "--json").output.contains("\"column public.a.note\""))
    }
  }

  @Test("--dry-run of what is applied: nothing of it is left, and applied again it is as it was")
  func rehearsalOfApplied() async throws {
    try await with { run, _ in
      #expect(try await run("apply", "--yes").status == 0)
      let proven = try await run("revert", "002", "--dry-run")
      #expect(proven.status == 0)
      #expect(proven.output.contains("nothing of what it made is left"))
      #expect(try await run("status").output.contains("2 applied"))
    }
  }

  @Test("a migration that cannot be applied is not said to fail on its way back")
  func rehearsalOfWhatDoesNotApply() async throws {
    var files = Self.files
    files["002_b.sql"] = "ALTER TABLE public.not_there ADD COLUMN note text;"
    try await with(files) { run, _ in
      let failed = try await run("revert", "all", "--dry-run")
      #expect(failed.status == 1)
      #expect(failed.output.contains("✗ 1   ALTER TABLE public.not_there"))
      #expect(failed.output.contains("002_b cannot be applied, so there is no way back to prove"))
      #expect(failed.output.contains("The way back is not proven; nothing was changed."))
      #expect(!failed.output.contains("taken back"))
    }
  }

  @Test("a script that fails in a rehearsal is not said to be rolled back to an applied migration")
  func rehearsalOfFailingScript() async throws {
    var files = Self.files
    files["002_b.down.sql"] = "DROP INDEX public.not_there;"
    try await with(files) { run, _ in
      let failed = try await run("revert", "all", "--dry-run")
      #expect(failed.status == 1)
      #expect(failed.output.contains("002_b cannot be taken back"))
      #expect(!failed.output.contains("is as it was"))
    }
  }

  @Test("stopped by a signal, it rolls back and closes its run", arguments: [SIGINT, SIGTERM])
  func stopped(signal: Int32) async throws {
    var files = Self.files
    files["002_b.down.sql"] = "DROP INDEX public.a_note; SELECT pg_sleep(600);"
    let project = TemporaryProject(files)
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      let place = ["--project", project.path, "--database", database.address, "--yes"]
      #expect(try await Program.run(["apply"] + place).status == 0)
      let (processes, began) = AsyncStream<pid_t>.makeStream()
      async let running = Program.run(["revert"] + place, started: { began.yield($0) })
      for await process in processes {
        // The signal is meant for the script, so it waits until the script runs.
        for _ in 0..<5_000 {
          let sleepers = try await database.value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(600)%'"
          )
          if sleepers == "1" { break }
        }
        kill(process, signal)
        break
      }
      let result = try await running
      #expect(result.status == 6)
      #expect(result.output.contains("stopped: 002_b is as it was"))
      #expect(try await database.value("SELECT to_regclass('public.a_note') IS NULL") == "f")
      #expect(
        try await database.value("SELECT state FROM signalbox.migration WHERE id = '002_b'") == "applied")
      #expect(
        try await database.value(
          "SELECT outcome || ' ' || (finished_at IS NOT NULL) FROM signalbox.run WHERE mode = 'revert'")
          == "aborted true")
    }
  }

  /// The same two migrations as different tools keep them, each with its way back.
  private static let projects: [(name: String, files: [String: String])] = {
    let up = [
      "CREATE TABLE public.x (id integer PRIMARY KEY);",
      "CREATE TABLE public.y (x integer REFERENCES public.x);",
    ]
    let down = ["DROP TABLE public.x;", "DROP TABLE public.y;"]
    func wrapped(_ sql: String) -> String { "BEGIN;\n\(sql)\nCOMMIT;\n" }
    return [
      (
        "dbmate",
        [
          "db/migrations/20250101000000_x.sql": "-- migrate:up\n\(up[0])\n-- migrate:down\n\(down[0])\n",
          "db/migrations/20250102000000_y.sql": "-- migrate:up\n\(up[1])\n-- migrate:down\n\(down[1])\n",
        ]
      ),
      (
        "goose",
        [
          "00001_x.sql": "-- +goose Up\n\(up[0])\n-- +goose Down\n\(down[0])\n",
          "00002_y.sql":
            "-- +goose Up\n-- +goose StatementBegin\n\(up[1])\n-- +goose StatementEnd\n-- +goose Down\n\(down[1])\n",
        ]
      ),
      ("Flyway", ["V1__x.sql": up[0], "U1__x.sql": down[0], "V2__y.sql": up[1], "U2__y.sql": down[1]]),
      (
        "Sqitch",
        [
          "sqitch.plan":
            "%project=p\n\nx 2024-01-01T00:00:00Z A <a@b> # x\ny [x] 2024-01-01T00:00:00Z A <a@b> # y\n",
          "deploy/x.sql": wrapped(up[0]), "revert/x.sql": wrapped(down[0]), "deploy/y.sql": wrapped(up[1]),
          "revert/y.sql": wrapped(down[1]),
        ]
      ),
      (
        "diesel",
        [
          "migrations/2024-01-01-000000_x/up.sql": up[0], "migrations/2024-01-01-000000_x/down.sql": down[0],
          "migrations/2024-01-02-000000_y/up.sql": up[1], "migrations/2024-01-02-000000_y/down.sql": down[1],
        ]
      ),
      (
        "golang-migrate",
        [
          "000001_x.up.sql": up[0], "000001_x.down.sql": down[0], "000002_y.up.sql": up[1],
          "000002_y.down.sql": down[1],
        ]
      ),
    ]
  }()

  @Test("finds the way back of every layout", arguments: projects.map(\.name))
  func layouts(_ name: String) async throws {
    let files = try #require(Self.projects.first { $0.name == name }).files
    try await with(files) { run, database in
      #expect(try await run("revert", "all", "--dry-run").status == 0)
      #expect(try await run("apply", "--yes").status == 0)
      let reverted = try await run("revert", "all", "--yes")
      #expect(reverted.status == 0)
      let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
      #expect(try await database.value(tables) == "0")
      #expect(try await run("revert", "all", "--yes").output.contains("Nothing to take back"))
    }
  }
}
