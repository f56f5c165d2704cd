/// Where a server gets the files of an extension from.
public enum ExtensionSource {
  /// What to do on a server that has no files of an extension.
  ///
  /// - Parameter serverMajor: the server's major version, such as 17.
  public static func advice(for name: String, serverMajor: Int) -> String {
    let managed = "a managed server has what its provider offers: ask there, or switch it on in its dashboard"
    if contrib.contains(name) {
      return
        "it comes with PostgreSQL: install the server's contrib package (`postgresql-contrib`, or `postgresql\(serverMajor)-contrib`); \(managed)"
    }
    if supabaseOnly.contains(name) {
      return
        "Supabase provides it: switch it on under Database, Extensions; a plain PostgreSQL does not have it"
    }
    if let package = packages[name] {
      return
        "install \(package.project) on the server: `apt install postgresql-\(serverMajor)-\(package.suffix)` (Debian, Ubuntu and apt.postgresql.org); \(managed)"
    }
    return
      "install its files on the server (`pg_config --sharedir` has the directory `extension`), or use a server that has it; \(managed)"
  }

  /// What PostgreSQL's own source has in `contrib`.
  private static let contrib: Set<String> = [
    "adminpack", "amcheck", "autoinc", "bloom", "bool_plperl", "btree_gin", "btree_gist", "citext", "cube",
    "dblink", "dict_int", "dict_xsyn", "earthdistance", "file_fdw", "fuzzystrmatch", "hstore",
    "hstore_plperl", "hstore_plpython3u", "insert_username", "intagg", "intarray", "isn", "jsonb_plperl",
    "jsonb_plpython3u", "lo", "ltree", "ltree_plpython3u", "moddatetime", "old_snapshot", "pageinspect",
    "pg_buffercache", "pg_freespacemap", "pg_logicalinspect", "pg_prewarm", "pg_stat_statements",
    "pg_surgery", "pg_trgm", "pg_visibility", "pg_walinspect", "pgcrypto", "pgrowlocks", "pgstattuple",
    "postgres_fdw", "refint", "seg", "sslinfo", "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time",
    "unaccent", "uuid-ossp", "xml2",
  ]

  /// What only Supabase's image brings along.
  private static let supabaseOnly: Set<String> = [
    "index_advisor", "pg_graphql", "pg_jsonschema", "pg_net", "pgjwt", "pgsodium", "supabase_vault",
    "wrappers",
  ]

  /// Packages of Debian and apt.postgresql.org: `postgresql-17-pgvector` for `vector`.
  private static let packages: [String: (project: String, suffix: String)] = [
    "vector": ("pgvector", "pgvector"),
    "age": ("Apache AGE", "age"),
    "hll": ("hll", "hll"),
    "http": ("pgsql-http", "http"),
    "hypopg": ("HypoPG", "hypopg"),
    "ip4r": ("ip4r", "ip4r"),
    "orafce": ("orafce", "orafce"),
    "periods": ("periods", "periods"),
    "pg_cron": ("pg_cron", "cron"),
    "pg_hint_plan": ("pg_hint_plan", "pg-hint-plan"),
    "pg_partman": ("pg_partman", "partman"),
    "pg_qualstats": ("pg_qualstats", "pg-qualstats"),
    "pg_repack": ("pg_repack", "repack"),
    "pg_similarity": ("pg_similarity", "similarity"),
    "pg_stat_kcache": ("pg_stat_kcache", "pg-stat-kcache"),
    "pg_uuidv7": ("pg_uuidv7", "pg-uuidv7"),
    "pgaudit": ("pgAudit", "pgaudit"),
    "pglogical": ("pglogical", "pglogical"),
    "pgrouting": ("pgRouting", "pgrouting"),
    "pgtap": ("pgTAP", "pgtap"),
    "plpgsql_check": ("plpgsql_check", "plpgsql-check"),
    "plr": ("PL/R", "plr"),
    "postgis": ("PostGIS", "postgis-3"),
    "postgis_raster": ("PostGIS", "postgis-3"),
    "postgis_sfcgal": ("PostGIS", "postgis-3"),
    "postgis_tiger_geocoder": ("PostGIS", "postgis-3"),
    "postgis_topology": ("PostGIS", "postgis-3"),
    "prefix": ("prefix", "prefix"),
    "q3c": ("Q3C", "q3c"),
    "rum": ("RUM", "rum"),
    "semver": ("semver", "semver"),
    "set_user": ("set_user", "set-user"),
    "tdigest": ("tdigest", "tdigest"),
    "unit": ("unit", "unit"),
  ]
}
