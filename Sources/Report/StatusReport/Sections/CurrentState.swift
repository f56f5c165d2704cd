import JSON
import Migrations
import Schema
import Script
import Verification

/// What is in the database and what is missing, phase by phase, by evidence and expectations.
struct CurrentState: ReportSection {
  static let title = "Current database state"

  /// What a phase has left, and what it should have left and has not.
  struct PhaseState: Sendable, Hashable {
    var name: String
    var found: Int
    var expected: Int
    /// The tables, views and so on of its migrations that are there, by kind.
    var existing: [Group]
    /// What is missing, by kind.
    var missing: [Group]
    /// What is there, but not as its migrations leave it, by kind.
    var different: [Group]
    /// The expectations that do not hold, beyond what is missing.
    var unmet: [String]
  }

  /// Objects of one kind.
  struct Group: Sendable, Hashable {
    var kind: ObjectKind
    var objects: [ObjectIdentity]
  }

  /// How many objects of a kind the project's schemas have.
  struct Count: Sendable, Hashable {
    var kind: ObjectKind
    var total: Int
    /// How many of them came with a constraint or column.
    var implicit: Int
  }

  let counts: [Count]
  let phases: [PhaseState]
  /// What the host provides and the project expects.
  let provided: [ObjectIdentity]
  /// The expectations that belong to no migration: how many hold, how many there are, and what does not hold.
  let general: (met: Int, total: Int, unmet: [String])

  /// The kinds of object that a person looks for by name.
  private static let named: [ObjectKind] = [
    .extension, .schema, .table, .foreignTable, .view, .materializedView, .function, .procedure, .type,
    .domain,
  ]

