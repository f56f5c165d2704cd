import Schema

/// Objects that no snapshot lists, since the server or an extension brings them along: what is not found is asked for
/// before it is called missing, or gone.
enum BroughtObject {
  /// The query that answers with a text where the object is there, and with nothing or NULL where it is not; nil for kinds of
  /// which a snapshot lists all.
  static func question(about object: ObjectIdentity) -> String? {
    let name = SQLLiteral.text(object.name)
    func inSchema(_ catalog: String, _ prefix: String, _ condition: String = "true") -> String {
      """
      SELECT o.\(prefix)name FROM \(catalog) o JOIN pg_namespace n ON n.oid = o.\(prefix)namespace
      WHERE o.\(prefix)name = \(name) AND n.nspname = \(SQLLiteral.text(object.schema ?? "public")) AND \(condition)
      """
    }
    func ofDatabase(_ catalog: String, _ prefix: String) -> String {
      "SELECT \(prefix)name FROM \(catalog) WHERE \(prefix)name = \(name)"
    }
    func usingMethod(_ prefix: String) -> String {
      "o.\(prefix)method = (SELECT oid FROM pg_am WHERE amname = \(SQLLiteral.text(object.signature ?? "")))"
    }
    switch object.kind {
    case .table: return inSchema("pg_class", "rel", "o.relkind IN ('r', 'p')")
    case .view: return inSchema("pg_class", "rel", "o.relkind = 'v'")
    case .materializedView: return inSchema("pg_class", "rel", "o.relkind = 'm'")
    case .foreignTable: return inSchema("pg_class", "rel", "o.relkind = 'f'")
    case .sequence: return inSchema("pg_class", "rel", "o.relkind = 'S'")
    case .index: return inSchema("pg_class", "rel", "o.relkind IN ('i', 'I')")
    case .type: return inSchema("pg_type", "typ", "o.typtype <> 'd'")
    case .domain: return inSchema("pg_type", "typ", "o.typtype = 'd'")
    case .function: return inSchema("pg_proc", "pro", "o.prokind IN ('f', 'w') AND \(arguments(of: object))")
    case .procedure: return inSchema("pg_proc", "pro", "o.prokind = 'p' AND \(arguments(of: object))")
    case .aggregate: return inSchema("pg_proc", "pro", "o.prokind = 'a' AND \(arguments(of: object))")
    case .operator:
      let types = (object.signature ?? "").split(separator: ",").map { $0.drop { $0 == " " } }
      let whole =
        "\(Identifier.alwaysQuoted(object.schema ?? "public")).\(object.name)(\(types.joined(separator: ",")))"
      return "SELECT to_regoperator(\(SQLLiteral.text(whole)))::text"
    case .operatorClass: return inSchema("pg_opclass", "opc", usingMethod("opc"))
    case .operatorFamily: return inSchema("pg_opfamily", "opf", usingMethod("opf"))
    case .collation: return inSchema("pg_collation", "coll")
    case .conversion: return inSchema("pg_conversion", "con")
    case .textSearchConfiguration: return inSchema("pg_ts_config", "cfg")
    case .textSearchDictionary: return inSchema("pg_ts_dict", "dict")
    case .cast:
      let types = object.name.split(separator: " AS ").map { "to_regtype(\(SQLLiteral.text(String($0))))" }
      guard types.count == 2 else { return nil }
      return "SELECT 'cast' FROM pg_cast WHERE castsource = \(types[0]) AND casttarget = \(types[1])"
    case .schema: return ofDatabase("pg_namespace", "nsp")
    case .role: return ofDatabase("pg_roles", "rol")
    case .language: return ofDatabase("pg_language", "lan")
    case .accessMethod: return ofDatabase("pg_am", "am")
    case .eventTrigger: return ofDatabase("pg_event_trigger", "evt")
    case .foreignDataWrapper: return ofDatabase("pg_foreign_data_wrapper", "fdw")
    case .foreignServer: return ofDatabase("pg_foreign_server", "srv")
    default: return nil
    }
  }

  /// The condition that a routine has the arguments that its name says; without any, all will do.
  private static func arguments(of routine: ObjectIdentity) -> String {
    guard let signature = routine.signature else { return "true" }
    let name = [routine.schema ?? "public", routine.name].map(Identifier.alwaysQuoted).joined(separator: ".")
    return "o.oid = to_regprocedure(\(SQLLiteral.text("\(name)(\(signature))")))"
  }
}
