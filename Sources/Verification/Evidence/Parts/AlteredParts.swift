import Schema
import Script

/// The parts of definitions that some migration alters: those whose histories can tell migrations apart.
///
/// Only these are read when an object is made, since a text must be parsed for them. Objects are taken together by kind
/// and name, with all names that they are given: to read a part too many costs time, to miss one would cost evidence.
struct AlteredParts: Sendable {
  private struct Key: Hashable {
    var kind: ObjectKind
    var name: String
  }

  private var names: [Key: Set<String>] = [:]
  /// Whether all triggers of some table are turned on or off at once.
  private var hasTriggersOfTables = false

  /// The parts that these migrations alter.
  init(_ scripts: [ParsedScript]) {
    var renames: Set<[Key]> = []
    var unnamedChecks: [Key: Int] = [:]
    var makers: [Key: [(effect: Effect, statement: Statement)]] = [:]
    var routines: [ObjectIdentity: [(effect: Effect, statement: Statement)]] = [:]
    for statement in scripts.lazy.flatMap(\.statements) {
      for effect in statement.effects {
        let key = Key(kind: effect.object.kind, name: effect.object.name)
        if let old = effect.renamedFrom, old.name != effect.object.name {
          renames.insert([Key(kind: old.kind, name: old.name), key])
        }
        if effect.object.kind == .grant, effect.definition != nil { names[key, default: []].insert("option") }
        if effect.action == .creates, Self.areReplacedWhole.contains(effect.object.kind) {
          makers[key, default: []].append((effect, statement))
        }
        if effect.action == .creates, case .function = effect.detail {
          routines[effect.object, default: []].append((effect, statement))
        }
        guard effect.action == .alters else { continue }
        if PartChange.firingOfTriggers(effect) != nil { hasTriggersOfTables = true }
        if effect.definition?.hasPrefix("ADD CHECK") ?? false {
          unnamedChecks[key, default: 0] += 1
          let known = Self.namesOfChecks(of: effect.object.name, unnamedChecks[key] ?? 0)
          names[key, default: []].formUnion(known)
          continue
        }
        let changes = PartChange.changes(by: effect, in: statement) { "" }
        for change in changes ?? [] { names[key, default: []].insert(change.name) }
      }
    }
    for (routine, made) in routines where made.count > 1 && RoutineParts.mayDiffer(made.map(\.effect)) {
      let parts = made.map { PartReading.parts(of: $0.effect, in: $0.statement) ?? [] }
      let key = Key(kind: routine.kind, name: routine.name)
      names[key, default: []].formUnion(RoutineParts.differing(parts))
    }
    for (key, made) in makers where made.count > 1 {
      let parts = made.flatMap { PartReading.parts(of: $0.effect, in: $0.statement) ?? [] }
      // The query of a view is a facet of its own.
      names[key, default: []].formUnion(parts.map(\.name).filter { $0 != "query" })
    }
    spread(renames)
  }

  /// The kinds whose objects are dropped and made again where they must change, so that only what defines them tells one
  /// from the next.
  private static let areReplacedWhole: Set<ObjectKind> = [
    .aggregate, .cast, .collation, .eventTrigger, .domain, .foreignServer, .operator, .textSearchDictionary,
    .type, .view,
  ]

  /// The names that the server may give to a number of checks of a domain, if others of that form are there before.
  private static func namesOfChecks(of domain: String, _ count: Int) -> [String] {
    var taken: Set<String> = []
    for _ in 0...(2 * count + 2) {
      taken.insert(DefinitionReader.nameOfCheck(of: domain) { taken.contains($0) })
    }
    return taken.map { "check \($0)" }
  }

  /// Gives what is known of an object under one name to its other names.
  private mutating func spread(_ renames: Set<[Key]>) {
    var isSettled = false
    while !isSettled {
      isSettled = true
      for pair in renames {
        let all = (names[pair[0]] ?? []).union(names[pair[1]] ?? [])
        guard !all.isEmpty else { continue }
        for key in pair where names[key] != all {
          names[key] = all
          isSettled = false
        }
      }
    }
  }

  /// None.
  init() {}

  /// Whether the files give anything to another owner.
  var areOwnersFollowed: Bool { names.values.contains { $0.contains("owner") } }

  /// The parts of one object that some migration alters.
  func names(of object: ObjectIdentity) -> Set<String> {
    var found = names[Key(kind: object.kind, name: object.name)] ?? []
    if hasTriggersOfTables, object.kind == .trigger { found.insert("firing") }
    return found
  }
}
