import Migrations
import Schema
import Testing

@testable import Diagnosis

@Suite("What is said of a connection that stands")
struct ServerFindingsTests {
  private func session(_ change: (inout SessionFacts) -> Void = { _ in }) -> SessionFacts {
    var session = SessionFacts(
      version: "17.6", versionNumber: 170_006, database: "app", role: "me",
      rights: [.createSchema, .createInPublic], encryption: "TLSv1.3 AES", hasHistory: true)
    change(&session)
    return session
  }

  private func findings(
    _ reading: ServerReading, project: ProjectNeeds? = nil, settings: [ConnectionSetting] = []
  ) -> [ConnectionFinding] {
    ConnectionJudge.findings(
      ConnectionFacts(settings: settings, outcome: .connected(reading), project: project))
  }

  private func codes(_ reading: ServerReading, project: ProjectNeeds? = nil) -> [ConnectionFindingCode] {
    findings(reading, project: project).filter { $0.severity != .pass }.map(\.code)
  }

  @Test("a sound one has nothing but passes")
  func sound() {
    let found = findings(ServerReading(host: "db.example.com", port: 5432, session: session()))
    #expect(found.map(\.code) == [.connectionMade, .roleRights])
    #expect(found.allSatisfy { $0.severity == .pass })
    #expect(found.last?.message == "`me`: creates schemas, creates in public")
  }

  @Test("a pooler in transaction mode is a failure, whatever its port; in session mode it is none")
  func pooling() throws {
    var reading = ServerReading(host: "pool", port: 6432, session: session(), pooling: .transaction)
    let found = try #require(findings(reading).first { $0.code == .poolerTransaction })
    #expect(found.severity == .failure)
    #expect(found.advice?.contains("pool_mode = session") == true)
    reading.pooling = .session
    #expect(codes(reading).isEmpty)
    reading.pooling = .unknown
    #expect(codes(reading) == [.poolerSession])
  }

  @Test("port 6543 is no worry where the connection turns out to be direct")
  func directAtPoolerPort() {
    let reading = ServerReading(host: "db", port: 6543, session: session())
    let settings = [ConnectionSetting(keyword: "port", value: "6543", origin: .standard)]
    #expect(findings(reading, settings: settings).allSatisfy { $0.severity == .pass })
  }

  @Test("names that are no UTF-8 are told, the first of them with its bytes")
  func unreadableNames() throws {
    var reading = ServerReading(host: "db", session: session())
    reading.unreadableTexts = [UnreadableText(what: "the name of a relation", name: "public.bad\\351")]
    let alone = try #require(findings(reading).first { $0.code == .databaseNotUTF8 })
    #expect(alone.severity == .failure)
    #expect(alone.message.hasPrefix("the name of a relation `public.bad\\351` is no UTF-8"))
    reading.unreadableTexts.append(UnreadableText(what: "the comment on", name: "schema public"))
    let both = try #require(findings(reading).first { $0.code == .databaseNotUTF8 })
    #expect(both.message.contains("and 1 other names and texts are no UTF-8"))
  }

  @Test("a role that can keep no history; one that finds it there already can")
  func rights() {
    let poor = session {
      $0.rights = []
      $0.hasHistory = false
    }
    #expect(codes(ServerReading(host: "db", port: 1, session: poor)) == [.roleCannotRecord])
    let reading = session {
      $0.rights = []
      $0.hasHistory = false
      $0.isReadOnly = true
    }
    let found = findings(ServerReading(host: "db", port: 1, session: reading))
    #expect(found.first { $0.code == .roleCannotRecord }?.severity == .warning)
    let provided = session { $0.rights = [] }
    #expect(codes(ServerReading(host: "db", port: 1, session: provided)).isEmpty)
  }

  @Test("a standby, and transactions that are read-only")
  func readOnly() {
    #expect(
      codes(ServerReading(host: "db", port: 1, session: session { $0.isInRecovery = true })) == [
        .serverStandby
      ])
    #expect(
      codes(ServerReading(host: "db", port: 1, session: session { $0.isReadOnly = true })) == [
        .serverReadOnly
      ])
  }

  @Test("no encryption on the way to another machine, but not to this one")
  func encryption() {
    let open = session { $0.encryption = nil }
    #expect(codes(ServerReading(host: "db.example.com", port: 5432, session: open)) == [.tlsUnused])
    #expect(codes(ServerReading(host: "localhost", port: 5432, session: open)).isEmpty)
    #expect(codes(ServerReading(host: "/tmp", session: open)).isEmpty)
  }

  @Test("clocks that disagree by more than the way explains")
  func clock() throws {
    func reading(_ difference: Double, _ uncertainty: Double = 0.01) -> ServerReading {
      ServerReading(
        host: "db", port: 1, session: session(), clockDifference: difference, clockUncertainty: uncertainty)
    }
    #expect(codes(reading(1)).isEmpty)
    #expect(codes(reading(4, 3)).isEmpty)
    let found = try #require(findings(reading(-300)).first { $0.code == .clockDifference })
    #expect(found.message.contains("5 min behind"))
  }

  @Test("a project that counts on Supabase, on a database without it")
  func platform() {
    let needs = ProjectNeeds(name: "p", platform: .supabase)
    #expect(
      codes(ServerReading(host: "db", port: 1, session: session()), project: needs) == [.platformMissing])
    let supabase = session {
      $0.platformRoles = ["anon", "authenticated", "service_role"]
      $0.platformSchemas = ["auth"]
    }
    #expect(codes(ServerReading(host: "db", port: 1, session: supabase), project: needs).isEmpty)
  }

  @Test("the extensions that migrations install: missing, for superusers only, available, installed")
  func extensions() throws {
    let needs = ProjectNeeds(
      name: "p",
      extensions: ["vector", "pg_cron", "pg_trgm", "citext"].map {
        ExtensionNeed(name: $0, migration: "001_a", location: FileLocation(file: "001_a.sql"))
      })
    let reading = ServerReading(
      host: "db", port: 1, session: session(),
      extensions: [
        "pg_cron": AvailableExtension(defaultVersion: "1.6", needsSuperuser: true),
        "pg_trgm": AvailableExtension(defaultVersion: "1.6"),
        "citext": AvailableExtension(defaultVersion: "1.6", installedVersion: "1.5", schema: "extensions"),
      ])
    let found = findings(reading, project: needs)
    let missing = try #require(found.first { $0.code == .extensionUnavailable })
    #expect(missing.message.contains("`vector` is not available") && missing.message.contains("`001_a`"))
    #expect(missing.advice?.contains("postgresql-17-pgvector") == true)
    #expect(found.filter { $0.code == .extensionNeedsSuperuser }.map(\.severity) == [.warning])
    let ready = found.filter { $0.code == .extensionReady }.map(\.message)
    #expect(ready.contains { $0.contains("`citext` 1.5 is installed in schema `extensions`") })
    #expect(ready.contains { $0.contains("`pg_trgm` is available (1.6)") })
  }
}
