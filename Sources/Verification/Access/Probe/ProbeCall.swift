import Schema

/// A call of a function, procedure or aggregate with arguments that are made up.
///
/// Whether a role may call is decided before any argument is looked at, so arguments need a type but no meaning; a value
/// that nothing is known of is NULL.
struct ProbeCall: Sendable, Hashable {
  /// The statement.
  let sql: String

  /// Writes the call.
  ///
  /// - Throws: ``SeedPlanner/Obstacle`` where SQL cannot give an argument.
  init(_ routine: ObjectIdentity, in snapshot: Snapshot) throws(SeedPlanner.Obstacle) {
    let values = SeedValue(snapshot: snapshot)
    let types = (routine.signature ?? "").split(separator: ",").map(String.init).map(Self.trimmed)
    var arguments: [String] = []
    for (index, type) in types.enumerated() {
      let type = try Self.concrete(type)
      let literal = values.literal(
        type, limits: ColumnLimits(of: "", in: []), salt: "\(routine.qualifiedName).\(index)", isUnique: false
      )
      arguments.append("\(literal ?? "NULL")::\(type)")
    }
    let modes = Self.modes(in: snapshot[routine]?.definition ?? "")
    let isVariadic = modes.last == "variadic"
    guard routine.kind != .procedure else {
      // Who calls gives something for what comes out as well (CALL).
      var given = arguments[...]
      var all = modes.map { $0 == "out" ? "NULL" : given.popFirst() ?? "NULL" } + given
      if isVariadic, let last = all.popLast() { all.append("VARIADIC \(last)") }
      sql = "CALL \(routine.sqlName)(\(all.joined(separator: ", ")))"
      return
    }
    guard !arguments.isEmpty else {
      sql = "SELECT \(routine.sqlName)(\(routine.kind == .aggregate ? "*" : "")) LIMIT 1"
      return
    }
    // OFFSET keeps the planner from working out a call of constants, for which it asks no privilege where one is NULL.
    let names = arguments.indices.map { "made.a\($0)" }
    let given = names.indices.map {
      isVariadic && $0 == names.count - 1 ? "VARIADIC \(names[$0])" : names[$0]
    }
    let columns = zip(arguments, arguments.indices).map { "\($0) AS a\($1)" }
    sql =
      "SELECT \(routine.sqlName)(\(given.joined(separator: ", "))) "
      + "FROM (SELECT \(columns.joined(separator: ", ")) OFFSET 0) made LIMIT 1"
  }

  /// The type to call with where a routine takes any of a kind (PostgreSQL documentation, 38.2.5 Polymorphic Types).
  private static func concrete(_ type: String) throws(SeedPlanner.Obstacle) -> String {
    switch type {
    case "anyelement", "anynonarray", "anycompatible", "anycompatiblenonarray", "\"any\"": return "integer"
    case "anyarray", "anycompatiblearray": return "integer[]"
    case "anyrange", "anycompatiblerange": return "int4range"
    case "anymultirange", "anycompatiblemultirange": return "int4multirange"
    case "anyenum", "internal", "cstring", "record", "record[]", "trigger", "event_trigger",
      "language_handler",
      "fdw_handler", "index_am_handler", "table_am_handler", "tsm_handler", "pg_ddl_command", "unknown":
      throw SeedPlanner.Obstacle(reason: "takes an argument of type \(type), of which no value is known")
    default: return type
    }
  }

  /// The word that each parameter of a definition begins with: `out`, `variadic`, or another.
  private static func modes(in definition: String) -> [String] {
    let items = ExpressionItem.items(of: definition)
    guard items.first?.isWord("create") == true,
      case .group(let parameters)? = items.first(where: \.isGroup), !parameters.isEmpty
    else { return [] }
    var modes: [String] = []
    var depth = 0
    var isFirst = true
    for item in parameters {
      if isFirst {
        if case .name(let words) = item { modes.append(words[0]) } else { modes.append("") }
      }
      isFirst = depth == 0 && item == .symbol(",")
      if item == .symbol("[") { depth += 1 }
      if item == .symbol("]") { depth -= 1 }
    }
    return modes
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
