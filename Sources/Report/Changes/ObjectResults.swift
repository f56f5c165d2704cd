import Migrations
import Schema
import Script

/// What a migration has done, object by object: created, altered, dropped, or there already and left as it was.
///
/// Worked out from the catalog before and after; the file only says which objects it is about.
public struct ObjectResults: Sendable, Hashable {
  /// What became of an object.
  public enum Outcome: String, Sendable, Hashable {
    case created
    case altered
    case dropped
    /// There before and just the same.
    case unchanged
  }

  /// A table, view or the like, with what belongs to it.
  public struct Relation: Sendable, Hashable {
    /// The relation.
    public var object: ObjectIdentity
    /// What became of it, its parts included.
    public var outcome: Outcome
    /// Its parts that were made.
    public var created: [SchemaObject] = []
    /// Its parts that became different.
    public var altered: [SchemaObject] = []
    /// Its parts that are gone.
    public var dropped: [SchemaObject] = []

    /// The names of the parts of a kind that were made.
    func names(_ kind: ObjectKind) -> [String] {
      created.filter { $0.identity.kind == kind }.map(\.identity.name)
    }
  }

  /// The relations, in order.
  public var relations: [Relation]
  /// What belongs to no relation (functions, types, extensions, …), in order.
  public var others: [(object: ObjectIdentity, outcome: Outcome)] {
    otherOutcomes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
  /// The privileges that were given and taken, by role.
  public var grants: [GrantChange]
  /// The publications that tables were added to or taken from.
  public var publications: [String: [ObjectIdentity]]
  private var otherOutcomes: [ObjectIdentity: Outcome]

  /// What a role was given or lost.
  public struct GrantChange: Sendable, Hashable {
    /// The role; `public` stands for everyone.
    public var role: String
    /// The grants that are new.
    public var given: [ObjectIdentity]
    /// The grants that are gone.
    public var taken: [ObjectIdentity]
  }

  /// Whether nothing changed at all.
  public var isUnchanged: Bool {
    relations.allSatisfy { $0.outcome == .unchanged } && otherOutcomes.values.allSatisfy { $0 == .unchanged }
      && grants.isEmpty && publications.isEmpty
  }

  /// Sorts what changed by object.
  ///
  /// - Parameters:
  ///   - migration: the file, which tells what was to be there; nil if it is not known any more.
  ///   - isThere: whether an object is in the database now; nil if that is not known, and then only what the file leaves
  ///     there for certain counts.
  public init(
    created: [SchemaObject], altered: [SchemaObject], dropped: [SchemaObject], migration: Migration?,
    isThere: ((ObjectIdentity) -> Bool)? = nil
  ) {
    var relations: [ObjectIdentity: Relation] = [:]
    var others: [ObjectIdentity: Outcome] = [:]
    var given: [String: (given: [ObjectIdentity], taken: [ObjectIdentity])] = [:]
    var publications: [String: [ObjectIdentity]] = [:]
    let whole = Dictionary(
      (created + altered + dropped).filter { Self.isRelation($0.identity) }.map {
        (Self.key($0.identity), $0.identity)
      },
      uniquingKeysWith: { first, _ in first })

    func relation(_ table: ObjectIdentity) -> ObjectIdentity { whole[Self.key(table)] ?? table }
    func note(_ object: SchemaObject, _ outcome: Outcome) {
      let identity = object.identity
      if identity.kind == .grant {
        let role = Self.role(of: identity)
        if outcome == .dropped {
          given[role, default: ([], [])].taken.append(identity)
        } else {
          given[role, default: ([], [])].given.append(identity)
        }
      } else if identity.kind == .publicationMember {
        publications[identity.parent ?? "", default: []].append(identity)
      } else if Self.isRelation(identity) {
        relations[identity, default: Relation(object: identity, outcome: outcome)].outcome = outcome
      } else if let table = Self.table(of: object) {
        let key = relation(table)
        var entry = relations[key] ?? Relation(object: key, outcome: .altered)
        if entry.outcome == .unchanged { entry.outcome = .altered }
        switch outcome {
        case .created: entry.created.append(object)
        case .altered: entry.altered.append(object)
        case .dropped: entry.dropped.append(object)
        case .unchanged: break
        }
        relations[key] = entry
      } else if identity.kind != .comment {
        others[identity] = outcome
      }
    }
    // The relations first: their parts must not make them altered where they are new.
    for (objects, outcome) in [(created, Outcome.created), (altered, .altered), (dropped, .dropped)] {
      for object in objects where Self.isRelation(object.identity) { note(object, outcome) }
    }
    for (objects, outcome) in [(created, Outcome.created), (altered, .altered), (dropped, .dropped)] {
      for object in objects where !Self.isRelation(object.identity) { note(object, outcome) }
    }
    for object in Self.subjects(of: migration, isCertain: isThere == nil) where isThere?(object) ?? true {
      if Self.isRelation(object) {
        if relations[relation(object)] == nil {
          relations[relation(object)] = Relation(object: relation(object), outcome: .unchanged)
        }
      } else if others[object] == nil {
        others[object] = .unchanged
      }
    }
    self.relations = relations.values.sorted { $0.object < $1.object }
    otherOutcomes = others
    grants = given.map { GrantChange(role: $0.key, given: $0.value.given, taken: $0.value.taken) }
      .sorted { $0.role < $1.role }
    self.publications = publications
  }

  /// The relations and other objects by name that a file makes, alters, or works on parts of.
  ///
  /// - Parameter isCertain: Whether only those count that are there after the file has run, whatever was there before.
  private static func subjects(of migration: Migration?, isCertain: Bool) -> Set<ObjectIdentity> {
    var subjects: Set<ObjectIdentity> = []
    for effect in migration?.script.statements.flatMap(\.effects) ?? [] where effect.action != .uses {
      if isCertain, effect.condition.mayDoNothing { continue }
      if let table = effect.object.table {
        subjects.insert(table)
      } else if effect.action != .drops, isRelation(effect.object) || isNamed(effect.object.kind) {
        subjects.insert(effect.object)
      }
    }
    return subjects
  }

  static func isRelation(_ object: ObjectIdentity) -> Bool {
    [.table, .view, .materializedView, .foreignTable].contains(object.kind)
  }

  private static func isNamed(_ kind: ObjectKind) -> Bool {
    [.function, .procedure, .aggregate, .type, .domain, .extension, .schema].contains(kind)
  }

  private static func table(of object: SchemaObject) -> ObjectIdentity? {
    switch object.detail {
    case .index(let index): index.table
    case .sequence(let sequence): sequence.ownedBy?.table
    default: object.identity.table
    }
  }

  /// A relation's name, whatever its kind: what belongs to a view does not know that it is one.
  private static func key(_ object: ObjectIdentity) -> [String?] { [object.schema, object.name] }

  /// The role of a grant: its signature is `SELECT to anon`.
  private static func role(of grant: ObjectIdentity) -> String {
    let words = (grant.signature ?? "").split(separator: " ")
    guard let to = words.lastIndex(of: "to") else { return "" }
    return words[(to + 1)...].joined(separator: " ")
  }

  /// Compares by what they say.
  public static func == (left: ObjectResults, right: ObjectResults) -> Bool {
    left.relations == right.relations && left.otherOutcomes == right.otherOutcomes
      && left.grants == right.grants
      && left.publications == right.publications
  }

  /// Hashes what they say.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(relations)
    hasher.combine(otherOutcomes)
  }
}

extension ObjectResults {
  /// Sorts the difference of two snapshots by object.
  public init(_ difference: SnapshotDifference, of migration: Migration?) {
    self.init(
      created: difference.added, altered: difference.changed.map(\.after), dropped: difference.removed,
      migration: migration)
  }
}
