/// The types that PostgreSQL itself has, in schema `pg_catalog`, and how `format_type` writes them.
enum BuiltInTypes {
  /// Whether a type of this internal name comes with the server.
  static func contains(_ name: String) -> Bool {
    names.contains(name) || spellings[name] != nil || name.hasPrefix("pg_")
  }

  /// The type as `format_type` writes it without a type modifier (`int4` as `integer`).
  static func spelling(_ name: String) -> String { spellings[name] ?? name }

  /// The internal name of a type as `format_type` writes it (`integer` → `int4`), or nil if the server has none of that name.
  static func internalName(_ spelling: String) -> String? {
    names.contains(spelling) ? spelling : internalNames[spelling]
  }

  private static let internalNames = Dictionary(uniqueKeysWithValues: spellings.map { ($1, $0) })

  /// The integer type behind a `serial` pseudo-type, or nil if it is none.
  static func serialBase(_ name: String) -> String? {
    switch name {
    case "serial", "serial4": "int4"
    case "bigserial", "serial8": "int8"
    case "smallserial", "serial2": "int2"
    default: nil
    }
  }

  private static let spellings: [String: String] = [
    "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
    "bool": "boolean", "varchar": "character varying", "bpchar": "character", "varbit": "bit varying",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
    "time": "time without time zone", "timetz": "time with time zone", "char": "\"char\"",
  ]

  private static let names = Set(
    """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit box bytea cid cidr circle cstring
    date datemultirange daterange event_trigger fdw_handler gtsvector index_am_handler inet int2vector
    int4multirange int4range int8multirange int8range internal interval json jsonb jsonpath language_handler line
    lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path point polygon record
    refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure
    regrole regtype table_am_handler text tid trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange
    tstzrange tsvector txid_snapshot unknown uuid void xid xid8 xml
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
