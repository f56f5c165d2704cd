import Testing

@testable import Diagnosis

@Suite("Reading an address leniently")
struct ConnectionAddressTests {
  @Test("a URL in its parts")
  func url() {
    let address = ConnectionAddress(
      parsing:
        "postgresql://postgres.abc:s3cret@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?sslmode=require&x=1"
    )
    #expect(address.isURL)
    #expect(address.scheme == "postgresql")
    #expect(address.user == "postgres.abc")
    #expect(address.hosts == [.init(host: "aws-0-eu-central-1.pooler.supabase.com", port: "6543")])
    #expect(address.database == "postgres")
    #expect(address.parameters == ["sslmode", "x"])
    #expect(address.password?.breaking == [])
    #expect(address.password?.doubtful == [])
    #expect(address.placeholders.isEmpty)
  }

  @Test("several hosts, an IPv6 address, no password")
  func hosts() {
    let address = ConnectionAddress(parsing: "postgres://me@one:1,[::1]:2,three/db")
    #expect(
      address.hosts == [
        .init(host: "one", port: "1"), .init(host: "::1", port: "2"), .init(host: "three", port: nil),
      ])
    #expect(address.password == nil)
  }

  @Test("key=value pairs, quoted where they must be")
  func pairs() {
    let address = ConnectionAddress(
      parsing: "host=db.example.com port=6543 user=me password='p@ss \\' word' dbname=app")
    #expect(!address.isURL)
    #expect(address.hosts == [.init(host: "db.example.com", port: "6543")])
    #expect(address.user == "me")
    #expect(address.database == "app")
    #expect(address.password?.breaking == [])
  }

  @Test(
    "characters of a password that a URL takes for something else",
    arguments: [
      ("p@ss", ["@"], []), ("a/b", ["/"], []), ("100%", ["%"], []), ("50%zz@", ["%", "@"], []),
      ("a#b?c", [], ["#", "?"]), ("a:b", [], [":"]), ("pässword", [], ["ä"]),
      ("plain-text_1.~!$&'()*+,;=", [], []),
      ("a%40b", [], []),
    ] as [(String, [Character], [Character])])
  func password(password: String, breaking: [Character], doubtful: [Character]) {
    let address = ConnectionAddress(parsing: "postgresql://me:\(password)@db.example.com:5432/app")
    #expect(address.hosts == [.init(host: "db.example.com", port: "5432")])
    #expect(address.password?.breaking == breaking)
    #expect(address.password?.doubtful == doubtful)
  }

  @Test("never keeps the password")
  func secret() {
    let text = "postgresql://me:t0p@s/ecret%@db.example.com/app"
    let said = String(reflecting: ConnectionAddress(parsing: text))
    for part in ["t0p", "ecret"] { #expect(!said.contains(part)) }
  }

  @Test(
    "how a character is written in a URL",
    arguments: [("@", "%40"), ("/", "%2F"), ("ä", "%C3%A4")] as [(Character, String)])
  func encoding(character: Character, text: String) { #expect(PasswordFacts.encoded(character) == text) }

  @Test(
    "what somebody was to replace",
    arguments: [
      ("postgresql://postgres.abc:[YOUR-PASSWORD]@host:5432/postgres", ["[YOUR-PASSWORD]"]),
      (
        "postgresql://postgres.[PROJECT-REF]:[PASSWORD]@aws-0-[REGION].pooler.supabase.com/postgres",
        ["[PROJECT-REF]", "[PASSWORD]", "[REGION]"]
      ),
      ("<your-database-url>", ["<your-database-url>"]),
      ("postgresql://me:${DB_PASSWORD}@host/db", ["${DB_PASSWORD}"]),
      ("postgresql://me:$DB_PASSWORD@host/db", ["$DB_PASSWORD"]),
      ("postgresql://postgres.PROJECT_REF:YOUR_PASSWORD@host/db", ["PROJECT_REF", "YOUR_PASSWORD"]),
      ("postgresql://me:{password}@host/db", ["{password}"]),
      ("postgresql://me:pa$$word@[::1]:5432/db", []), ("postgresql://me:your@host/db", []),
      ("postgresql://project:YOURS@host/db", []), ("host=/tmp user=me", []),
    ] as [(String, [String])])
  func placeholders(text: String, expected: [String]) {
    #expect(ConnectionAddress(parsing: text).placeholders == expected)
  }

  @Test("quotes around it")
  func quotes() {
    let address = ConnectionAddress(parsing: "\"postgresql://me@host/db\"")
    #expect(address.isQuoted)
    #expect(address.hosts.first?.host == "host")
  }

  @Test(
    "hosts of Supabase",
    arguments: [
      ("db.abcd.supabase.co", SupabaseHost.direct(project: "abcd")),
      ("abcd.supabase.co", .website(project: "abcd")),
      ("aws-1-us-east-1.pooler.supabase.com", .pooler), ("db.example.com", nil), ("supabase.co", nil),
    ] as [(String, SupabaseHost?)])
  func supabase(host: String, expected: SupabaseHost?) { #expect(SupabaseHost(host) == expected) }
}
