import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing
import Verification

@Suite("Changes made by hand")
struct HandChangeTests {
  @Test("each is told as exactly what it is, and nothing else")
  func changes() async throws {
    try await DriftTrial.with([("001_tables", HandChanges.first), ("002_actions", HandChanges.second)]) {
      trial in
      let before = try await trial.report()
      #expect(before.drifts.isEmpty, "\(before.drifts.map(\.longLine).joined(separator: "\n"))")
      for change in HandChanges.changes {
        let lines: [String]
        do { lines = try await trial.lines(after: change.sql) } catch {
          Issue.record("\(change.sql): \(error)")
          _ = try await trial.lease.execute("ROLLBACK")
          continue
        }
        #expect(lines == change.lines, "\(change.sql)")
      }
    }
  }

  @Test("each says what both sides say, where the files say it, and how to make it so again")
  func words() async throws {
    try await DriftTrial.with([("001_tables", HandChanges.first), ("002_actions", HandChanges.second)]) {
      trial in
      _ = try await trial.lease.execute("ALTER TABLE note ALTER stars SET DEFAULT 3")
      let drift = try #require(try await trial.report().drifts.first)
      #expect(drift.expected == "0")
      #expect(drift.actual == "3")
      #expect(drift.migration == "001_tables")
      #expect(drift.location?.description == "001_tables.sql:8:1")
      #expect(drift.restoration == "ALTER TABLE public.note ALTER COLUMN stars SET DEFAULT 0;")
    }
  }

  @Test("an extension that is gone, and one that somebody has added")
  func extensions() async throws {
    try await DriftTrial.with([("001", "CREATE TABLE a (id integer)")]) { trial in
      let available = try await CatalogReader(trial.lease).serverFacts().extensions
      for name in ["pg_trgm", "hstore"] where available[name] == nil {
        try Test.cancel("the server does not have the extension \(name)")
      }
    }
    try await DriftTrial.with([("001", "CREATE EXTENSION pg_trgm; CREATE TABLE a (id integer)")]) { trial in
      let nothing = try await trial.lines(after: "SELECT 1")
      let dropped = try await trial.lines(after: "DROP EXTENSION pg_trgm")
      let added = try await trial.lines(after: "CREATE EXTENSION hstore")
      #expect(nothing == [])
      #expect(dropped == ["missing extension pg_trgm"])
      #expect(added == ["unmanaged extension hstore"])
    }
  }

  @Test("the SQL that each names makes it so again")
  func restorations() async throws {
    try await DriftTrial.with([("001_tables", HandChanges.first), ("002_actions", HandChanges.second)]) {
      trial in
      for change in HandChanges.changes {
        // A table that is gone takes much along that is missing only once it is there again.
        // So does a generated column, which can only be made anew.
        if change.sql.hasPrefix("DROP TABLE") || change.sql.contains("slug") { continue }
        _ = try await trial.lease.execute("BEGIN")
        do {
          _ = try await trial.lease.execute(change.sql)
          let drifts = try await trial.report().drifts
          let texts = drifts.compactMap(\.restoration)
          if !texts.isEmpty, texts.count == drifts.count, Set(texts).count == texts.count {
            _ = try await trial.lease.execute(texts.joined(separator: "\n"))
            let left = try await trial.report().drifts
            #expect(left.isEmpty, "\(change.sql)\n\(texts)\n\(left.map(\.longLine))")
          }
        } catch {
          Issue.record("\(change.sql): \(error)")
        }
        _ = try await trial.lease.execute("ROLLBACK")
      }
    }
  }
}
