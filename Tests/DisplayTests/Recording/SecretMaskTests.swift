import Display
import Testing

@Suite("secrets in a recording")
struct SecretMaskTests {
  private func masked(_ line: String, knowing secrets: String...) -> String {
    var mask = SecretMask()
    for secret in secrets { mask.add(secret) }
    var frame = Frame(size: Size(columns: 90, rows: 1))
    frame.write(Text(foreign: line), at: Point(column: 0, row: 0), style: .plain)
    return mask.masked(frame).text(ofRow: 0)
  }

  @Test("a known password is masked wherever it stands")
  func known() {
    #expect(masked("│ hunter2hunter2 │", knowing: "hunter2") == "│ ************** │")
  }

  @Test("the password of a URL is masked, user and host stay")
  func url() {
    #expect(masked("postgresql://me:hunter2@db:5432/app") == "postgresql://me:*******@db:5432/app")
    #expect(masked("postgresql://me:p@ss@db/app") == "postgresql://me:****@db/app")
  }

  @Test("a password is masked while it is typed")
  func typing() {
    #expect(masked(":target postgresql://me:hunt") == ":target postgresql://me:****")
  }

  @Test("a port is no password")
  func port() {
    #expect(masked("postgresql://db:5432/app") == "postgresql://db:5432/app")
    #expect(masked("http://localhost:54321") == "http://localhost:54321")
  }

  @Test(
    "what is assigned to a password is masked",
    arguments: [
      ("host=db password=hunter2 user=me", "host=db password=******* user=me"),
      ("password = 'a b' sslmode=require", "password = '***' sslmode=require"),
      ("ALTER ROLE app PASSWORD 'hunter2';", "ALTER ROLE app PASSWORD '*******';"),
      ("?password=hunter2&sslmode=require", "?password=*******&sslmode=require"),
      ("Password: hunter2", "Password: *******"),
    ])
  func assigned(line: String, expected: String) {
    #expect(masked(line) == expected)
  }

  @Test("a column that is called so is none")
  func column() {
    #expect(masked("password   text NOT NULL") == "password   text NOT NULL")
    #expect(masked("password_hash text") == "password_hash text")
  }
}
