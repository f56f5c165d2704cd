import Testing

@testable import Diagnosis

@Suite("What is said of addresses and names")
struct AddressAndNameFindingsTests {
  private func findings(_ text: String, error: String? = nil) -> [ConnectionFinding] {
    ConnectionJudge.findings(ConnectionFacts(address: ConnectionAddress(parsing: text), addressError: error))
  }

  @Test("a placeholder that was left in, with what belongs there")
  func placeholder() throws {
    let finding = try #require(findings("postgresql://postgres.abc:[YOUR-PASSWORD]@host/postgres").first)
    #expect(finding.code == .addressPlaceholder)
    #expect(finding.severity == .failure)
    #expect(finding.message == "`[YOUR-PASSWORD]` still stands where a value should be")
    #expect(finding.advice?.contains("database's password") == true)
  }

  @Test(
    "a password that a URL cannot hold as it is: which characters, how they are written, never the password")
  func password() throws {
    let found = findings("postgresql://me:s3cr@t/x#y@host/db")
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.code == .passwordUnencoded)
    #expect(finding.message.contains("`@`, `/`"))
    #expect(finding.advice?.contains("`@` as `%40`, `/` as `%2F`, `#` as `%23`") == true)
    #expect(!"\(found)".contains("s3cr"))
  }

  @Test("a password that only other programs misread is a warning")
  func doubtfulPassword() {
    #expect(findings("postgresql://me:a#b@host/db").map(\.severity) == [.warning])
    #expect(findings("host=h password=a#@/b").isEmpty)
  }

  @Test(
    "addresses of other libraries and of the web",
    arguments: [
      ("jdbc:postgresql://host/db", .addressScheme), ("postgresql+asyncpg://me@host/db", .addressScheme),
      ("https://abcd.supabase.co", .supabaseWebsite), ("https://db.example.com/x", .addressScheme),
      ("'postgresql://me@host/db'", .addressQuoted),
      ("postgresql://me@host:6543/db?pgbouncer=true", .addressForeignParameter),
    ] as [(String, ConnectionFindingCode)])
  func foreign(text: String, code: ConnectionFindingCode) {
    let found = findings(text, error: "invalid URI query parameter")
    #expect(found.map(\.code) == [code])
    #expect(found.first?.advice != nil)
  }

  @Test("what libpq cannot read and nothing else explains is told in its words")
  func unreadable() {
    let found = findings("postgresql://me@host:1:2/db", error: "invalid connection string: …")
    #expect(found.map(\.code) == [.addressUnreadable])
  }

  @Test("an address that is hopeless is not tried")
  func hopeless() {
    func isHopeless(_ text: String) -> Bool {
      ConnectionJudge.isHopeless(ConnectionAddress(parsing: text), error: nil)
    }
    #expect(isHopeless("postgresql://me:p@ss@host/db"))
    #expect(isHopeless("postgresql://me:[YOUR-PASSWORD]@host/db"))
    #expect(!isHopeless("postgresql://me:a#b@host/db"))
    #expect(!isHopeless("host=/tmp"))
  }

  private func findings(_ host: HostFacts) -> [ConnectionFinding] {
    ConnectionJudge.findings(
      ConnectionFacts(
        hosts: [host],
        outcome: .failed([
          ConnectionAttempt(
            host: host.host, port: "5432", message: "it does not resolve", kind: .nameUnresolved)
        ])))
  }

  @Test("a Supabase project's own host that does not resolve: the pooler, with the user that belongs there")
  func supabaseDirect() throws {
    let found = findings(
      HostFacts(host: "db.abcdefgh.supabase.co", failure: .unknown("Name or service not known")))
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.code == .supabaseDirectHost)
    #expect(finding.message.contains("IPv6 address only"))
    #expect(finding.advice?.contains("`postgres.abcdefgh`") == true)
    #expect(finding.advice?.contains("pooler.supabase.com") == true)
  }

  @Test("one that has an IPv6 address only, on a machine without IPv6")
  func ipv6Only() throws {
    let finding = try #require(
      findings(HostFacts(host: "db.abcdefgh.supabase.co", ipv6: ["2600::1"], hasIPv6Route: false)).first)
    #expect(finding.code == .nameIPv6Only)
    #expect(finding.message.contains("2600::1"))
    #expect(finding.advice?.contains("`postgres.abcdefgh`") == true)
    let other = try #require(
      findings(HostFacts(host: "db.example.com", ipv6: ["2600::1"], hasIPv6Route: false)).first)
    #expect(other.advice?.contains("IPv4") == true)
  }

  @Test("no finding for an IPv6 address that can be reached")
  func ipv6Reachable() {
    #expect(
      !findings(HostFacts(host: "h.example.com", ipv6: ["2600::1"])).contains { $0.code == .nameIPv6Only })
  }

  @Test(
    "other names that do not resolve",
    arguments: [
      (
        HostFacts(host: "aws-9-moon.pooler.supabase.com", failure: .unknown("?")), .nameUnresolved,
        "Connect dialogue"
      ),
      (HostFacts(host: "postgres", failure: .unknown("?")), .nameUnresolved, "Docker"),
      (HostFacts(host: "db.exmaple.com", failure: .unknown("?")), .nameUnresolved, "spelling"),
      (HostFacts(host: "abcd.supabase.co", failure: .unknown("?")), .supabaseWebsite, "pooler.supabase.com"),
      (
        HostFacts(host: "db.example.com", failure: .noAnswer("Temporary failure")), .nameNoAnswer,
        "no name server"
      ),
    ] as [(HostFacts, ConnectionFindingCode, String)])
  func names(host: HostFacts, code: ConnectionFindingCode, words: String) throws {
    let finding = try #require(findings(host).first)
    #expect(finding.code == code)
    #expect(finding.advice?.contains(words) == true)
  }

  @Test("files of variables that git keeps are warned about when they hold secrets")
  func committed() {
    func severities(_ file: EnvironmentFileFacts) -> [ConnectionFinding.Severity] {
      ConnectionJudge.findings(ConnectionFacts(environmentFiles: [file])).map(\.severity)
    }
    #expect(
      severities(EnvironmentFileFacts(path: ".env", isTracked: true, secretNames: ["KEY"])) == [.warning])
    #expect(severities(EnvironmentFileFacts(path: ".env", isTracked: true)) == [.pass])
    #expect(severities(EnvironmentFileFacts(path: ".env", isTracked: false, secretNames: ["KEY"])).isEmpty)
    #expect(severities(EnvironmentFileFacts(path: ".env", isTracked: nil, secretNames: ["KEY"])).isEmpty)
    #expect(severities(EnvironmentFileFacts(path: ".env", overridden: ["DATABASE_URL"])) == [.warning])
  }
}
