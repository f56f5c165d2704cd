import Postgres
import Testing

@Suite("A connection configuration")
struct ConnectionConfigurationTests {
  @Test("reads a URI and a key=value string alike")
  func forms() throws {
    let uri = try ConnectionConfiguration("postgresql://me:s%20ecret@db.internal:5433/app?connect_timeout=3")
    let pairs = try ConnectionConfiguration(
      "user=me password='s ecret' host=db.internal port=5433 dbname=app connect_timeout=3")
    #expect(uri == pairs)
    #expect(uri.parameters["password"] == "s ecret")
    #expect(uri.connectTimeout == 3)
    #expect(uri.database("other").parameters["dbname"] == "other")
  }

  @Test("gives an address ten seconds when nothing else is said")
  func defaultTimeout() throws {
    #expect(try ConnectionConfiguration("host=x").connectTimeout == 10)
  }

  @Test(
    "that is malformed names what is wrong and never a secret",
    arguments: [
      "host=x password=topsecret hunter2",
      "postgresql://me:topsecret@[::1/db",
      "postgresql://me:topsecret%zz@host/db",
      "host=x password='topsecret",
      "postgresql://me:topsecret@host/db?a=b=topsecret",
      "postgresql://me:topsecret@host/db?topsecret",
      "host=x hunter2\" in connection info string",
    ])
  func malformed(text: String) throws {
    let error = try #require(throws: PostgresError.self) { try ConnectionConfiguration(text) }
    #expect(error.code == .configuration)
    #expect(error.message.hasPrefix("invalid connection string: "))
    #expect(!error.description.contains("topsecret"))
    #expect(!error.description.contains("hunter2"))
    #expect(!error.description.contains("%zz"))
  }

  @Test("names an option that does not exist")
  func unknownOption() throws {
    let error = try #require(throws: PostgresError.self) { try ConnectionConfiguration("hst=x") }
    #expect(error.message.contains("\"hst\""))
  }

  @Test("never shows its password")
  func description() throws {
    let configuration = try ConnectionConfiguration("postgresql://me:topsecret@host/db")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("topsecret"))
      #expect(text.contains("host"))
    }
  }
}
