import Schema

/// Results in words, object by object: `created  table public.agents: 15 columns, 4 policies`.
public struct ResultWording: Sendable {
  /// One line: the outcome, the object, and what there is to say of it.
  public struct Line: Sendable, Hashable {
    /// What became of it, in a word or two (`already existed`).
    public var outcome: String
    /// What it is about.
    public var subject: String
    /// What belongs to it, or how it changed; empty where there is nothing to say.
    public var detail: String
    /// What became of it.
    public var kind: ObjectResults.Outcome
  }

  private let results: ObjectResults

  /// Takes results.
  public init(_ results: ObjectResults) { self.results = results }

  /// The lines: relations, then everything else, then privileges and publications.
  public var lines: [Line] {
    var lines = results.relations.map { relation in
      Line(
        outcome: Self.word(relation.outcome), subject: relation.object.description,
        detail: Self.detail(of: relation), kind: relation.outcome)
    }
    lines += results.others.map {
      Line(outcome: Self.word($0.outcome), subject: $0.object.description, detail: "", kind: $0.outcome)
    }
    for grant in results.grants {
      var parts: [String] = []
      if !grant.given.isEmpty { parts.append("given \(Self.privileges(grant.given))") }
      if !grant.taken.isEmpty { parts.append("taken \(Self.privileges(grant.taken))") }
      lines.append(
        Line(
          outcome: "privileges", subject: "role \(grant.role)", detail: parts.joined(separator: "; "),
          kind: .altered))
    }
    for (publication, members) in results.publications.sorted(by: { $0.key < $1.key }) {
      let names = members.map { [$0.schema, $0.name].compactMap { $0 }.joined(separator: ".") }
      lines.append(
        Line(
          outcome: "altered", subject: "publication \(publication)",
          detail: "tables \(names.joined(separator: ", "))",
          kind: .altered))
    }
    return lines
  }

  /// The outcome as people say it.
  public static func word(_ outcome: ObjectResults.Outcome) -> String {
    outcome == .unchanged ? "already existed" : outcome.rawValue
  }

  /// `created 15 columns, indexes a, b` for what is new; `added column tenant_id` for what was there.
  static func detail(of relation: ObjectResults.Relation) -> String {
    guard relation.outcome != .unchanged else { return "unchanged" }
    let isNew = relation.outcome == .created
    var parts: [String] = []
    let columns = relation.names(.column)
    if !columns.isEmpty {
      parts.append(
        isNew
          ? Counting.of(columns.count, "column")
          : "added \(columns.count == 1 ? "column" : "columns") \(columns.joined(separator: ", "))")
    }
    let indexes = relation.created.filter { object in
      if case .index(let index) = object.detail { index.constraint == nil } else { false }
    }.map(\.identity.name)
    if !indexes.isEmpty {
      parts.append("\(indexes.count == 1 ? "index" : "indexes") \(indexes.joined(separator: ", "))")
    }
    if !relation.names(.rowSecurity).isEmpty { parts.append("row security enabled") }
    let policies = relation.created.compactMap { object -> String? in
      if case .policy(let policy) = object.detail { policy.command } else { nil }
    }
    if !policies.isEmpty {
      let noun = policies.count == 1 ? "policy" : "policies"
      parts.append("\(policies.count) \(noun) (\(Self.inOrder(policies).joined(separator: ", ")))")
    }
    let triggers = relation.names(.trigger)
    if !triggers.isEmpty {
      parts.append("\(triggers.count == 1 ? "trigger" : "triggers") \(triggers.joined(separator: ", "))")
    }
    let constraints = relation.names(.constraint)
    if !constraints.isEmpty, !isNew { parts.append("constraints \(constraints.joined(separator: ", "))") }
    if !relation.altered.isEmpty {
      parts.append("changed \(relation.altered.map(\.identity).map(Self.short).joined(separator: ", "))")
    }
    if !relation.dropped.isEmpty, relation.outcome != .dropped {
      parts.append("dropped \(relation.dropped.map(\.identity).map(Self.short).joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  /// The commands of policies in the order in which people name them.
  static func inOrder(_ commands: [String]) -> [String] {
    let order = ["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"]
    return commands.sorted {
      order.firstIndex(of: $0) ?? order.count < order.firstIndex(of: $1) ?? order.count
    }
  }

  private static func short(_ object: ObjectIdentity) -> String {
    object.kind == .rowSecurity ? "row security" : "\(object.kind.rawValue) \(object.name)"
  }

  /// `SELECT, INSERT on 14 objects`, or on the one by name.
  private static func privileges(_ grants: [ObjectIdentity]) -> String {
    var order: [String] = []
    var objects: [String: [String]] = [:]
    for grant in grants {
      let name = [grant.schema, grant.name].compactMap { $0 }.joined(separator: ".")
      let privilege = (grant.signature ?? "").split(separator: " ").prefix { $0 != "to" }.joined(
        separator: " ")
      objects[name, default: []].append(privilege)
    }
    var groups: [String: [String]] = [:]
    for (name, privileges) in objects.sorted(by: { $0.key < $1.key }) {
      let words = privileges.sorted().joined(separator: ", ")
      if groups[words] == nil { order.append(words) }
      groups[words, default: []].append(name)
    }
    return order.map { words in
      let names = groups[words] ?? []
      return names.count > 3
        ? "\(words) on \(names.count) objects" : "\(words) on \(names.joined(separator: ", "))"
    }
    .joined(separator: "; ")
  }
}
