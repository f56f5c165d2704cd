import Migrations
import Prisma
import Schema
import Script

/// Compares a Prisma schema with the database and with what the migrations leave once all of them have run.
///
/// Both sides are compared in the same way, and what they have in common is said once: a difference that only the database
/// has is drift of the database or waits for a pending migration, one that only the files have would come with the next
/// database that is built from them, and one of both is a schema that nobody has followed.
///
/// Types, optionality, keys and actions are compared as facts; defaults and the conditions of partial indexes that are
/// spelled differently are planned by the server (``QueryPair``).
///
/// What Prisma has no words for (row-level security, functions, triggers, check constraints, partial indexes) is listed,
/// with what ``DriftJudge`` says of it.
public struct PrismaDriftJudge: Sendable {
  private let prisma: PrismaDatabase
  private let project: Project
  private let snapshot: Snapshot
  private let statuses: [MigrationStatus]
  /// The models of the host's tables, of which a snapshot tells little.
  private let hostModels: [String]

  /// Prepares the comparison.
  ///
  /// - Parameters:
  ///   - prisma: the database that the schema describes.
  ///   - project: the project.
  ///   - statuses: where its migrations stand.
  ///   - snapshot: the database.
  public init(
    _ prisma: PrismaDatabase, project: Project, statuses: [MigrationStatus], snapshot: Snapshot
  ) {
    var own = prisma
    own.tables.removeAll { $0.identity.schema.map(snapshot.platformSchemas.contains) ?? false }
    own.enumerations.removeAll { $0.identity.schema.map(snapshot.platformSchemas.contains) ?? false }
    own.schemas.subtract(snapshot.platformSchemas)
    self.prisma = own
    hostModels = prisma.tables.filter { !own.tables.contains($0) }.map(\.model)
    self.snapshot = snapshot
    guard let baseline = project.baselines.last else {
      self.project = project
      self.statuses = statuses
      return
    }
    // The files are what an empty database gets. One that was built from older files should have come to the same.
    self.project = project.seen(from: .baseline(baseline.id))
    self.statuses = statuses.map { status in
      guard status.id == baseline.id, status.state == .superseded else { return status }
      var status = status
      status.state = .applied
      return status
    }
  }

  /// What disagrees.
  ///
  /// - Parameter compare: puts pairs of queries to the server, and answers in their order. What it throws ends the
  ///   comparison.
  public func report(
    compare: ([QueryPair]) async throws -> [QueryComparison]
  ) async throws -> PrismaDriftReport {
    let drift = try await DriftJudge(project, statuses: statuses, snapshot: snapshot).report(compare: compare)
    let database = PrismaComparison(prisma, with: StoredSchemaBuilder.schema(of: snapshot))
    var files: PrismaComparison?
    if filesOmission == nil {
      files = PrismaComparison(prisma, with: StoredSchemaBuilder.schema(of: expectedSchema))
    }
    let all = database.mismatches + (files?.mismatches ?? [])
    let questions = all.compactMap(\.question)
    let answers = questions.isEmpty ? [] : try await compare(questions)
    let settled = Self.settled(
      all, Dictionary(zip(questions, answers), uniquingKeysWith: { first, _ in first }))
    let inDatabase = Array(settled.prefix(database.mismatches.count)).compactMap { $0 }
    let inFiles = Array(settled.dropFirst(database.mismatches.count)).compactMap { $0 }
    return PrismaDriftReport(
      drifts: merged(inDatabase, inFiles), counts: database.counts, beyond: beyond(drift),
      filesOmission: filesOmission, hostModels: hostModels)
  }

  /// Why the files are not compared, if they are not.
  private var filesOmission: String? {
    if project.migrations.allSatisfy({ !$0.isRunnable }) { return "the project has no migrations" }
    if project.layout == .patch {
      return "the project is a patch for a living database, in which most objects are others' work"
    }
    return nil
  }

  /// What the files leave once all that may run have run.
  private var expectedSchema: ExpectedSchema {
    let final = statuses.map { status in
      var status = status
      switch status.state {
      case .pending, .failed, .interrupted, .partial, .changed: status.state = .applied
      default: break
      }
      return status
    }
    return ExpectedSchema(project, statuses: final)
  }

  /// The mismatches with the server's answers: nil for those that are none, in the same order.
  private static func settled(
    _ mismatches: [PrismaMismatch], _ answers: [QueryPair: QueryComparison]
  ) -> [PrismaMismatch?] {
    mismatches.map { mismatch in
      guard let question = mismatch.question, let answer = answers[question] else { return mismatch }
      switch answer {
      case .same: return nil
      case .different(let expected, let actual):
        return PlanForm.agree(expected, actual) ? nil : mismatch
      case .incomparable(let reason):
        var doubtful = mismatch
        doubtful.outcome = .unknown(reason)
        return doubtful
      }
    }
  }

  /// What both sides have, said once.
  private func merged(_ database: [PrismaMismatch], _ files: [PrismaMismatch]) -> [PrismaDrift] {
    var drifts: [PrismaMismatch.Key: PrismaDrift] = [:]
    let unsaid: PrismaDrift.Side = filesOmission == nil ? .agrees : .unasked
    for mismatch in database {
      drifts[mismatch.key] = drift(mismatch, database: side(mismatch), files: unsaid)
    }
    for mismatch in files {
      let known = drifts[mismatch.key] ?? drift(mismatch, database: .agrees, files: .agrees)
      drifts[mismatch.key] = known
      drifts[mismatch.key]?.files = side(mismatch)
    }
    // What the database has as Prisma says, and the files may have, is nothing to tell.
    return drifts.values.filter { $0.database != .agrees || $0.files.differs }.sorted(by: Self.precedes)
  }

