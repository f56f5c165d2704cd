import Display
import Schema

/// Tables and views.
extension SchemaDetail {
  mutating func writeTable() {
    if case .relation(let detail) = object.detail {
      writeSize(detail)
      writeCommonFacts()
      if let parent = detail.parent {
        writer.fact("part of", Line("\(parent.shortName)"), about: .object(parent))
      }
    }
    if !object.definition.isEmpty { writer.fact("storage", foreign: object.definition, .muted) }
    writeRowSecurity()
    let publications = index.publications(of: identity).compactMap(\.identity.parent)
    if !publications.isEmpty { writer.fact("published", foreign: publications.joined(separator: ", ")) }
    writeColumns()
    writeConstraints()
    writeIndexes()
    writePolicies()
    writeTriggers()
    writeRules()
    writeGrants(on: identity)
    writeColumnGrants()
    writeReferences()
    writePartitions()
  }

  mutating func writeView() {
    if identity.kind == .materializedView, case .relation(let detail) = object.detail { writeSize(detail) }
    writeCommonFacts()
    if case .relation(let detail) = object.detail, identity.kind == .view {
      writer.fact(
        "rights",
        Line(detail.isSecurityInvoker ? "of who asks (security_invoker)" : "of its owner, whoever asks"))
    }
    writeColumns()
    writeIndexes()
    writeTriggers()
    writeGrants(on: identity)
    writer.section("Query")
    if object.definition.isEmpty {
      writer.add(Line("  d reads it", .muted))
    } else {
      writer.add(foreign: Self.query(object.definition))
    }
  }

  /// The query behind `AS`.
  private static func query(_ definition: String) -> String {
    guard let start = definition.firstIndex(of: "\n") else { return definition }
    return String(definition[definition.index(after: start)...])
  }

  private mutating func writeSize(_ detail: RelationDetail) {
    var line = Line()
    if detail.isPartitioned {
      line.add("in its partitions", .muted)
    } else {
      line.add("\(Amounts.bytes(detail.bytes))")
      let indexes = index.parts(of: identity, .index).reduce(0) { sum, part in
        if case .index(let detail) = part.detail { sum + detail.bytes } else { sum }
      }
      line.add(", of which indexes \(Amounts.bytes(indexes))", .muted)
    }
    writer.fact("size", line)
    var rows = Line()
    if let estimate = detail.estimatedRows {
      rows.add("\(Amounts.estimate(estimate))")
      rows.add(", estimated", .muted)
    } else {
      rows.add("never analysed", .muted)
    }
    writer.fact("rows", rows)
  }

  private mutating func writeRowSecurity() {
    guard let schema = identity.schema, identity.kind == .table else { return }
    let isOn = state.catalog?.contains(.rowSecurity(schema, identity.name)) == true
    let isForced = state.catalog?.contains(.forcedRowSecurity(schema, identity.name)) == true
    let policies = index.parts(of: identity, .policy).count
    var line = Line(isOn ? "row security on" : "row security off", isOn ? .success : .warning)
    if isForced { line.add(", forced for the owner as well") }
    line.add(
      policies == 0 ? ", no policies" : ", \(policies) \(policies == 1 ? "policy" : "policies")", .muted)
    writer.fact("access", line)
  }

  private mutating func writeColumns() {
    let columns = index.parts(of: identity, .column)
    let constraints = index.parts(of: identity, .constraint)
    writer.section("Columns", count: columns.count)
    let room = writer.columns
    let nameColumns = min(
      max(4, columns.map { Text(foreign: $0.identity.name).columns }.max() ?? 0), room * 45 / 100)
    let typeColumns = columns.map { Text(foreign: $0.detail.columnType).columns }.max() ?? 0
    let isWide = room >= nameColumns + typeColumns + 36
    for column in columns {
      let name = Text(foreign: column.identity.name)
      let key = keyMark(column.identity.name, constraints)
      let type = column.detail.columnType
      let rest = String(column.definition.dropFirst(type.count).drop { $0 == " " })
      var line = Line("  ")
      line.add(
        name.clippedInside(to: nameColumns, ellipsis: state.glyphs.ellipsis), width: nameColumns,
        glyphs: state.glyphs)
      line.add(" ")
      line.add(key, .accent, width: 3, glyphs: state.glyphs)
      let before = line.columns + (isWide ? typeColumns + 2 : 0)
      if isWide {
        line.add("\(type)", width: typeColumns, glyphs: state.glyphs)
        line.add("  ")
      }
      let text = isWide ? rest : [type, rest].filter { !$0.isEmpty }.joined(separator: " ")
      let wrapped = Text(foreign: text).wrapped(to: max(12, room - before))
      let subject = Subject.object(column.identity)
      for (place, part) in wrapped.enumerated() {
        if place > 0 { line = Line(Text(" ").repeated(before)) }
        line.add(part, isWide ? .muted : .text)
        writer.add(line.clipped(to: room, glyphs: state.glyphs), about: subject)
      }
      if let comment = column.comment {
        for part in Line.wrapped(foreign: comment, .muted, columns: room, first: "    -- ", indent: "       ")
        {
          writer.add(part, about: subject)
        }
      }
    }
  }

  /// Whether a column is part of the primary key or points to another table.
  private func keyMark(_ column: String, _ constraints: [SchemaObject]) -> Text {
    var isForeign = false
    for constraint in constraints {
      guard case .constraint(let detail) = constraint.detail, detail.columns.contains(column) else {
        continue
      }
      if detail.kind == .primaryKey { return "pk" }
      if detail.kind == .foreignKey { isForeign = true }
    }
    return isForeign ? "fk" : ""
  }

