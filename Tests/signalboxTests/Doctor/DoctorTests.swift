import Glibc
import Postgres
import Sandbox
import TestServer
import Testing

@Suite("signalbox doctor")
struct DoctorTests {
  private let project = TemporaryProject(["001_a.sql": "CREATE TABLE a (x int);\n"])

  private func doctor(
    _ address: String, _ more: String..., environment: [String: String] = [:]
  ) async throws
    -> Program.Result
  {
    try await Program.run(
      ["doctor", "--project", project.path, "--database", address] + more, environment: environment)
  }

  @Test("a connection that stands: server, latency, way, role, and nothing in the way")
  func sound() async throws {
    try await TestServer.withDatabase { configuration in
      let address = HelixDatabase(configuration: configuration).address
      let text = try await doctor(address)
      #expect(text.status == 0)
      #expect(text.output.contains("superuser"))
      #expect(text.output.contains("a round trip connection.made"))
      #expect(text.output.contains(", direct, not encrypted"))
      #expect(text.output.contains("Nothing is in the way."))
      let json = try await doctor(address, "--json")
      for part in [
        "\"outcome\": \"connected\"", "\"pooling\": \"direct\"", "\"platform\": \"none\"", "\"latency_ms\": ",
        "\"clock_difference_ms\": ", "\"source\": \"flag\"",
      ] {
        #expect(json.output.contains(part), "\(part)")
      }
    }
  }

  @Test("a name that does not resolve")
  func unknownName() async throws {
    let result = try await doctor("postgresql://me@no-such-host.invalid/d")
    #expect(result.status == 3)
    #expect(result.output.contains("`no-such-host.invalid`"))
    // Without a name server nobody can say that there is no such name.
    #expect(result.output.contains("name.unresolved") || result.output.contains("name.no-answer"))
  }

  @Test("a port that refuses")
  func refused() async throws {
    let result = try await doctor("host=127.0.0.1 port=\(try ListeningServer.freePort()) user=me dbname=d")
    #expect(result.status == 3)
    #expect(result.output.contains("port.refused"))
    #expect(result.output.contains("start the server, or correct the port"))
  }

  @Test("a port that never answers")
  func silent() async throws {
    let server = try SilentServer()
    let result = try await doctor(
      "host=127.0.0.1 port=\(server.port) user=me dbname=d", "--connect-timeout", "0.2")
    #expect(result.status == 3)
    #expect(result.output.contains("port.silent"))
    #expect(result.output.contains("firewall"))
  }

  @Test("a password that cuts the address in two is explained, never shown, and nothing is tried")
  func unencodedPassword() async throws {
    let result = try await doctor("postgresql://me:top@sec/ret@127.0.0.1:1/d")
    #expect(result.status == 2)
    #expect(result.output.contains("`@` as `%40`, `/` as `%2F`"))
    let status = try await Program.run(
      "status", "--project", project.path, "--database", "postgresql://me:top@sec/ret@127.0.0.1:1/d")
    #expect(status.status == 2)
    #expect(status.errors.contains("`%40`"))
    for output in [result.output, result.errors, status.output, status.errors] {
      #expect(!output.contains("sec") && !output.contains("ret@"))
    }
  }

  @Test("a placeholder, and parameters of other libraries")
  func foreign() async throws {
    let placeholder = try await doctor("postgresql://postgres.abc:[YOUR-PASSWORD]@127.0.0.1/postgres")
    #expect(placeholder.status == 2)
    #expect(placeholder.output.contains("address.placeholder"))
    let prisma = try await doctor("postgresql://me@127.0.0.1:6543/postgres?pgbouncer=true", "--json")
    #expect(prisma.status == 2)
    #expect(prisma.output.contains("address.foreign-parameter"))
    #expect(prisma.output.contains("\"outcome\": \"not-tried\""))
  }

  @Test("a wrong password, a missing one, a role and a database that are not there")
  func login() async throws {
    try await ListeningServer.with { server, administrator in
      try await administrator.execute(
        "SET password_encryption = 'scram-sha-256'; CREATE ROLE careful LOGIN PASSWORD 'right'")
      let file = try await administrator.query("SHOW hba_file").rows[0].text("hba_file")
      try await administrator.execute(
        """
        COPY (VALUES ('local all all trust'), ('host all careful all scram-sha-256'), ('host all all all trust'))
        TO '\(file)'; SELECT pg_reload_conf();
        """)
      // The server reads the file when it gets to it: until then it asks for no password.
      var wrong = try await doctor(server.address("user=careful", "password=topsecret"))
      while wrong.status == 0 {
        wrong = try await doctor(server.address("user=careful", "password=topsecret"))
      }
      #expect(wrong.status == 3)
      #expect(wrong.output.contains("does not accept the password of `careful` password.wrong"))
      #expect(wrong.output.contains("it comes from --database"))
      #expect(!wrong.output.contains("topsecret"))
      #expect(try await doctor(server.address("user=careful")).output.contains("password.missing"))
      #expect(try await doctor(server.address("user=careful", "password=right")).status != 3)
      #expect(try await doctor(server.address("user=nobody_here")).output.contains("role.missing"))
      let missing = try await doctor("host=127.0.0.1 port=\(server.port) user=postgres dbname=nowhere")
      #expect(missing.output.contains("the server has no database `nowhere` database.missing"))
    }
  }

