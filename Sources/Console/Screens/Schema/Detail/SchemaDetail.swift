import Display
import Migrations
import Schema
import Verification

/// The object under the cursor as a whole.
extension SchemaScreen {
  static func detailTitle(_ state: ConsoleState) -> Text {
    switch state.schema.list.current?.content {
    case .object(let object, _): Text(foreign: object.phrase)
    case .heading(let group, _): Text(foreign: group.name)
    case nil: "Object"
    }
  }

  /// The migration that made the part under the cursor, where that is not plain from the object.
  static func detailNote(_ state: ConsoleState) -> Text {
    guard state.schema.panes.focus == .detail, case .object(let part)? = state.schema.detail.part,
      let object = state.catalog?[part]
    else { return "" }
    guard let made = state.model?.origins.origin(of: object)?.made else { return "unmanaged" }
    return "made by \(made)"
  }

  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText {
    switch state.schema.list.current?.content {
    case .object(let identity, let mark):
      guard let object = state.catalog?[identity] else {
        let words: Text =
          state.inside == nil ? "It is not there any more." : "Dropped in this transaction, not committed."
        return DetailText([Line(words, .muted)])
      }
      var detail = SchemaDetail(
        state: state, object: object, mark: mark,
        writer: DetailWriter(columns: columns, glyphs: state.glyphs))
      return detail.write()
    case .heading(let group, let count): return groupText(group, count, columns: columns)
    case nil: return DetailText([Line("The object under the cursor is shown here.", .muted)])
    }
  }

  private static func groupText(_ group: SchemaGroup, _ count: Int, columns: Int) -> DetailText {
    var lines = [Line("\(Amounts.count(count, group.kind == .others ? "object" : group.kind.noun))")]
    if group.isPlatform {
      lines += Line.wrapped(
        "The host provides this schema; its objects are no part of the project unless a migration made them.",
        .muted, columns: columns)
    }
    lines.append(Line("Enter folds and unfolds the group.", .muted))
    return DetailText(lines)
  }
}

/// Writes the details of one object; what is special about tables and functions stands in files of their own.
struct SchemaDetail {
  let state: ConsoleState
  let object: SchemaObject
  let mark: SchemaMark?
  var writer: DetailWriter

  var identity: ObjectIdentity { object.identity }
  var index: SnapshotIndex { state.schema.book.index }

  mutating func write() -> DetailText {
    writeUncommitted()
    switch identity.kind {
    case .table, .foreignTable: writeTable()
    case .view, .materializedView: writeView()
    case .function, .procedure, .aggregate: writeFunction()
    case .sequence: writeSequence()
    case .type, .domain: writeType()
    case .publication: writePublication()
    default:
      writeCommonFacts()
      if !object.definition.isEmpty { writer.fact("definition", foreign: object.definition) }
      writeGrants(on: identity)
    }
    return writer.text
  }

  /// What every object has: owner, origin, comment.
  mutating func writeCommonFacts() {
    if let owner = object.owner { writer.fact("owner", Line("\(owner)")) }
    writeOrigin()
    if let comment = object.comment { writer.fact("comment", foreign: comment) }
  }

  private mutating func writeOrigin() {
    if state.catalog?.isPlatform(identity) == true {
      writer.fact("made by", Line("the host", .muted))
    } else if identity.isThereFromTheBeginning {
      writer.fact("made by", Line("PostgreSQL", .muted))
    } else if let made = origin?.made {
      writer.fact("made by", migrationLine(made), about: .migration(made))
    } else if let platform = state.model?.project.platform, ProvidedObjects.contains(identity, on: platform) {
      writer.fact("made by", Line("the host", .muted))
    } else if state.model != nil {
      var line = Line("\(SchemaMark.unmanaged.glyph(state.glyphs)) unmanaged", .stateMissing)
      line.add("  no migration of the project made it", .muted)
      writer.fact("made by", line)
    }
    let touched = (origin?.touched ?? []).filter { $0 != origin?.made }
    for (place, id) in touched.suffix(Self.shownChanges).enumerated() {
      writer.fact(place == 0 ? "changed by" : "", migrationLine(id), about: .migration(id))
    }
    if touched.count > Self.shownChanges {
      writer.fact("", Line("and \(touched.count - Self.shownChanges) before these", .muted))
    }
  }

  /// The migrations that touched an object last; few have more, and their files tell all.
  private static let shownChanges = 4

  private var origin: ObjectOrigins.Origin? { state.model?.origins.origin(of: object) }

  private func migrationLine(_ id: MigrationID) -> Line {
    let known = state.statuses.state(of: id)
    var line = Line()
    if let known { line.add("\(known.glyph(state.glyphs)) ", known.role) }
    line.add("\(id)")
    if let known, known != .applied { line.add(" \(known.rawValue)", known.role) }
    return line
  }

  /// Who was given what on the object.
  mutating func writeGrants(on identity: ObjectIdentity) {
    var privileges: [String: [String]] = [:]
    for grant in index.grants(on: identity) {
      guard let (privilege, role) = grant.identity.privilegeAndRole else { continue }
      let word = grant.definition.isEmpty ? privilege : "\(privilege) (may grant)"
      privileges[role, default: []].append(word)
    }
    guard !privileges.isEmpty else { return }
    writer.section("Grants", count: privileges.count)
    writer.entries(
      privileges.keys.sorted().map { role in
        let given = privileges[role] ?? []
        let isAll = Self.allOnTables.isSubset(of: given)
        let words = isAll ? "all" : given.joined(separator: ", ")
        return DetailWriter.Entry(
          name: role == AccessFacts.everyone ? "PUBLIC" : role, body: [(words, .muted)])
      })
  }

  private static let allOnTables = Set(ObjectKind.table.privileges)

  private mutating func writeSequence() {
    writeCommonFacts()
    writer.fact("definition", foreign: object.definition)
    writeGrants(on: identity)
  }

  private mutating func writeType() {
    writeCommonFacts()
    writer.fact("definition", foreign: object.definition)
    writeGrants(on: identity)
  }

  private mutating func writePublication() {
    writeCommonFacts()
    writer.fact("definition", foreign: object.definition)
    let members = index.members(of: identity)
    guard !members.isEmpty else { return }
    writer.section("Published", count: members.count)
    writer.entries(
      members.map { member in
        let relation = ObjectIdentity(.table, schema: member.identity.schema, name: member.identity.name)
        let isTable = member.identity.schema != nil
        return DetailWriter.Entry(
          name: isTable ? relation.shortName : "all tables of \(member.identity.name)",
          body: isTable && !member.definition.isEmpty ? [(member.definition, .muted)] : [],
          part: isTable ? .object(relation) : nil)
      })
  }
}
