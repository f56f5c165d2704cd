import Postgres
import Schema

/// The rarer kinds, which need no more than an identity and a definition.
extension CatalogDialect {
  var others: CatalogQuery {
    CatalogQuery(sql: otherSources.joined(separator: "\nUNION ALL\n")) { row, builder throws(PostgresError) in
      let word = try row.text("kind")
      guard let kind = ObjectKind(rawValue: word) else {
        throw PostgresError(
          .unexpectedValue, "the snapshot query names an unknown kind of object, \"\(word)\"")
      }
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            kind, schema: try row.optionalText("schema"), parent: try row.optionalText("parent"),
            name: try row.text("name"), signature: try row.optionalText("signature")),
          definition: try row.optionalText("definition") ?? "", owner: try row.optionalText("owner")),
        at: .init(catalog: try row.text("catalog"), oid: try row.text("oid")))
    }
  }

  private var otherSources: [String] {
    let database = """
      SELECT 'pg_statistic_ext' AS catalog, s.oid, 'statistics' AS kind, n.nspname::text AS schema, NULL::text AS parent,
        s.stxname::text AS name, NULL::text AS signature, pg_get_statisticsobjdef(s.oid) AS definition,
        pg_get_userbyid(s.stxowner)::text AS owner
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_statistic_ext", "s.oid"))
      """
    let operators = """
      SELECT 'pg_operator', o.oid, 'operator', n.nspname, NULL, o.oprname,
        concat_ws(', ', CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
          CASE WHEN o.oprright = 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END),
        concat_ws(' ', 'FUNCTION', nullif(o.oprcode::oid, 0)::regprocedure, 'COMMUTATOR', nullif(o.oprcom, 0)::regoperator,
          'NEGATOR', nullif(o.oprnegate, 0)::regoperator, CASE WHEN o.oprcanhash THEN 'HASHES' END,
          CASE WHEN o.oprcanmerge THEN 'MERGES' END), pg_get_userbyid(o.oprowner)
      FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_operator", "o.oid"))
      """
    let casts = """
      SELECT 'pg_cast', c.oid, 'cast', NULL, NULL,
        format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL), NULL,
        concat_ws(' ', CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
          ELSE 'WITHOUT FUNCTION' END, CASE c.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END),
        NULL
      FROM pg_cast c WHERE c.oid >= 16384 AND \(isOwnObject("pg_cast", "c.oid"))
      """
    let eventTriggers = """
      SELECT 'pg_event_trigger', e.oid, 'event trigger', NULL, NULL, e.evtname, NULL,
        concat_ws(' ', 'ON', e.evtevent, 'WHEN TAG IN (' || array_to_string(e.evttags, ', ') || ')',
          'EXECUTE FUNCTION', e.evtfoid::regprocedure, CASE e.evtenabled WHEN 'D' THEN '[DISABLED]' WHEN 'R' THEN '[REPLICA]'
          WHEN 'A' THEN '[ALWAYS]' END), pg_get_userbyid(e.evtowner)
      FROM pg_event_trigger e WHERE \(isOwnObject("pg_event_trigger", "e.oid"))
      """
    let operatorSupport = """
      SELECT 'pg_opclass', o.oid, 'operator class', n.nspname, NULL, o.opcname, a.amname,
        'FOR TYPE ' || format_type(o.opcintype, NULL) || CASE WHEN o.opcdefault THEN ' DEFAULT' ELSE '' END,
        pg_get_userbyid(o.opcowner)
      FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am a ON a.oid = o.opcmethod
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_opclass", "o.oid"))
      UNION ALL
      SELECT 'pg_opfamily', o.oid, 'operator family', n.nspname, NULL, o.opfname, a.amname, '', pg_get_userbyid(o.opfowner)
      FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace JOIN pg_am a ON a.oid = o.opfmethod
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_opfamily", "o.oid"))
      UNION ALL
      SELECT 'pg_am', a.oid, 'access method', NULL, NULL, a.amname, NULL, 'HANDLER ' || a.amhandler::oid::regprocedure, NULL
      FROM pg_am a WHERE a.oid >= 16384 AND \(isOwnObject("pg_am", "a.oid"))
      """
    return [database, operators, casts, eventTriggers, operatorSupport, text, foreignData, cluster]
  }

  /// Collations, conversions, languages and text search.
  private var text: String {
    let version = version
    let locale =
      version >= 170000 ? "c.colllocale" : version >= 150000 ? "c.colliculocale" : "NULL"
    return """
      SELECT 'pg_collation', c.oid, 'collation', n.nspname, NULL, c.collname, NULL,
        concat_ws(' ', c.collprovider::text, c.collcollate::text, c.collctype::text, \(locale)::text,
          CASE WHEN NOT c.collisdeterministic THEN 'NONDETERMINISTIC' END), pg_get_userbyid(c.collowner)
      FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_collation", "c.oid"))
      UNION ALL
      SELECT 'pg_conversion', c.oid, 'conversion', n.nspname, NULL, c.conname, NULL,
        concat_ws(' ', pg_encoding_to_char(c.conforencoding), 'TO', pg_encoding_to_char(c.contoencoding)),
        pg_get_userbyid(c.conowner)
      FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_conversion", "c.oid"))
      UNION ALL
      SELECT 'pg_language', l.oid, 'language', NULL, NULL, l.lanname, NULL,
        CASE WHEN l.lanpltrusted THEN 'TRUSTED' ELSE '' END, pg_get_userbyid(l.lanowner)
      FROM pg_language l WHERE l.oid >= 16384 AND \(isOwnObject("pg_language", "l.oid"))
      UNION ALL
      SELECT 'pg_ts_config', c.oid, 'text search configuration', n.nspname, NULL, c.cfgname, NULL,
        (SELECT string_agg(m.maptokentype || ': ' || m.mapdict::regdictionary, ', ' ORDER BY m.maptokentype, m.mapseqno)
         FROM pg_ts_config_map m WHERE m.mapcfg = c.oid), pg_get_userbyid(c.cfgowner)
      FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_config", "c.oid"))
      UNION ALL
      SELECT 'pg_ts_dict', d.oid, 'text search dictionary', n.nspname, NULL, d.dictname, NULL,
        concat_ws(' ', t.tmplname::text, d.dictinitoption), pg_get_userbyid(d.dictowner)
      FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_dict", "d.oid"))
      """
  }

  private var foreignData: String {
    """
    SELECT 'pg_foreign_data_wrapper', f.oid, 'foreign data wrapper', NULL, NULL, f.fdwname, NULL,
      array_to_string(f.fdwoptions, ', '), pg_get_userbyid(f.fdwowner)
    FROM pg_foreign_data_wrapper f WHERE \(isOwnObject("pg_foreign_data_wrapper", "f.oid"))
    UNION ALL
    SELECT 'pg_foreign_server', s.oid, 'foreign server', NULL, NULL, s.srvname, NULL,
      concat_ws(' ', 'FOREIGN DATA WRAPPER', f.fdwname, s.srvtype, s.srvversion), pg_get_userbyid(s.srvowner)
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
    WHERE \(isOwnObject("pg_foreign_server", "s.oid"))
    UNION ALL
    SELECT 'pg_user_mapping', m.umid, 'user mapping', NULL, m.srvname, m.usename, NULL, '', NULL FROM pg_user_mappings m
    """
  }

  /// What belongs to the whole cluster: its roles.
  private var cluster: String {
    """
    SELECT 'pg_authid', r.oid, 'role', NULL, NULL, r.rolname, NULL, concat_ws(' ',
        CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
        CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END), NULL
    FROM pg_roles r WHERE r.rolname !~ '^pg_'
    """
  }
}
