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
        s.stxname::text AS name, NULL::text AS signature, pg_get_statisticsobjdef(s.oid)
          || coalesce(' STATISTICS ' || nullif(s.stxstattarget, -1), '') AS definition,
        pg_get_userbyid(s.stxowner)::text AS owner
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_statistic_ext", "s.oid"))
      """
    let operators = """
      SELECT 'pg_operator', o.oid, 'operator', n.nspname, NULL, o.oprname,
        concat_ws(', ', CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
          CASE WHEN o.oprright = 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END),
        '(' || concat_ws(', ', 'FUNCTION = ' || nullif(o.oprcode::oid, 0)::regproc,
          'COMMUTATOR = ' || \(operatorName("o.oprcom")), 'NEGATOR = ' || \(operatorName("o.oprnegate")),
          'RESTRICT = ' || nullif(o.oprrest::oid, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin::oid, 0)::regproc,
          CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')',
        pg_get_userbyid(o.oprowner)
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
        concat_ws(' ', 'ON', e.evtevent, 'WHEN TAG IN (' ||
            (SELECT string_agg(quote_literal(tag), ', ' ORDER BY tag) FROM unnest(e.evttags) tag) || ')',
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
      UNION ALL
      SELECT 'pg_transform', f.oid, 'transform', NULL, NULL, format_type(f.trftype, NULL) || ' FOR ' || l.lanname, NULL, '',
        NULL
      FROM pg_transform f JOIN pg_language l ON l.oid = f.trflang WHERE \(isOwnObject("pg_transform", "f.oid"))
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
        '(PARSER = ' || quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) || ')' || coalesce(
          (SELECT string_agg(E'\\nADD MAPPING FOR ' || quote_ident(map.alias) || ' WITH ' || map.dictionaries, ''
             ORDER BY map.alias)
           FROM (SELECT token.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
                 FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) token ON token.tokid = m.maptokentype
                 WHERE m.mapcfg = c.oid GROUP BY token.alias) map), ''), pg_get_userbyid(c.cfgowner)
      FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
        JOIN pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_namespace pn ON pn.oid = p.prsnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_config", "c.oid"))
      UNION ALL
      SELECT 'pg_ts_parser', p.oid, 'text search parser', n.nspname, NULL, p.prsname, NULL, '', NULL
      FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_parser", "p.oid"))
      UNION ALL
      SELECT 'pg_ts_template', t.oid, 'text search template', n.nspname, NULL, t.tmplname, NULL, '', NULL
      FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_template", "t.oid"))
      UNION ALL
      SELECT 'pg_ts_dict', d.oid, 'text search dictionary', n.nspname, NULL, d.dictname, NULL,
        '(' || concat_ws(', ', 'TEMPLATE = ' || quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname),
          nullif(d.dictinitoption, '')) || ')', pg_get_userbyid(d.dictowner)
      FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate
        JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
      WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_ts_dict", "d.oid"))
      """
  }

  /// An operator by name and schema, as the settings of another operator name it; NULL for none.
  private func operatorName(_ oid: String) -> String {
    """
    (SELECT 'OPERATOR(' || quote_ident(n2.nspname) || '.' || o2.oprname || ')'
     FROM pg_operator o2 JOIN pg_namespace n2 ON n2.oid = o2.oprnamespace WHERE o2.oid = \(oid))
    """
  }

  /// The options of something foreign as `OPTIONS (name 'value')`, NULL for none.
  ///
  /// What may be a secret stays in the server.
  static func foreignOptions(_ column: String) -> String {
    """
    (SELECT 'OPTIONS (' || string_agg(quote_ident(option_name) || ' ' || quote_literal(
       CASE WHEN option_name ~* 'password|secret|key' THEN '***' ELSE option_value END), ', ' ORDER BY option_name) || ')'
     FROM pg_options_to_table(\(column)))
    """
  }

  private var foreignData: String {
    """
    SELECT 'pg_foreign_data_wrapper', f.oid, 'foreign data wrapper', NULL, NULL, f.fdwname, NULL,
      concat_ws(' ', 'HANDLER ' || nullif(f.fdwhandler, 0)::regproc, 'VALIDATOR ' || nullif(f.fdwvalidator, 0)::regproc,
        \(Self.foreignOptions("f.fdwoptions"))), pg_get_userbyid(f.fdwowner)
    FROM pg_foreign_data_wrapper f WHERE \(isOwnObject("pg_foreign_data_wrapper", "f.oid"))
    UNION ALL
    SELECT 'pg_foreign_server', s.oid, 'foreign server', NULL, NULL, s.srvname, NULL,
      concat_ws(' ', 'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
        'FOREIGN DATA WRAPPER', quote_ident(f.fdwname), \(Self.foreignOptions("s.srvoptions"))), pg_get_userbyid(s.srvowner)
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
    WHERE \(isOwnObject("pg_foreign_server", "s.oid"))
    UNION ALL
    SELECT 'pg_user_mapping', m.umid, 'user mapping', NULL, m.srvname, m.usename, NULL,
      coalesce(\(Self.foreignOptions("m.umoptions")), ''), NULL FROM pg_user_mappings m
    """
  }
}