  @Test("a server that wants TLS, and a certificate that nobody has signed")
  func encryption() async throws {
    try await ListeningServer.with { server, administrator in
      let offered = try await doctor(server.address("user=postgres", "sslmode=require"))
      #expect(offered.status == 3)
      #expect(offered.output.contains("tls.not-offered"))
      // A server that was built without TLS has no more to show.
      guard try await administrator.query("SHOW ssl_library").rows[0].text("ssl_library") != "" else {
        return
      }
      let file = try await administrator.query("SHOW hba_file").rows[0].text("hba_file")
      // The server itself makes the key: it must be its own, and nobody else's.
      try await administrator.execute(
        """
        COPY (SELECT 1) TO PROGRAM 'umask 077; cat > /dev/null; openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db.test -keyout server.key -out server.crt 2> /dev/null';
        """)
      try await administrator.execute("ALTER SYSTEM SET ssl = on")
      try await administrator.execute(
        """
        COPY (VALUES ('local all all trust'), ('hostssl all all all trust')) TO '\(file)'; SELECT pg_reload_conf();
        """)
      var refused = try await doctor(server.address("user=postgres", "sslmode=disable"))
      while refused.status == 0 {
        refused = try await doctor(server.address("user=postgres", "sslmode=disable"))
      }
      #expect(refused.status == 3)
      #expect(
        refused.output.contains("the server takes encrypted connections only, and sslmode is `disable`"))
      var encrypted = try await doctor(server.address("user=postgres", "sslmode=require"))
      while encrypted.status == 3 {
        encrypted = try await doctor(server.address("user=postgres", "sslmode=require"))
      }
      #expect(encrypted.status == 0)
      #expect(encrypted.output.contains("direct, TLSv1."))

      let certificate = try await administrator.query("SELECT pg_read_file('server.crt') AS text").rows[0]
        .text("text")
      project.write("root.crt", Array(certificate.utf8))
      let root = "sslrootcert=\(project.path)/root.crt"
      let unknown = try await doctor(
        server.address("user=postgres", "sslmode=verify-ca", "sslrootcert=/nonexistent.crt"))
      #expect(unknown.output.contains("tls.certificate"))
      let otherName = try await doctor(server.address("user=postgres", "sslmode=verify-full", root))
      #expect(otherName.status == 3)
      #expect(otherName.output.contains("the name that stands in the certificate"))
      #expect(try await doctor(server.address("user=postgres", "sslmode=verify-ca", root)).status == 0)
    }
  }

  @Test("a PgBouncer is found by facts, and its mode as well", .enabled(if: Bouncer.isInstalled))
  func bouncer() async throws {
    try await Bouncer.with(mode: "session") { address in
      let session = try await doctor(address)
      #expect(session.status == 0)
      #expect(session.output.contains("pooler.session"))
      #expect(session.output.contains("through a pooler in session mode"))
      let readOnly = try await doctor(address, "--read-only")
      #expect(readOnly.status == 3)
      #expect(readOnly.output.contains("pooler.startup-parameter"))
      #expect(readOnly.output.contains("leave out --read-only"))
    }
    try await Bouncer.with(mode: "transaction") { address in
      let transaction = try await doctor(address)
      #expect(transaction.status == 1)
      #expect(transaction.output.contains("a pooler in transaction mode stands before the server"))
      #expect(transaction.output.contains("pool_mode = session"))
      #expect(try await doctor(address, "--json").output.contains("\"pooling\": \"transaction\""))
    }
    try await Bouncer.with(mode: "statement") { address in
      let statement = try await doctor(address, "--json")
      #expect(statement.output.contains("\"pooling\": \"transaction\""))
    }
  }

  @Test(
    "--read-only is set in the session where a pooler drops it from the connection",
    .enabled(if: Bouncer.isInstalled))
  func droppedReadOnly() async throws {
    try await Bouncer.with(mode: "session", more: "ignore_startup_parameters = options") { address in
      let status = try await Program.run(
        ["status", "--read-only", "--project", project.path, "--database", address])
      #expect(status.status == 0)
      let open = try await Program.run(["status", "--project", project.path, "--database", address])
      #expect(open.status == 0)
    }
  }

  @Test(
    "a PgBouncer that does not know the database", .enabled(if: Bouncer.isInstalled))
  func bouncerWithoutDatabase() async throws {
    try await Bouncer.with(mode: "session") { address in
      let other = address.split(separator: " ").filter { !$0.hasPrefix("dbname=") }.joined(separator: " ")
      let result = try await doctor(other + " dbname=nowhere")
      #expect(result.status == 3)
      // Without a list of users it cannot tell whose database it would be.
      #expect(result.output.contains("bouncer config error pooler.without-server"))
    }
  }

  @Test("the extensions that the migrations install")
  func extensions() async throws {
    let project = TemporaryProject([
      "001_a.sql": "CREATE EXTENSION nowhere_to_be_had; CREATE EXTENSION plpgsql;"
    ])
    try await TestServer.withDatabase { configuration in
      let address = HelixDatabase(configuration: configuration).address
      let result = try await Program.run(["doctor", "--project", project.path, "--database", address])
      #expect(result.status == 1)
      #expect(result.output.contains("extension `nowhere_to_be_had` is not available on this server"))
      #expect(
        result.output.contains("extension `plpgsql` 1.0 is installed in schema `pg_catalog`, for `001_a`"))
    }
  }
}