  private mutating func writeConstraints() {
    writeSection(
      "Keys and constraints",
      index.parts(of: identity, .constraint).map { constraint in
        var entry = DetailWriter.Entry(
          name: constraint.identity.name, body: [(constraint.definition, .muted)],
          part: .object(constraint.identity))
        if case .constraint(let detail) = constraint.detail, !detail.isValidated {
          entry.right = Line("\(state.glyphs.exclamation) not validated", .warning)
        }
        return entry
      })
  }

  private mutating func writeIndexes() {
    let indexes = index.parts(of: identity, .index)
    guard !indexes.isEmpty else { return }
    writer.section("Indexes", count: indexes.count, note: "size, and scans since statistics were reset")
    writer.entries(
      indexes.map { item in
        var entry = DetailWriter.Entry(name: item.identity.name, part: .object(item.identity))
        guard case .index(let detail) = item.detail else { return entry }
        let method = item.definition.behind(" USING ") ?? detail.method
        let word = detail.isPrimary ? "primary " : detail.isUnique ? "unique " : ""
        entry.body = [(word + method, .muted)]
        if !detail.isValid {
          entry.role = .danger
          entry.right.add("\(state.glyphs.exclamation) invalid  ", .danger)
        }
        entry.right.add(right: "\(Amounts.bytes(detail.bytes))", .muted, width: 7, glyphs: state.glyphs)
        let scans: Text = detail.scans == 0 ? "no scans" : "\(Amounts.estimate(Double(detail.scans))) scans"
        entry.right.add(right: scans, .muted, width: 12, glyphs: state.glyphs)
        return entry
      })
  }

  private mutating func writePolicies() {
    writeSection(
      "Policies",
      index.parts(of: identity, .policy).map { policy in
        var entry = DetailWriter.Entry(name: policy.identity.name, part: .object(policy.identity))
        guard case .policy(let detail) = policy.detail else { return entry }
        let roles = detail.roles.map { $0 == AccessFacts.everyone ? "PUBLIC" : $0 }.joined(separator: ", ")
        let word = detail.isPermissive ? "" : "restrictive, "
        entry.body = [("\(word)for \(detail.command) to \(roles)", .muted)]
        if let using = detail.using { entry.body.append(("using \(using)", .text)) }
        if let check = detail.check { entry.body.append(("with check \(check)", .text)) }
        return entry
      })
  }

  private mutating func writeTriggers() {
    writeSection(
      "Triggers",
      index.parts(of: identity, .trigger).map { trigger in
        var entry = DetailWriter.Entry(name: trigger.identity.name, part: .object(trigger.identity))
        let head = "CREATE TRIGGER \(Identifier.quoted(trigger.identity.name)) "
        var text = trigger.definition
        if text.hasPrefix(head) { text.removeFirst(head.count) }
        // How it fires stands beside the name.
        if case .trigger(let detail) = trigger.detail, detail.enabled != "O",
          let mode = text.lastIndex(of: "[")
        {
          text = String(text[..<mode])
        }
        entry.body = [(text, .muted)]
        if case .trigger(let detail) = trigger.detail, detail.enabled != "O" {
          let words = ["D": "disabled", "R": "on replicas only", "A": "always"]
          entry.right = Line(
            "\(state.glyphs.exclamation) \(words[detail.enabled] ?? detail.enabled)", .warning)
        }
        return entry
      })
  }

  private mutating func writeRules() {
    writeSection(
      "Rules",
      index.parts(of: identity, .rule).map {
        DetailWriter.Entry(
          name: $0.identity.name, body: [($0.definition, .muted)], part: .object($0.identity))
      })
  }

  private mutating func writeColumnGrants() {
    let granted = index.parts(of: identity, .column).flatMap { column in
      index.grants(on: column.identity).compactMap { grant -> DetailWriter.Entry? in
        guard let (privilege, role) = grant.identity.privilegeAndRole else { return nil }
        return DetailWriter.Entry(
          name: column.identity.name, body: [("\(privilege) to \(role)", .muted)],
          part: .object(column.identity))
      }
    }
    writeSection("Grants on columns", granted)
  }

  /// Entries under a heading; nothing where there are none.
  private mutating func writeSection(_ title: Text, _ entries: [DetailWriter.Entry]) {
    guard !entries.isEmpty else { return }
    writer.section(title, count: entries.count)
    writer.entries(entries)
  }

  private mutating func writeReferences() {
    let references = index.references(to: identity)
    guard !references.isEmpty else { return }
    writer.section("Referenced by", count: references.count)
    writer.entries(
      references.map { reference in
        var columns = ""
        if case .constraint(let detail) = reference.detail {
          columns = detail.columns.joined(separator: ", ")
        }
        return DetailWriter.Entry(
          name: "\(reference.identity.table?.shortName ?? "") (\(columns))",
          body: [(reference.identity.name, .muted)], part: .object(reference.identity))
      })
  }

  private mutating func writePartitions() {
    let partitions = index.partitions(of: identity)
    guard !partitions.isEmpty else { return }
    writer.section("Partitions and heirs", count: partitions.count)
    writer.entries(partitions.map { DetailWriter.Entry(name: $0.shortName, part: .object($0)) })
  }
}

extension ObjectDetail {
  /// The type of a column.
  fileprivate var columnType: String {
    if case .column(let detail) = self { detail.type } else { "" }
  }
}

extension String {
  /// What stands behind the first place of a word.
  fileprivate func behind(_ word: String) -> String? {
    var rest = self[...]
    while let first = word.first, let place = rest.firstIndex(of: first) {
      if rest[place...].hasPrefix(word) { return String(rest[place...].dropFirst(word.count)) }
      rest = rest[index(after: place)...]
    }
    return nil
  }
}
