import Postgres
public import Schema

/// Definitions that a snapshot leaves out, because the objects are the host's.
extension CatalogReader {
  /// The definition of a function, procedure or view in the server's words; nil if it has none or is not there.
  public func definition(of object: ObjectIdentity) async throws -> String? {
    let dialect = CatalogDialect(version: 0, scope: .everything)
    let sql: String
    var parameters: [Parameter] = [.text(object.schema ?? ""), .text(object.name)]
    switch object.kind {
    case .function, .procedure:
      sql = """
        SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = $1 AND p.proname = $2 AND \(dialect.argumentTypes("p")) = $3 AND p.prokind <> 'a'
        """
      parameters.append(.text(object.signature ?? ""))
    case .view, .materializedView:
      sql = """
        SELECT concat_ws(' ', 'WITH (' || array_to_string(c.reloptions, ', ') || ')', 'AS' || E'\\n' || pg_get_viewdef(c.oid))
          AS definition
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('v', 'm')
        """
    default: return nil
    }
    return try await withLease { lease in
      // Names are written out as in a snapshot: with their schemas.
      let results = try await lease.pipeline([
        PipelineRequest("SELECT set_config('search_path', 'pg_catalog, pg_temp', true)"),
        PipelineRequest(sql, parameters, synchronizes: true),
      ])
      return try results[1].get().rows.first?.optionalText("definition")
    }
  }
}
