import Schema

/// Which extension makes the functions and types that migrations use without saying where they come from.
///
/// From the control scripts of the extensions that PostgreSQL's contrib directory and Supabase ship. A name that is not
/// here is nobody's; a name that is here may still be the user's own, so ask only after looking among the user's.
public enum WellKnownExtensions {
  /// The extension that makes an object of this kind and name in whatever schema it was put.
  public static func provider(of object: ObjectIdentity) -> String? {
    switch object.kind {
    case .function, .procedure, .aggregate:
      if let schema = object.schema, let owner = ownSchemas[schema] { return owner }
      return provider(ofFunction: object.name)
    case .type, .domain:
      return provider(ofType: object.name)
    case .table, .view:
      if let schema = object.schema, let owner = ownSchemas[schema] { return owner }
      return relations[object.name]
    case .operatorClass:
      return provider(ofOperatorClass: object.name)
    case .schema:
      return ownSchemas[object.name]
    default:
      return nil
    }
  }

  /// Whether what this extension makes is known here, so that a name that is not its own is somebody else's.
  public static func knowsContents(of name: String) -> Bool {
    functions.values.contains(name) || types.values.contains(name) || ownSchemas.values.contains(name)
      || ["plpgsql", "btree_gin", "btree_gist"].contains(name)
  }

  static func provider(ofFunction name: String) -> String? {
    if let exact = functions[name] { return exact }
    return name.hasPrefix("st_") ? "postgis" : nil
  }

  static func provider(ofType name: String) -> String? { types[name] }

  static func provider(ofOperatorClass name: String) -> String? {
    if name.hasPrefix("vector_") || name.hasPrefix("halfvec_") || name.hasPrefix("sparsevec_") {
      return "vector"
    }
    return operatorClasses[name]
  }

  private static let operatorClasses = [
    "gin_trgm_ops": "pg_trgm", "gist_trgm_ops": "pg_trgm", "gist_ltree_ops": "ltree",
    "gin_hstore_ops": "hstore",
    "gist_hstore_ops": "hstore", "gin__int_ops": "intarray", "gist__int_ops": "intarray",
    "gist_geometry_ops_2d": "postgis", "gist_geometry_ops_nd": "postgis", "citext_pattern_ops": "citext",
  ]

  /// Extensions that keep their objects in a schema of their own.
  private static let ownSchemas = [
    "cron": "pg_cron", "net": "pg_net", "pgmq": "pgmq", "pgsodium": "pgsodium", "vault": "supabase_vault",
    "graphql": "pg_graphql", "topology": "postgis_topology", "tiger": "postgis_tiger_geocoder",
    "partman": "pg_partman",
  ]

  private static let relations = [
    "spatial_ref_sys": "postgis", "geometry_columns": "postgis", "geography_columns": "postgis",
    "pg_stat_statements": "pg_stat_statements", "hypopg_list_indexes": "hypopg",
  ]

  private static let types = [
    "citext": "citext", "hstore": "hstore", "ltree": "ltree", "lquery": "ltree", "ltxtquery": "ltree",
    "cube": "cube", "earth": "earthdistance", "isbn": "isn", "isbn13": "isn", "issn": "isn", "ean13": "isn",
    "upc": "isn", "seg": "seg", "vector": "vector", "halfvec": "vector", "sparsevec": "vector",
    "geometry": "postgis", "geography": "postgis", "box2d": "postgis", "box3d": "postgis",
    "raster": "postgis_raster",
    "semver": "semver", "ulid": "pgx_ulid", "rum_distance_query": "rum", "query_int": "intarray",
  ]

  private static let functions: [String: String] = {
    var owners: [String: String] = [:]
    let lists = [
      "pgcrypto": """
      crypt gen_salt digest hmac encrypt decrypt encrypt_iv decrypt_iv gen_random_bytes armor dearmor
      pgp_sym_encrypt pgp_sym_decrypt pgp_sym_encrypt_bytea pgp_sym_decrypt_bytea pgp_pub_encrypt
      pgp_pub_decrypt pgp_pub_encrypt_bytea pgp_pub_decrypt_bytea pgp_key_id
      """,
      "uuid-ossp": """
      uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns
      uuid_ns_url uuid_ns_oid uuid_ns_x500
      """,
      "pg_trgm": """
      similarity show_trgm word_similarity strict_word_similarity set_limit show_limit similarity_op
      """,
      "unaccent": "unaccent",
      "fuzzystrmatch":
        "levenshtein levenshtein_less_equal soundex difference metaphone dmetaphone dmetaphone_alt",
      "hstore":
        "hstore akeys avals skeys svals hstore_to_json hstore_to_jsonb hstore_to_array each exist defined",
      "ltree": "subltree subpath nlevel lca ltree2text text2ltree",
      "tablefunc": "crosstab crosstab2 crosstab3 crosstab4 crosstabn connectby normal_rand",
      "vector": "cosine_distance l2_distance inner_product vector_dims vector_norm l2_normalize l1_distance",
      "earthdistance": "ll_to_earth earth_distance earth_box latitude longitude",
      "moddatetime": "moddatetime",
      "http": "http http_get http_post http_put http_delete http_set_curlopt http_header urlencode",
      "dblink": "dblink dblink_connect dblink_disconnect dblink_exec dblink_send_query dblink_get_result",
      "intarray": "icount sort uniq idx intset",
      "pgjwt": "sign verify url_encode url_decode algorithm_sign",
      "pg_jsonschema": "json_matches_schema jsonb_matches_schema",
      "pg_stat_statements": "pg_stat_statements pg_stat_statements_reset",
      "postgis": "geometry geography postgis_version postgis_full_version addgeometrycolumn",
    ]
    for (name, list) in lists {
      for function in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        owners[String(function)] = name
      }
    }
    return owners
  }()
}