  private func side(_ mismatch: PrismaMismatch) -> PrismaDrift.Side {
    switch mismatch.outcome {
    case .differs(let value): .differs(value)
    case .unknown(let reason): .unknown(reason)
    }
  }

  private func drift(
    _ mismatch: PrismaMismatch, database: PrismaDrift.Side, files: PrismaDrift.Side
  ) -> PrismaDrift {
    PrismaDrift(
      code: mismatch.key.code, object: mismatch.key.object, part: mismatch.key.part,
      subject: mismatch.subject,
      location: mismatch.location.map {
        FileLocation(file: $0.file, position: SourcePosition(line: $0.line, column: $0.column))
      }, expected: mismatch.expected, database: database, files: files)
  }

  private static func precedes(_ left: PrismaDrift, _ right: PrismaDrift) -> Bool {
    func order(_ drift: PrismaDrift) -> Int {
      switch drift.severity {
      case .failure: 0
      case .warning, .pass: drift.database.differs || drift.files.differs ? 1 : 2
      }
    }
    if order(left) != order(right) { return order(left) < order(right) }
    switch (left.location, right.location) {
    case (let one?, let other?) where one != other:
      if one.file != other.file { return one.file < other.file }
      let start = SourcePosition(line: 0, column: 0)
      return one.position ?? start < other.position ?? start
    case (_?, nil): return true
    case (nil, _?): return false
    default:
      return left.object == right.object ? left.part ?? "" < right.part ?? "" : left.object < right.object
    }
  }

  // MARK: What Prisma has no words for

  private func beyond(_ drift: DriftReport) -> [PrismaDriftReport.Beyond] {
    let tables = Set(prisma.tables.map { $0.identity.with(kind: .table) })
    let groups = Dictionary(
      grouping: snapshot.objects.values.filter { object in
        guard let schema = object.identity.schema, prisma.schemas.contains(schema) else { return false }
        return !OtherToolTables.names.contains(object.identity.table?.name ?? object.identity.name)
      }, by: { BeyondPrisma.title(of: $0, prisma: prisma, tables: tables) })
    return BeyondPrisma.titles.compactMap { title in
      let objects = (groups[title] ?? []).map(\.identity).sorted()
      let kinds = BeyondPrisma.kinds[title] ?? []
      let drifts = drift.drifts.filter { drift in
        kinds.contains(drift.object.kind) && drift.object.schema.map(prisma.schemas.contains) ?? false
          && (drift.object.kind != .constraint || !Self.isModelled(drift.object, prisma))
      }
      if objects.isEmpty, drifts.isEmpty { return nil }
      return PrismaDriftReport.Beyond(title: title, objects: objects, drifts: drifts)
    }
  }

  /// Whether a constraint is one that Prisma names, of which the comparison with it has spoken already.
  private static func isModelled(_ constraint: ObjectIdentity, _ prisma: PrismaDatabase) -> Bool {
    prisma.tables.contains { table in
      constraint.table.map { $0 == table.identity.with(kind: .table) } ?? false
        && (table.primaryKey?.name == constraint.name
          || table.uniques.contains { $0.name == constraint.name }
          || table.foreignKeys.contains { $0.name == constraint.name })
    }
  }
}

/// What Prisma has no words for.
enum BeyondPrisma {
  static let policies = "row-level security policies"
  static let functions = "functions"
  static let constraints = "constraints"
  static let triggers = "triggers"
  static let indexes = "partial indexes and those over expressions"
  static let generated = "generated columns"
  static let views = "views"

  /// The groups, in the order in which they are told.
  static let titles = [policies, functions, constraints, triggers, indexes, generated, views]

  /// The kinds of object whose drift belongs to a group.
  static let kinds: [String: Set<ObjectKind>] = [
    policies: [.policy, .rowSecurity, .forcedRowSecurity], functions: [.function, .procedure, .aggregate],
    constraints: [.constraint], triggers: [.trigger], views: [.view, .materializedView],
  ]

  /// The group of an object; nil for what Prisma has words for.
  static func title(of object: SchemaObject, prisma: PrismaDatabase, tables: Set<ObjectIdentity>) -> String? {
    switch object.detail {
    case .policy: return policies
    case .function: return functions
    case .trigger: return triggers
    case .constraint(let constraint):
      switch constraint.kind {
      case .check, .exclusion, .trigger: return constraints
      case .foreignKey:
        return constraint.referencedTable?.schema.map(prisma.schemas.contains) ?? true ? nil : constraints
      case .primaryKey, .unique, .notNull: return nil
      }
    case .index(let index):
      guard index.constraint == nil else { return nil }
      let parts = ActualDefinition.parts(of: object) ?? []
      let isPeculiar = parts.contains { part in
        if part.name == "predicate" || part.name == "included columns" { return true }
        if case .expression = part.value { return true }
        return false
      }
      return isPeculiar ? indexes : nil
    case .column(let column): return column.isGenerated ? generated : nil
    case .relation:
      guard [.view, .materializedView].contains(object.identity.kind) else { return nil }
      return tables.contains(object.identity.with(kind: .table)) ? nil : views
    default: return nil
    }
  }
}
