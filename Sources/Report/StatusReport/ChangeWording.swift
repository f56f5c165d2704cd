import Schema

/// Expected changes in sentences: `Creates indexes …`, `Enables row security on …`.
struct ChangeWording {
  let changes: ExpectedChanges

  /// One sentence for each kind of change.
  var sentences: [ReportText] {
    createdSentences + alteredSentences + droppedSentences + otherSentences
  }

  private var createdSentences: [ReportText] {
    var sentences: [ReportText] = []
    for kind in ObjectKind.allCases {
      let objects = changes.created.filter { object in
        guard object.kind == kind else { return false }
        // What comes with a table is told with the table; policies and triggers are told each by name.
        return ![.column, .constraint].contains(kind) || !changes.isPartOfCreated(object)
      }
      guard !objects.isEmpty else { continue }
      switch kind {
      case .comment: sentences.append("Comments on \(Counting.of(objects.count, "object"))")
      case .rowSecurity, .forcedRowSecurity:
        let verb = kind == .rowSecurity ? "Enables" : "Forces"
        sentences.append("\(verb) row security on \(ReportText.names(objects.map(tableName)))")
      case .policy, .trigger: sentences += byTable(objects, verb: "Creates")
      case .column:
        let columns = objects.map { column -> ReportText in
          changes.columns[column].map { "\(code: column.qualifiedName) \($0.type)" }
            ?? .code(column.qualifiedName)
        }
        sentences.append("Adds \(Self.noun(kind, objects.count)) \(ReportText.joined(columns, by: ", "))")
      case .grant:
        sentences += PrivilegeWording.sentences(objects, verb: "Grants", preposition: "to")
      case .publicationMember: sentences.append("Publishes \(list(objects))")
      case .sequence:
        // The sequences of serial and identity columns go without saying.
        continue
      default: sentences.append("Creates \(Self.noun(kind, objects.count)) \(list(objects))")
      }
    }
    return sentences
  }

  private var alteredSentences: [ReportText] {
    var sentences: [ReportText] = []
    let described = changes.altered.filter { !$0.words.isEmpty }
    for words in described.map(\.words).reduce(into: [[String]](), { if !$0.contains($1) { $0.append($1) } })
    {
      let objects = described.filter { $0.words == words }.map(\.object)
      for kind in ObjectKind.allCases {
        let same = objects.filter { $0.kind == kind }
        guard !same.isEmpty else { continue }
        sentences.append(
          "Alters \(Self.noun(kind, same.count)) \(list(same)): \(ReportText.joined(words.map { .code($0) }, by: ", "))"
        )
      }
    }
    for kind in ObjectKind.allCases where kind != .comment {
      let objects = changes.altered.filter { $0.words.isEmpty && $0.object.kind == kind }.map(\.object)
      guard !objects.isEmpty else { continue }
      if [.policy, .trigger].contains(kind) {
        sentences += byTable(objects, verb: "Replaces")
      } else if kind == .grant {
        sentences += PrivilegeWording.sentences(objects, verb: "Grants again", preposition: "to")
      } else {
        sentences.append("Replaces \(Self.noun(kind, objects.count)) \(list(objects))")
      }
    }
    return sentences
  }

  private var droppedSentences: [ReportText] {
    var sentences: [ReportText] = []
    for kind in ObjectKind.allCases where kind != .comment {
      let objects = changes.dropped.filter { object in
        object.kind == kind && object.table.map { !changes.dropped.contains($0) } ?? true
      }
      guard !objects.isEmpty else { continue }
      switch kind {
      case .rowSecurity:
        sentences.append("Disables row security on \(ReportText.names(objects.map(tableName)))")
      case .policy, .trigger: sentences += byTable(objects, verb: "Drops")
      case .grant:
        sentences += PrivilegeWording.sentences(objects, verb: "Revokes", preposition: "from")
      default: sentences.append("Drops \(Self.noun(kind, objects.count)) \(list(objects))")
      }
    }
    return sentences
  }

  private var otherSentences: [ReportText] {
    var sentences: [ReportText] = []
    if !changes.data.isEmpty { sentences.append("Writes rows: \(ReportText.names(changes.data))") }
    let there = changes.alreadyThere.filter { $0.kind != .comment && $0.kind != .grant && $0.table == nil }
    if !there.isEmpty {
      sentences.append("Finds already there: \(ReportText.names(there.map(\.description)))")
    }
    for reason in changes.unknown { sentences.append("Cannot be told before it runs: \(reason)") }
    return sentences
  }

  private func byTable(_ objects: [ObjectIdentity], verb: String) -> [ReportText] {
    var tables: [(name: String, objects: [ObjectIdentity])] = []
    for object in objects {
      let name = tableName(object)
      if let index = tables.firstIndex(where: { $0.name == name }) {
        tables[index].objects.append(object)
      } else {
        tables.append((name, [object]))
      }
    }
    return tables.map { table in
      let kind = table.objects.first?.kind ?? .table
      return
        "\(verb) \(Self.noun(kind, table.objects.count)) on \(code: table.name): \(ReportText.names(table.objects.map(\.name)))"
    }
  }

  private func tableName(_ object: ObjectIdentity) -> String {
    object.table?.qualifiedName ?? object.qualifiedName
  }

  private func list(_ objects: [ObjectIdentity]) -> ReportText {
    ReportText.names(objects.map(\.qualifiedName))
  }

  /// A kind, in the plural if there are several.
  static func noun(_ kind: ObjectKind, _ count: Int) -> String {
    count == 1 ? kind.rawValue : Counting.plural(kind)
  }
}
