import Schema

/// What the triggers of a table do that no ROLLBACK takes back: calls to other servers, programs, files.
///
/// NOTIFY, queues in tables (pg_net, pgmq, pg_cron) and everything else inside the database end with the transaction.
struct OutsideEffects: Sendable {
  private let matrix: AccessMatrix
  private let triggers: [ObjectIdentity: [SchemaObject]]

  init(_ matrix: AccessMatrix) {
    self.matrix = matrix
    var triggers: [ObjectIdentity: [SchemaObject]] = [:]
    for trigger in matrix.snapshot.objects(of: .trigger) {
      if let table = trigger.identity.table { triggers[table.relationName, default: []].append(trigger) }
    }
    self.triggers = triggers
  }

  /// Why rows of a table must not be touched, or nil.
  func reason(for table: ObjectIdentity) -> String? {
    for trigger in triggers[table.relationName] ?? [] {
      guard case .trigger(let detail) = trigger.detail, detail.enabled != "D",
        let schema = detail.function.schema
      else { continue }
      if let what = effect(of: [schema, detail.function.name]) {
        return
          "trigger \(Identifier.quoted(trigger.identity.name)) of \(table.qualifiedName) \(what), which is not rolled back"
      }
    }
    return nil
  }

  private static let languages: Set<String> = [
    "plpython3u", "plpythonu", "plpython2u", "plperlu", "pltclu", "plsh", "plr", "c",
  ]
  private static let calls: Set<String> = [
    "dblink", "dblink_exec", "dblink_send_query", "dblink_connect", "http", "http_get", "http_post",
    "http_put",
    "http_delete", "http_patch", "lo_export", "pg_file_write", "pg_file_unlink", "pg_background_launch",
  ]

  private func effect(of function: [String]) -> String? {
    var seen: Set<[String]> = []
    var next = [function]
    while let name = next.popLast() {
      guard seen.insert(name).inserted else { continue }
      for identity in matrix.functions[name] ?? [] {
        guard let object = matrix.snapshot[identity], case .function(let detail) = object.detail,
          !matrix.snapshot.isPlatform(identity)
        else { continue }
        // What an extension or the server itself brings is not among these.
        if Self.languages.contains(detail.language) { return "is written in \(detail.language)" }
        let body = PolicyCondition(ExpressionItem.items(of: Self.unquoted(object.definition)))
        if let call = body.calls.first(where: { Self.calls.contains($0.last ?? "") }) {
          return "calls \(call.joined(separator: "."))"
        }
        if body.names.contains(["program"]), body.names.contains(["copy"]) { return "starts a program" }
        next += body.calls.flatMap { call -> [[String]] in
          call.count == 2 ? [call] : call.count == 1 ? [[identity.schema ?? "public", call[0]]] : []
        }
      }
    }
    return nil
  }

  /// The definition with its body as text, not as one constant.
  private static func unquoted(_ definition: String) -> String { definition.replacing("'", with: " ") }
}
