import Postgres
import Sandbox
import TestServer
import Testing

@Suite("Connecting")
struct ConnectTests {
  private func failing(_ configuration: ConnectionConfiguration) async throws -> PostgresError {
    try await failure { _ = try await Connection.connect(configuration) }
  }

  private func configuration(_ parameters: [String: String]) -> ConnectionConfiguration {
    ConnectionConfiguration(
      parameters: ["user": "me", "dbname": "db", "password": "topsecret"].merging(parameters) { $1 })
  }

  @Test("says who serves and what they said of themselves")
  func server() async throws {
    try await withConnection { connection, configuration in
      let server = connection.server
      #expect(server.version >= 130_000)
      #expect(server.parameters["client_encoding"] == "UTF8")
      #expect(server.parameters["application_name"] == "signalbox")
      #expect(server.database == configuration.parameters["dbname"])
      #expect(server.host == configuration.parameters["host"])
      #expect(server.port == nil)
      let row = try await connection.query("SELECT pg_backend_pid() AS pid").rows[0]
      #expect(try row.int("pid") == Int(server.processID))
    }
  }

  @Test("to a port where nobody listens is refused")
  func refused() async throws {
    let error = try await failing(configuration(["host": "127.0.0.1", "port": "1"]))
    #expect(error.code == .connectionFailed)
    #expect(error.message.contains("refused"))
    #expect(error.endpoint?.description == "me@127.0.0.1:1/db")
    #expect(!error.description.contains("topsecret"))
  }

  @Test("to a host that has no address says so")
  func unknownHost() async throws {
    let error = try await failing(configuration(["host": "no-such-host.invalid"]))
    #expect(error.code == .nameResolution)
    #expect(error.message.contains("no-such-host.invalid"))
  }

  @Test("with a NUL in a parameter is refused: libpq would cut it off")
  func nul() async throws {
    let error = try await failing(configuration(["host": "127.0.0.1", "user": "me\0you"]))
    #expect(error.code == .configuration)
  }

  @Test("to a socket that is not there names it")
  func noSocket() async throws {
    let error = try await failing(configuration(["host": "/nonexistent", "port": "5555"]))
    #expect(error.code == .connectionFailed)
    #expect(error.description.contains("/nonexistent/.s.PGSQL.5555"))
  }

  @Test("to a database that is missing says which")
  func missingDatabase() async throws {
    let error = try await failing(try await TestServer.configuration().database("no_such_database"))
    #expect(error.code == .connectionFailed)
    #expect(error.message.contains("\"no_such_database\" does not exist"))
  }

  @Test("as a role that is missing is a matter of authentication")
  func missingRole() async throws {
    var configuration = try await TestServer.configuration()
    configuration.parameters["user"] = "no_such_role"
    #expect(try await failing(configuration).code == .authentication)
  }

  @Test("to a server that accepts and stays silent ends at the deadline")
  func silent() async throws {
    let listener = try SilentListener()
    let error = try await failing(
      configuration(["host": "127.0.0.1", "port": "\(listener.port)", "connect_timeout": "0.05"]))
    #expect(error.code == .timedOut)
  }

  @Test("can be cancelled while a server stays silent")
  func cancelled() async throws {
    let listener = try SilentListener()
    let silent = configuration(["host": "127.0.0.1", "port": "\(listener.port)", "connect_timeout": "0"])
    let task = Task { try await Connection.connect(silent) }
    task.cancel()
    let error = try await failure { _ = try await task.value }
    #expect(error.code == .cancelled)
  }

  @Test("tries each host in turn, with a deadline of its own")
  func severalHosts() async throws {
    let listener = try SilentListener()
    var configuration = try await TestServer.configuration()
    let socket = try #require(configuration.parameters["host"])
    let port = configuration.parameters["port"] ?? "5432"
    configuration.parameters["host"] = "no-such-host.invalid,127.0.0.1,127.0.0.1,\(socket)"
    configuration.parameters["port"] = "1,1,\(listener.port),\(port)"
    configuration.connectTimeout = 2
    let connection = try await Connection.connect(configuration)
    #expect(connection.server.host == socket)
    await connection.close()
  }

  @Test("keeps every failure when no host can be had")
  func noHost() async throws {
    let error = try await failing(configuration(["host": "127.0.0.1,/nonexistent", "port": "1"]))
    #expect(error.causes.count == 2)
    #expect(error.causes.map { $0.endpoint?.host } == ["127.0.0.1", "/nonexistent"])
  }

  @Test("asks for a session of the kind that is wanted")
  func sessionAttributes() async throws {
    var configuration = try await TestServer.configuration()
    configuration.parameters["target_session_attrs"] = "standby"
    #expect(try await failing(configuration).code == .connectionFailed)
    for attributes in ["read-write", "primary", "prefer-standby"] {
      configuration.parameters["target_session_attrs"] = attributes
      try await Connection.connect(configuration).close()
    }
  }

  @Test("with a wrong password says so, and never which")
  func wrongPassword() async throws {
    let cluster = try await Cluster.start(ClusterOptions())
    let administrator = try await Connection.connect(
      ConnectionConfiguration(parameters: cluster.connectionParameters()))
    try await administrator.execute(
      """
      SET password_encryption = 'scram-sha-256';
      CREATE ROLE careful LOGIN PASSWORD 'right';
      """)
    let file = try await administrator.query("SHOW hba_file").rows[0].text("hba_file")
    try await administrator.execute(
      """
      COPY (VALUES ('local all careful scram-sha-256'), ('local all all trust')) TO '\(file)';
      SELECT pg_reload_conf();
      """)
    func attempt(_ password: String?) async throws {
      var parameters = cluster.connectionParameters()
      parameters["user"] = "careful"
      parameters["password"] = password
      try await Connection.connect(ConnectionConfiguration(parameters: parameters)).close()
    }
    // The server reads the file when it gets to it: until then it asks for no password.
    while (try? await attempt("topsecret")) != nil {}
    let wrong = try await failure { try await attempt("topsecret") }
    #expect(wrong.code == .authentication)
    #expect(wrong.message == "password authentication failed for user \"careful\"")
    #expect(!wrong.description.contains("topsecret"))
    let none = try await failure { try await attempt(nil) }
    #expect(none.code == .authentication)
    try await attempt("right")
    await administrator.close()
    try await cluster.stop()
  }
}
