import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Snapshot and its session")
struct SnapshotSessionTests {
  @Test(
    "in an open transaction the snapshot sees what it did, and leaves settings and transaction as they were")
  func transaction() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.withLease { lease in
        try await lease.execute("BEGIN; SET LOCAL search_path = public, pg_temp; CREATE TABLE fresh (a int)")
        let snapshot = try await CatalogReader(lease).snapshot()
        #expect(snapshot.contains(.table("public", "fresh")))
        let path = try await lease.query("SHOW search_path")
        #expect(path.rows.first?[0] == "public, pg_temp")
        #expect(await lease.transactionStatus == .inTransaction)
        try await lease.execute("ROLLBACK")
        let after = try await CatalogReader(lease).snapshot()
        #expect(!after.contains(.table("public", "fresh")))
        #expect(await lease.transactionStatus == .idle)
      }
      await connection.close()
    }
  }

  @Test("a snapshot that waits for a lock too long fails, and the transaction around it stays usable")
  func lockTimeout() async throws {
    try await TestServer.withDatabase { configuration in
      let holder = try await Connection.connect(configuration)
      let reader = try await Connection.connect(configuration)
      try await holder.execute("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t")
      try await holder.withLease { lease in
        try await lease.execute("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        let outside = await #expect(throws: PostgresError.self) {
          try await CatalogReader(reader).snapshot(lockTimeout: 0.05)
        }
        #expect(outside?.sqlState == "55P03")
        try await reader.withLease { inner in
          try await inner.execute("BEGIN; CREATE TABLE mine (a int); SET LOCAL lock_timeout = '50ms'")
          let inside = await #expect(throws: PostgresError.self) { try await CatalogReader(inner).snapshot() }
          #expect(inside?.sqlState == "55P03")
          #expect(await inner.transactionStatus == .inTransaction)
          let count = try await inner.query("SELECT count(*) FROM mine")
          #expect(count.rows.first?[0] == "0")
          try await inner.execute("ROLLBACK")
        }
        try await lease.execute("ROLLBACK")
      }
      #expect(try await CatalogReader(reader).snapshot().contains(.table("public", "t")))
      await holder.close()
      await reader.close()
    }
  }

  @Test("in a failed transaction nothing can be read, and that is said")
  func failedTransaction() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.withLease { lease in
        await #expect(throws: PostgresError.self) { try await lease.execute("BEGIN; SELECT 1/0") }
        let error = await #expect(throws: PostgresError.self) { try await CatalogReader(lease).snapshot() }
        #expect(error?.code == .misuse)
        try await lease.execute("ROLLBACK")
      }
      await connection.close()
    }
  }

  @Test("what a session has set, or made for itself, changes nothing in what is read")
  func settings() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Example.sql(version: connection.server.version))
      let plain = try await CatalogReader(connection).snapshot()
      try await connection.execute(
        """
        SET search_path = public, auth; SET quote_all_identifiers = on; SET DateStyle = 'German';
        SET standard_conforming_strings = off; SET IntervalStyle = 'iso_8601'; SET default_transaction_read_only = on;
        SET TimeZone = 'Asia/Tokyo'
        """)
      #expect(SnapshotDifference(from: plain, to: try await CatalogReader(connection).snapshot()).isEmpty)
      try await connection.execute("SET default_transaction_read_only = off")
      try await connection.execute("CREATE TEMP TABLE pg_class (x int); CREATE TEMP TABLE pg_proc (y int)")
      #expect(SnapshotDifference(from: plain, to: try await CatalogReader(connection).snapshot()).isEmpty)
      await connection.close()
    }
  }
}
