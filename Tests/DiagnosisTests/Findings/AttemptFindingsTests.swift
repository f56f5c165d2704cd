import Testing

@testable import Diagnosis

@Suite("What is said of an attempt that failed")
struct AttemptFindingsTests {
  private func finding(
    _ message: String, host: String = "db.example.com", port: String = "5432", user: String = "me",
    url: String? = nil, settings: [ConnectionSetting] = []
  ) throws -> ConnectionFinding {
    let facts = ConnectionFacts(
      address: url.map { ConnectionAddress(parsing: $0) }, settings: settings,
      outcome: .failed([
        ConnectionAttempt(
          host: host, port: port, user: user, database: "app", message: message,
          kind: FailureKind(message: message))
      ]))
    return try #require(ConnectionJudge.findings(facts).first)
  }

  @Test("Supabase's pooler does not know a user without the project's reference")
  func userWithoutProject() throws {
    let found = try finding(
      "Tenant or user not found", host: "aws-0-eu-central-1.pooler.supabase.com", user: "postgres")
    #expect(found.code == .supabaseUser)
    #expect(found.advice?.contains("`postgres.REF`") == true)
  }

  @Test("nor a project of another pooler")
  func tenant() throws {
    let found = try finding(
      "Tenant or user not found", host: "aws-0-eu-central-1.pooler.supabase.com", user: "postgres.abcd")
    #expect(found.code == .supabaseTenantUnknown)
    #expect(found.message.contains("`abcd`"))
    #expect(found.advice?.contains("aws-1-") == true)
  }

  @Test("a wrong password: where it comes from, and what a URL may have made of it")
  func wrongPassword() throws {
    let found = try finding(
      "password authentication failed for user \"me\"", url: "postgresql://me:a%41b#c@db.example.com/app",
      settings: [
        ConnectionSetting(
          keyword: "password", value: "given",
          origin: .environmentFile(path: ".env", line: 3, variable: "DATABASE_URL"))
      ])
    #expect(found.code == .passwordWrong)
    #expect(found.advice?.contains("`%25`") == true)
    #expect(found.advice?.contains("`#` as `%23`") == true)
    #expect(found.advice?.contains("DATABASE_URL in .env:3") == true)
  }

  @Test("the pooler's form of the user at a project's own host, and the other way round")
  func supabaseUsers() throws {
    let direct = try finding(
      "password authentication failed for user \"postgres.abcd\"", host: "db.abcd.supabase.co",
      user: "postgres.abcd")
    #expect(direct.advice?.contains("the user is `postgres`") == true)
    let pooler = try finding(
      "password authentication failed for user \"postgres\"", host: "aws-0-x.pooler.supabase.com",
      user: "postgres")
    #expect(pooler.advice?.contains("`postgres.REF`") == true)
  }

  @Test("TLS that the server wants, and where sslmode comes from")
  func tlsRequired() throws {
    let found = try finding(
      "no pg_hba.conf entry for host \"10.0.0.1\", user \"me\", database \"app\", no encryption",
      settings: [
        ConnectionSetting(keyword: "sslmode", value: "disable", origin: .environment(variable: "PGSSLMODE"))
      ])
    #expect(found.code == .tlsRequired)
    #expect(found.advice?.contains("sslmode=require") == true)
    #expect(found.advice?.contains("$PGSSLMODE") == true)
  }

  @Test("a socket where nobody listens, when nothing says where the database is")
  func noAddress() throws {
    let found = try finding("No such file or directory", host: "/var/run/postgresql")
    #expect(found.code == .socketMissing)
    #expect(found.advice?.contains("--database") == true)
  }

  @Test("options that a pooler refuses, when it is --read-only that sends them")
  func startupParameter() throws {
    let found = try finding(
      "unsupported startup parameter: options",
      settings: [ConnectionSetting(keyword: "options", value: "-c x=on", origin: .program)])
    #expect(found.code == .poolerStartupParameter)
    #expect(found.advice?.contains("--read-only") == true)
  }

  @Test("every kind of failure has a code, words and a next step", arguments: FailureKind.allCases)
  func everyKind(kind: FailureKind) throws {
    let facts = ConnectionFacts(
      outcome: .failed([ConnectionAttempt(host: "h", port: "1", message: "words", kind: kind)]))
    let found = try #require(ConnectionJudge.findings(facts).first)
    #expect(found.severity == .failure)
    #expect(!found.message.isEmpty)
    #expect(found.advice?.isEmpty == false)
  }

  @Test("the port of the transaction mode is a word of warning before anything is known of it")
  func transactionPort() throws {
    let facts = ConnectionFacts(
      settings: [
        ConnectionSetting(keyword: "host", value: "aws-0-x.pooler.supabase.com", origin: .flag("--database")),
        ConnectionSetting(keyword: "port", value: "6543", origin: .flag("--database")),
      ],
      hosts: [HostFacts(host: "aws-0-x.pooler.supabase.com", ipv4: ["10.0.0.1"])],
      outcome: .failed([
        ConnectionAttempt(
          host: "aws-0-x.pooler.supabase.com", port: "6543", message: "timed out", kind: .timedOut)
      ]))
    let found = try #require(ConnectionJudge.findings(facts).first { $0.code == .poolerTransaction })
    #expect(found.severity == .warning)
    #expect(found.message.contains("lock"))
    #expect(found.advice?.contains("port 5432 of the same host") == true)
  }
}
