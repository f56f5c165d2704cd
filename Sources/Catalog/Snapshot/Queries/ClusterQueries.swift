/// What belongs to the whole cluster, or is stored there for one database.
extension CatalogDialect {
  /// Roles, tablespaces, this database's subscriptions, and the settings that are stored with roles and this database.
  ///
  /// The value of a setting whose name speaks of a secret stays in the server.
  var cluster: String {
    """
    SELECT 'pg_authid', r.oid, 'role', NULL, NULL, r.rolname, NULL, concat_ws(' ',
        CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
        CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
        CASE WHEN r.rolconnlimit <> -1 THEN 'CONNECTION LIMIT ' || r.rolconnlimit END,
        CASE WHEN r.rolvaliduntil < 'infinity' THEN 'VALID UNTIL ' || quote_literal(r.rolvaliduntil) END), NULL
    FROM pg_roles r WHERE r.rolname !~ '^pg_'
    UNION ALL
    SELECT 'pg_tablespace', s.oid, 'tablespace', NULL, NULL, s.spcname, NULL,
      coalesce('WITH (' || array_to_string(s.spcoptions, ', ') || ')', ''), pg_get_userbyid(s.spcowner)
    FROM pg_tablespace s WHERE s.spcname !~ '^pg_'
    UNION ALL
    SELECT 'pg_subscription', s.oid, 'subscription', NULL, NULL, s.subname, NULL,
      concat_ws(' ', 'PUBLICATION ' || (SELECT string_agg(one, ', ' ORDER BY one) FROM unnest(s.subpublications) one),
        CASE WHEN NOT s.subenabled THEN '[DISABLED]' END), pg_get_userbyid(s.subowner)
    FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()
    UNION ALL
    SELECT 'pg_db_role_setting', 0::oid, 'setting', NULL, NULL, lower(split_part(one, '=', 1)),
      CASE WHEN s.setrole = 0 AND s.setdatabase <> 0 THEN 'database ' || d.datname
        ELSE 'role ' || coalesce(r.rolname, 'ALL') || coalesce(' in database ' || d.datname, '') END,
      CASE WHEN split_part(one, '=', 1) !~* 'password|secret|key|token' THEN substr(one, strpos(one, '=') + 1) END, NULL
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) one LEFT JOIN pg_roles r ON r.oid = s.setrole
      LEFT JOIN pg_database d ON d.oid = s.setdatabase
    WHERE (s.setdatabase = 0 OR d.datname = current_database()) AND (s.setrole = 0 OR r.rolname !~ '^pg_')
    """
  }
}
