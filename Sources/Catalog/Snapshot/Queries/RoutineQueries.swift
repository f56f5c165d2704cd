import Postgres
import Schema

/// Functions, procedures and aggregates.
extension CatalogDialect {
  var routines: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind AS kind, \(argumentTypes("p")) AS arguments,
          pg_get_userbyid(p.proowner) AS owner, pg_get_function_result(p.oid) AS result, l.lanname AS language,
          p.prosecdef AS is_security_definer, p.proconfig AS settings, p.provolatile AS volatility,
          CASE WHEN \(isPlatform("n")) THEN ''
            WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
            ELSE (SELECT concat_ws(' ', 'SFUNC', s.aggtransfn::oid::regprocedure, 'STYPE',
              format_type(s.aggtranstype, NULL), 'FINALFUNC', nullif(s.aggfinalfn::oid, 0)::regprocedure,
              'INITCOND', quote_nullable(s.agginitval), 'KIND', s.aggkind)
              FROM pg_aggregate s WHERE s.aggfnoid = p.oid)
          END AS definition
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
        WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_proc", "p.oid")) AND \(isTouchedRoutine("p"))
        """
    ) { row, builder throws(PostgresError) in
      let kind: ObjectKind =
        switch try row.text("kind") {
        case "p": .procedure
        case "a": .aggregate
        default: .function
        }
      let detail = FunctionDetail(
        result: try row.optionalText("result"), language: try row.text("language"),
        isSecurityDefiner: try row.bool("is_security_definer"),
        settings: try row.optionalArray("settings")?.compactMap { $0 } ?? [],
        volatility: try row.text("volatility"))
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            kind, schema: try row.text("schema"), name: try row.text("name"),
            signature: try row.text("arguments")),
          definition: try row.optionalText("definition") ?? "", detail: .function(detail),
          owner: try row.text("owner")),
        at: .init(catalog: "pg_proc", oid: try row.text("oid")))
    }
  }
}
