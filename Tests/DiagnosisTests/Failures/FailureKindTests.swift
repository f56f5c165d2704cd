import Testing

@testable import Diagnosis

@Suite("The kind of a failure, from what libpq, PostgreSQL and poolers say")
struct FailureKindTests {
  @Test(
    "each message is of one kind",
    arguments: [
      ("could not resolve host \"x\": Name or service not known", .nameUnresolved),
      ("Connection refused. Is the server running on that host and accepting TCP/IP connections?", .refused),
      ("the server did not answer in time (address 10.0.0.1)", .timedOut),
      ("Network is unreachable. Is the server running on that host?", .unreachable),
      ("No such file or directory. Is the server running locally?", .socketMissing),
      ("Permission denied. Is the server running locally?", .socketForbidden),
      ("server closed the connection unexpectedly", .closed),
      ("expected authentication request from server, but received H", .notPostgres),
      ("received invalid response to SSL negotiation: H", .notPostgres),
      (
        "no pg_hba.conf entry for host \"10.0.0.1\", user \"me\", database \"d\", no encryption", .tlsRequired
      ),
      (
        "no pg_hba.conf entry for host \"10.0.0.1\", user \"me\", database \"d\", SSL encryption",
        .accessRejected
      ),
      ("server does not support SSL, but SSL was required", .tlsNotOffered),
      ("SSL error: certificate verify failed", .certificateRefused),
      ("root certificate file \"/root/.postgresql/root.crt\" does not exist", .certificateRefused),
      ("server certificate for \"a\" does not match host name \"b\"", .certificateRefused),
      ("connection requires a valid client certificate", .clientCertificate),
      ("password authentication failed for user \"me\"", .wrongPassword),
      ("fe_sendauth: no password supplied", .passwordMissing),
      ("Peer authentication failed for user \"me\"", .methodRefused),
      ("role \"me\" does not exist", .roleMissing),
      ("database \"d\" does not exist", .databaseMissing),
      ("no such database: d", .databaseMissing),
      ("permission denied for database \"d\"", .databaseForbidden),
      ("Tenant or user not found", .tenantUnknown),
      ("(ENOTFOUND) tenant/user postgres.abc not found", .tenantUnknown),
      ("sorry, too many clients already", .serverFull),
      ("MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited", .poolerFull),
      ("no more connections allowed (max_client_conn)", .poolerFull),
      ("unsupported startup parameter in options: default_transaction_read_only", .startupParameter),
      ("unsupported startup parameter: options", .startupParameter),
      ("pgbouncer cannot connect to server", .poolerWithoutServer),
      ("bouncer config error", .poolerWithoutServer),
      ("the database system is starting up", .serverStarting),
      ("definition of service \"x\" not found", .settings),
      ("something new", .other),
    ] as [(String, FailureKind)])
  func kinds(message: String, kind: FailureKind) {
    #expect(FailureKind(message: message) == kind)
  }
}
