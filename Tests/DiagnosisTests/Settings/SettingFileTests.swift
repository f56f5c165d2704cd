import Testing

@testable import Diagnosis

@Suite("The files that settings come from")
struct SettingFileTests {
  private let file = EnvironmentFile(
    parsing: """
      # DATABASE_URL=commented
      export DATABASE_URL="postgresql://me:s3cret@host/db"   # the real one
      PLAIN=one two # comment
      HASH=a#b
      SINGLE='as $it \\n is'
      ESCAPED="a\\nb"
      EMPTY=
      not a variable
      SUPABASE_ANON_KEY=public
      SUPABASE_SERVICE_KEY=abc
      TODO_PASSWORD=<your-password>
      LONG="first
      second"
      PLAIN=later
      """, path: ".env")

  @Test("a file of variables")
  func environmentFile() {
    #expect(file["DATABASE_URL"]?.value == "postgresql://me:s3cret@host/db")
    #expect(file["DATABASE_URL"]?.line == 2)
    #expect(file["PLAIN"]?.value == "later")
    #expect(file.variables.first { $0.name == "PLAIN" }?.value == "one two")
    #expect(file["HASH"]?.value == "a#b")
    #expect(file["SINGLE"]?.value == "as $it \\n is")
    #expect(file["ESCAPED"]?.value == "a\nb")
    #expect(file["EMPTY"] == nil)
    #expect(file["LONG"]?.value == "first\nsecond")
    #expect(file["LONG"]?.line == 12)
  }

  @Test("the variables that look like secrets, not those that are public or still to be replaced")
  func secrets() { #expect(file.secretNames == ["DATABASE_URL", "SUPABASE_SERVICE_KEY"]) }

  @Test("a service file: of two sections of one name the first counts")
  func serviceFile() {
    let file = ServiceFile(
      parsing: "# all\n[staging]\nhost=one\nport=5433\n[other]\nhost=two\n[staging]\nhost=three\n", path: "f")
    #expect(file.services["staging"] == ["host": "one", "port": "5433"])
    #expect(file.services["other"] == ["host": "two"])
  }

  @Test("a password file: the first line that fits, with stars and escaped colons")
  func passwordFile() {
    let file = PasswordFile(
      parsing: "#c\ndb\\:1:5432:app:me:x\ndb:*:*:me:y\nlocalhost:5432:*:*:z\n", path: "f")
    #expect(file.line(host: "db:1", port: "5432", database: "app", user: "me") == 2)
    #expect(file.line(host: "db", port: "1", database: "any", user: "me") == 3)
    #expect(file.line(host: "/tmp", port: "5432", database: "d", user: "u") == 4)
    #expect(file.line(host: "elsewhere", port: "5432", database: "d", user: "u") == nil)
    #expect(!String(reflecting: file).contains("\"x\""))
  }

  @Test(
    "each setting with its origin: the address, the service file, the environment, the password file, a default"
  )
  func origins() {
    let sources = SettingSources(
      address: .flag("--database"), given: ["service": "staging", "dbname": "app"], added: ["options"],
      environment: ["PGHOST": "ignored", "PGUSER": "me"],
      serviceFiles: [ServiceFile(parsing: "[staging]\nhost=db\n", path: "services")],
      passwordFile: PasswordFile(parsing: "db:5432:app:me:x\n", path: "passwords"))
    let settings = sources.settings(
      [
        "service": "staging", "host": "db", "port": "5432", "dbname": "app", "user": "me",
        "sslmode": "prefer",
        "options": "-c x=1", "target_session_attrs": "any",
      ], hasPassword: false)
    func origin(_ keyword: String) -> SettingOrigin? { settings.first { $0.keyword == keyword }?.origin }
    #expect(origin("host") == .serviceFile(path: "services", service: "staging"))
    #expect(origin("dbname") == .flag("--database"))
    #expect(origin("user") == .environment(variable: "PGUSER"))
    #expect(origin("port") == .standard)
    #expect(origin("options") == .program)
    #expect(origin("password") == .passwordFile(path: "passwords", line: 1))
    #expect(origin("target_session_attrs") == nil)
  }
}
