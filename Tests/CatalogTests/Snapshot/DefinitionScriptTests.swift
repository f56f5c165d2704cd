import Catalog
import Postgres
import Schema
import TestServer
import Testing

/// The texts that the Schema screen shows, tried out: what they make must be what they were made from.
@Suite("Definition scripts on a server")
struct DefinitionScriptServerTests {
  @Test("run in another database, the definitions make the same objects again")
  func roundTrip() async throws {
    let original = try await snapshot { connection in
      try await connection.execute(Example.sql(version: connection.server.version))
    }
    let index = SnapshotIndex(original)
    let kinds: Set<ObjectKind> = [
      .schema, .table, .view, .materializedView, .function, .procedure, .type, .domain, .sequence,
      .publication,
      .statistics,
    ]
    let statements = original.objects.values.filter { object in
      guard kinds.contains(object.identity.kind), object.identity != ObjectIdentity(.schema, name: "public")
      else {
        return false
      }
      return if case .sequence(let detail) = object.detail { !detail.isIdentity } else { true }
    }
    .sorted { $0.identity < $1.identity }
    .flatMap { DefinitionScript(of: $0, in: index).statements }

    let copy = try await snapshot { connection in
      // Whatever order the objects need: what fails is tried again once something else was made.
      var waiting = statements
      var failures: [String] = []
      while true {
        failures = []
        var left: [String] = []
        for statement in waiting {
          do {
            try await connection.execute(statement)
          } catch let error as PostgresError {
            failures.append("\(error.message): \(statement)")
            left.append(statement)
          }
        }
        if left.isEmpty || left.count == waiting.count { break }
        waiting = left
      }
      #expect(failures == [])
    }
    let difference = SnapshotDifference(from: original, to: copy)
    let unwritten: Set<ObjectKind> = [.aggregate, .operator, .cast, .defaultPrivilege]
    let isWritten = { (object: SchemaObject) in
      // The grants and comments of what has no definition of ours are not made either. Roles with what they
      // have and tablespaces are the whole server's: other tests make and drop theirs meanwhile.
      ![.role, .setting, .tablespace].contains(object.identity.kind)
        && !(object.identity.signature ?? "").hasPrefix("MEMBER to ")
        && !unwritten.contains(object.identity.kind)
        && !object.identity.name.hasPrefix("total(")
    }
    #expect(difference.added.filter(isWritten).map(\.identity) == [])
    #expect(difference.removed.filter(isWritten).map(\.identity) == [])
    #expect(
      difference.changed.filter { $0.before.identity.kind != .role }.map {
        "\($0.before.identity): \($0.before.definition) → \($0.after.definition)"
      }
        == [])
  }

  @Test("a function that the snapshot left out is read by its argument types, a view with its options")
  func leftOut() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(Example.sql(version: connection.server.version))
      let reader = CatalogReader(connection)
      let function = try await reader.definition(of: .function("public", "f", "mood"))
      #expect(function == nil)
      let named = try await reader.definition(of: .function("public", "f", "public.mood"))
      #expect(named?.hasPrefix("CREATE OR REPLACE FUNCTION public.f(a public.mood)") == true)
      let view = try await reader.definition(of: ObjectIdentity(.view, schema: "public", name: "active"))
      #expect(view?.contains("FROM public.telemetry") == true)
      let nothing = try await reader.definition(of: ObjectIdentity(.view, schema: "public", name: "none"))
      #expect(nothing == nil)
      await connection.close()
    }
  }

  private func snapshot(_ prepare: (Connection) async throws -> Void) async throws -> Snapshot {
    var result: Snapshot?
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await prepare(connection)
      result = try await CatalogReader(connection).snapshot()
      await connection.close()
    }
    return try #require(result)
  }
}
