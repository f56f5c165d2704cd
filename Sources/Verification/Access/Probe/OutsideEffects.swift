import Schema

/// What triggers and functions do that no ROLLBACK takes back: calls to other servers, programs, files.
///
/// NOTIFY, queues in tables (pg_net, pgmq, pg_cron) and everything else inside the database end with the transaction.
struct OutsideEffects: Sendable {
  private let matrix: AccessMatrix
  private let triggers: [ObjectIdentity: [SchemaObject]]
  /// The tables that refer to each table.
  private let referring: [ObjectIdentity: Set<ObjectIdentity>]
  /// The relations of each name, whatever their schema.
  private let relations: [String: [ObjectIdentity]]
  /// The functions and procedures of each name; those of the host are not among them.
  private let routines: [[String]: [ObjectIdentity]]

  init(_ matrix: AccessMatrix) {
    self.matrix = matrix
    var triggers: [ObjectIdentity: [SchemaObject]] = [:]
    var referring: [ObjectIdentity: Set<ObjectIdentity>] = [:]
    var routines: [[String]: [ObjectIdentity]] = [:]
    for object in matrix.snapshot.objects.values {
      let identity = object.identity
      if [.function, .procedure].contains(identity.kind), !matrix.snapshot.isPlatform(identity) {
        routines[[identity.schema ?? "", identity.name], default: []].append(identity)
      }
      guard let table = identity.table else { continue }
      switch object.detail {
      case .trigger: triggers[table.relationName, default: []].append(object)
      case .constraint(let constraint):
        guard let referenced = constraint.referencedTable else { continue }
        referring[referenced.relationName, default: []].insert(table.relationName)
      default: continue
      }
    }
    self.triggers = triggers.mapValues { $0.sorted { $0.identity < $1.identity } }
    self.referring = referring
    self.routines = routines.mapValues { $0.sorted() }
    relations = Dictionary(grouping: matrix.relationsByName.values, by: \.name)
  }

  /// Why rows of a table must not be touched, or nil.
  func reason(for table: ObjectIdentity) -> String? {
    for trigger in triggers[table.relationName] ?? [] {
      guard let function = enabledFunction(of: trigger) else { continue }
      if let what = effect(of: function) {
        return
          "trigger \(Identifier.quoted(trigger.identity.name)) of \(table.qualifiedName) \(what), which is not rolled back"
      }
    }
    return nil
  }

  /// Why a routine must not be called, or nil; goes on from "it".
  ///
  /// What it writes may fire triggers, and what it deletes may take with it what refers to it.
  func reason(forCalling routine: ObjectIdentity) -> String? {
    guard let object = matrix.snapshot[routine], case .function(let detail) = object.detail else {
      return "is not known"
    }
    guard routine.kind == .aggregate || ["sql", "plpgsql"].contains(detail.language) else {
      return "is written in \(detail.language), and what it does cannot be read"
    }
    var functions: Set<[String]> = []
    var tables: Set<ObjectIdentity> = []
    var next = [[routine.schema ?? "", routine.name]]
    if routine.kind == .aggregate {
      // Its definition names the functions that it is made of.
      next = text(of: routine).names.map { $0.count == 1 ? [routine.schema ?? "public", $0[0]] : $0 }
    }
    while let name = next.popLast() {
      guard functions.insert(name).inserted else { continue }
      for (identity, body) in bodies(of: name) {
        if let what = ownEffect(identity, body) { return "\(what), which is not rolled back" }
        switch DynamicSQL(body: Self.plain(matrix.snapshot[identity]?.definition ?? "")) {
        case .anything: return "runs SQL that it puts together itself, which may do anything"
        case .anyTable: for table in triggers.keys.sorted() { next += reach(table, &tables) }
        case .nothing: break
        }
        next += called(by: identity, body)
        for relation in (body.names + body.calls).compactMap(\.last).flatMap({ relations[$0] ?? [] }) {
          if relation.kind == .foreignTable {
            return "uses \(relation.qualifiedName), which is on another server"
          }
          let beneath = relation.kind == .view ? Set(matrix.tables(beneath: relation)) : [relation]
          for table in beneath { next += reach(table.relationName, &tables) }
        }
      }
    }
    return nil
  }

  /// The trigger functions of a table and of those that refer to it.
  private func reach(_ table: ObjectIdentity, _ seen: inout Set<ObjectIdentity>) -> [[String]] {
    guard seen.insert(table).inserted else { return [] }
    let own = (triggers[table] ?? []).compactMap(enabledFunction)
    return own + (referring[table] ?? []).flatMap { reach($0, &seen) }
  }

  private func enabledFunction(of trigger: SchemaObject) -> [String]? {
    guard case .trigger(let detail) = trigger.detail, detail.enabled != "D",
      let schema = detail.function.schema
    else { return nil }
    return [schema, detail.function.name]
  }

  private func effect(of function: [String]) -> String? {
    var seen: Set<[String]> = []
    var next = [function]
    while let name = next.popLast() {
      guard seen.insert(name).inserted else { continue }
      for (identity, body) in bodies(of: name) {
        if let what = ownEffect(identity, body) { return what }
        next += called(by: identity, body)
      }
    }
    return nil
  }

  /// The routines of a name with their texts; what an extension, the host or the server itself brings is not among them.
  private func bodies(of name: [String]) -> [(ObjectIdentity, PolicyCondition)] {
    (routines[name] ?? []).map { ($0, text(of: $0)) }
  }

  private func text(of routine: ObjectIdentity) -> PolicyCondition {
    PolicyCondition(ExpressionItem.items(of: Self.unquoted(matrix.snapshot[routine]?.definition ?? "")))
  }

  private func called(by routine: ObjectIdentity, _ body: PolicyCondition) -> [[String]] {
    body.calls.flatMap { call -> [[String]] in
      call.count == 2 ? [call] : call.count == 1 ? [[routine.schema ?? "public", call[0]]] : []
    }
  }

  /// What a routine's own text does.
  private func ownEffect(_ routine: ObjectIdentity, _ body: PolicyCondition) -> String? {
    if case .function(let detail)? = matrix.snapshot[routine]?.detail,
      OutsideCalls.languages.contains(detail.language)
    {
      return "is written in \(detail.language)"
    }
    if let call = body.calls.first(where: OutsideCalls.contains) {
      return "calls \(call.joined(separator: "."))"
    }
    return body.names.contains(["program"]) && body.names.contains(["copy"]) ? "starts a program" : nil
  }

  /// The definition with its body as text, not as one constant.
  private static func unquoted(_ definition: String) -> String { plain(definition).replacing("'", with: " ") }

  /// The definition without the marks that the server puts around a body (`pg_get_functiondef` adds an x until a mark is
  /// not in the body).
  private static func plain(_ definition: String) -> String {
    ["function", "functionx", "procedure", "procedurex"].reduce(definition) {
      $0.replacing("$\($1)$", with: " ")
    }
  }
}
