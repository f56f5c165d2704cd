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
            ELSE \(aggregateSettings)
          END AS definition\(held("coalesce(p.proacl, acldefault('f', p.proowner))"))
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
      let identity = ObjectIdentity(
        kind, schema: try row.text("schema"), name: try row.text("name"),
        signature: try row.text("arguments"))
      let owner = try row.text("owner")
      builder.add(
        SchemaObject(
          identity: identity, definition: try row.optionalText("definition") ?? "",
          detail: .function(detail), owner: owner),
        at: .init(catalog: "pg_proc", oid: try row.text("oid")))
      try addHeld(row, on: identity, owner: owner, &builder)
    }
  }

  /// An aggregate's settings as `CREATE AGGREGATE` takes them, without those that say the default.
  private var aggregateSettings: String {
    let functions = [
      ("SFUNC", "aggtransfn"), ("FINALFUNC", "aggfinalfn"), ("COMBINEFUNC", "aggcombinefn"),
      ("SERIALFUNC", "aggserialfn"), ("DESERIALFUNC", "aggdeserialfn"), ("MSFUNC", "aggmtransfn"),
      ("MINVFUNC", "aggminvtransfn"), ("MFINALFUNC", "aggmfinalfn"),
    ].map { "'\($0.0) = ' || nullif(s.\($0.1)::oid, 0)::regproc" }
    let flags = [
      ("FINALFUNC_EXTRA", "s.aggfinalextra"), ("MFINALFUNC_EXTRA", "s.aggmfinalextra"),
      ("HYPOTHETICAL", "s.aggkind = 'h'"),
    ].map { "CASE WHEN \($0.1) THEN '\($0.0)' END" }
    let words = [("FINALFUNC_MODIFY", "aggfinalmodify"), ("MFINALFUNC_MODIFY", "aggmfinalmodify")].map {
      "'\($0.0) = ' || CASE s.\($0.1) WHEN 's' THEN 'shareable' WHEN 'w' THEN 'read_write' END"
    }
    let rest = [
      "'STYPE = ' || format_type(s.aggtranstype, NULL)",
      "'MSTYPE = ' || format_type(nullif(s.aggmtranstype, 0), NULL)",
      "'SSPACE = ' || nullif(s.aggtransspace, 0)", "'MSSPACE = ' || nullif(s.aggmtransspace, 0)",
      "'INITCOND = ' || quote_literal(s.agginitval)", "'MINITCOND = ' || quote_literal(s.aggminitval)",
      "'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END",
      """
      'SORTOP = ' || (SELECT 'OPERATOR(' || quote_ident(on2.nspname) || '.' || o2.oprname || ')' FROM pg_operator o2
        JOIN pg_namespace on2 ON on2.oid = o2.oprnamespace WHERE o2.oid = s.aggsortop)
      """,
    ]
    let settings = (functions + rest + flags + words).joined(separator: ", ")
    return "(SELECT '(' || concat_ws(', ', \(settings)) || ')' FROM pg_aggregate s WHERE s.aggfnoid = p.oid)"
  }
}