  init(_ facts: ReportFacts) {
    counts = Self.counts(facts)
    let findings = Dictionary(grouping: facts.findings, by: \.migration)
    let statuses = Dictionary(facts.statuses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    phases = facts.project.phases.map { phase in
      Self.state(of: phase, statuses: phase.migrations.compactMap { statuses[$0] }, findings: findings, facts)
    }
    let claims = (findings[nil] ?? []).filter { $0.code.hasPrefix("expectation.") }
    let met = claims.filter { $0.severity == .pass }
    general = (met.count, claims.count, claims.filter { $0.severity != .pass }.map(\.message))
    provided = Set(
      met.compactMap(\.object).map { $0.table ?? $0 }.filter {
        facts.snapshot.isPlatform($0) && Self.named.contains($0.kind)
      }
    ).sorted()
  }

  private static func counts(_ facts: ReportFacts) -> [Count] {
    let kinds: [ObjectKind] = [
      .table, .view, .materializedView, .column, .index, .constraint, .policy, .rowSecurity, .function,
      .trigger,
      .type, .sequence, .publicationMember, .extension,
    ]
    return kinds.compactMap { kind in
      let objects = facts.own(kind)
      let implicit = objects.count { object in
        switch object.detail {
        case .index(let index): index.constraint != nil
        case .sequence(let sequence): sequence.ownedBy != nil
        case .constraint(let constraint): constraint.kind == .notNull
        default: false
        }
      }
      return objects.isEmpty ? nil : Count(kind: kind, total: objects.count, implicit: implicit)
    }
  }

  private static func state(
    of phase: Phase, statuses: [MigrationStatus], findings: [MigrationID?: [Finding]], _ facts: ReportFacts
  ) -> PhaseState {
    var existing: Set<ObjectIdentity> = []
    for id in phase.migrations {
      for statement in facts.project.migration(id)?.script.statements ?? [] {
        for effect in statement.effects where effect.action == .creates && named.contains(effect.object.kind)
        {
          if facts.snapshot.contains(effect.object) { existing.insert(effect.object) }
        }
      }
    }
    let items = statuses.flatMap { $0.evidence?.items ?? [] }
    let lacking = items.filter { $0.verdict != .found && $0.action != .drops && $0.object.kind != .comment }
    let different = Set(lacking.map(\.object).filter(facts.snapshot.contains))
    var missing = Set(lacking.map(\.object)).subtracting(different)
    let constraints = Set(missing.filter { $0.kind == .constraint }.map { [$0.schema, $0.name] })
    missing = missing.filter { $0.kind != .index || !constraints.contains([$0.schema, $0.name]) }
    let tables = missing.filter { $0.table == nil }
    let unmet = phase.migrations.flatMap { findings[$0] ?? [] }.filter { finding in
      guard finding.severity != .pass, finding.code.hasPrefix("expectation.") else { return false }
      guard let object = finding.object else { return true }
      return !missing.contains(object) && !different.contains(object)
        && !(object.table.map(tables.contains) ?? false)
    }
    return PhaseState(
      name: phase.name, found: items.count { $0.verdict == .found }, expected: items.count,
      existing: grouped(existing.subtracting(different)),
      missing: grouped(missing.filter { object in object.table.map { !tables.contains($0) } ?? true }),
      different: grouped(different), unmet: unmet.map(\.message))
  }

  private static func grouped(_ objects: Set<ObjectIdentity>) -> [Group] {
    ObjectKind.allCases.compactMap { kind in
      let same = objects.filter { $0.kind == kind }.sorted()
      return same.isEmpty ? nil : Group(kind: kind, objects: same)
    }
  }

  var blocks: [ReportBlock] {
    var blocks: [ReportBlock] = [
      .table(
        ["Objects", "Count", "Of them with a constraint or column"],
        counts.map { count in
          [
            ReportText(Counting.plural(count.kind)), "\(count.total)",
            count.implicit > 0 ? "\(count.implicit)" : "–",
          ]
        }, ifEmpty: "The project's schemas are empty."), .heading(3, "What exists"),
    ]
    if general.total > 0 {
      let mark: ReportMark = general.unmet.isEmpty ? .good : .bad
      blocks.append(
        .paragraph(
          "\(mark) \(general.met) of \(general.total) checks that always hold pass (expectations of the project)"
        ))
    }
    if !provided.isEmpty {
      blocks.append(
        .paragraph(
          "\(ReportMark.good) Provided by the platform: \(ReportText.names(provided.map(\.qualifiedName)))"))
    }
    for phase in phases where phase.found > 0 || !phase.existing.isEmpty {
      let evidence =
        phase.expected > 0 ? " (\(phase.found) of \(phase.expected) objects are as they should be)" : ""
      let mark: ReportMark = phase.found == phase.expected ? .good : .warning
      blocks.append(.paragraph("\(mark) \(strong: phase.name)\(evidence)"))
      if !phase.existing.isEmpty { blocks.append(.list(Self.lines(phase.existing))) }
    }
    blocks.append(.heading(3, "What is missing"))
    let lacking = phases.filter { !$0.missing.isEmpty || !$0.different.isEmpty || !$0.unmet.isEmpty }
    if lacking.isEmpty, general.unmet.isEmpty { blocks.append(.paragraph("\(ReportMark.good) Nothing.")) }
    for phase in lacking {
      blocks.append(.paragraph("\(ReportMark.bad) \(strong: phase.name)"))
      blocks.append(
        .list(
          Self.lines(phase.missing)
            + Self.lines(phase.different).map { "not as it will be, or should be: \($0)" }
            + phase.unmet.map { ReportText($0) }))
    }
    if !general.unmet.isEmpty {
      blocks.append(.paragraph("\(ReportMark.bad) \(strong: "Expected always")"))
      blocks.append(.list(general.unmet.map { ReportText($0) }))
    }
    return blocks
  }

  private static func lines(_ groups: [Group]) -> [ReportText] {
    groups.map { group in
      let names = ReportText.names(
        group.objects.map {
          group.kind == .rowSecurity ? $0.table?.qualifiedName ?? $0.qualifiedName : $0.qualifiedName
        })
      let noun =
        group.kind == .rowSecurity ? "row security on" : ChangeWording.noun(group.kind, group.objects.count)
      return "\(noun): \(names)"
    }
  }

  var json: JSONValue.Member {
    func names(_ groups: [Group]) -> JSONValue {
      .array(groups.flatMap(\.objects).map { .string($0.description) })
    }
    return .init(
      "state",
      [
        "objects": .object(
          counts.map { count in
            .init(
              count.kind.rawValue,
              ["total": .integer(Int64(count.total)), "implicit": .integer(Int64(count.implicit))])
          }),
        "expectations": [
          "met": .integer(Int64(general.met)), "total": .integer(Int64(general.total)),
          "unmet": .array(general.unmet.map { .string($0) }),
        ],
        "provided": .array(provided.map { .string($0.description) }),
        "phases": .array(
          phases.map { phase in
            [
              "name": .string(phase.name), "existing": names(phase.existing), "missing": names(phase.missing),
              "different": names(phase.different),
              "unmet": .array(phase.unmet.map { .string($0) }),
            ]
          }),
      ])
  }
}
