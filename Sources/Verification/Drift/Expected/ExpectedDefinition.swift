import Schema
import Script

/// What the files say of objects, taken apart, with all that was altered since.
struct ExpectedDefinition {
  let schema: ExpectedSchema
  let object: ObjectIdentity
  let state: TrackedObject
  let account: ObjectAccount
  let found: SchemaObject

  /// The definition; nil if the files' text cannot be read.
  func reading() -> DefinitionReading? {
    guard var reading = ownReading() else { return nil }
    applyCircumstances(to: &reading)
    applyRenames(to: &reading)
    return reading
  }

  /// Brings names that have changed since to what they are now; expressions and queries are left to the questions.
  private func applyRenames(to reading: inout DefinitionReading) {
    for place in reading.parts.indices {
      let part = reading.parts[place]
      let count = reading.renamesBefore[part.name] ?? account.renamesBefore
      guard count < schema.renames.count else { continue }
      switch part.value {
      case .word(let text) where part.name.hasPrefix("key ") || Self.partsOfNames.contains(part.name):
        let names =
          tableOfColumns(in: part.name).map { schema.columnNamesChanged(of: $0, since: count) }
          ?? schema.namesChanged(since: count)
        let renamed = text.split(separator: ", ").map { word in
          names[String(word)] ?? names[
            String(word.drop { $0 == "\"" }.reversed().drop { $0 == "\"" }.reversed())
          ]
          .map(Identifier.quoted) ?? String(word)
        }
        // These are sets, which are read in order.
        let isSet = [.statistics, .publicationMember].contains(object.kind)
        reading.parts[place].value = .word((isSet ? renamed.sorted() : renamed).joined(separator: ", "))
      case .name(let text):
        let names = schema.objectNamesChanged(since: count)
        let renamed = text.split(separator: ".").map { names[String($0)] ?? String($0) }
        reading.parts[place].value = .name(renamed.joined(separator: "."))
      // What type a column has is followed as a facet.
      case .type(let text)
      where object.kind != .column && schema.mayBeRenamed(in: text, since: count):
        reading.parts[place].value = .type(
          schema.formerNames(since: count).replacedType(text, searchPath: searchPath(of: part.name, reading)))
      default: continue
      }
    }
  }

  private func searchPath(of part: String, _ reading: DefinitionReading) -> [String]? {
    (reading.places[part] ?? account.place).searchPath
  }

  /// The table whose columns a part names.
  private func tableOfColumns(in part: String) -> ObjectIdentity? {
    switch found.detail {
    case .constraint(let constraint) where part == "referenced columns": constraint.referencedTable
    case .index(let index): index.table
    case .none where object.kind == .statistics:
      DefinitionComparison.relation(
        named: ActualDefinition.parts(of: found)?.first { $0.name == "table" }?.value.text)
    default: object.kind == .publicationMember ? object.schema.map { .table($0, object.name) } : object.table
    }
  }

  private func ownReading() -> DefinitionReading? {
    switch account.detail {
    case .column(let column): return columnReading(column)
    case .policy(let policy): return policyReading(policy)
    case .index(let index): return indexReading(index)
    case .constraint(let constraint): return constraintReading(constraint)
    case .trigger(let trigger): return triggerReading(trigger)
    case .function: return functionReading()
    case .sequence(let sequence): return sequenceReading(sequence)
    case .relation(let relation): return relationReading(relation)
    case .none: return otherReading()
    }
  }

  /// Circumstances are compared where the files change them.
  private func applyCircumstances(to reading: inout DefinitionReading) {
    for alteration in account.alterations {
      let clause = alteration.clause ?? ""
      // The newest version is the server's business.
      if object.kind == .extension, clause == "UPDATE" { reading.set("version", nil) }
      let isRenamed = !schema.renames.dropFirst(alteration.renamesBefore).isEmpty
      for change in Circumstances.changes(by: Effect(.alters, object, definition: clause)) ?? [] {
        guard var text = change.value?.text else { continue }
        if change.name == "owner" {
          if text.isEmpty || text == text.uppercased() { continue }
          for rename in schema.renames.dropFirst(alteration.renamesBefore)
          where rename.old.kind == .role && rename.old.name == text {
            text = rename.new.name
          }
        } else if isRenamed {
          reading.set(change.name, nil)
          continue
        }
        reading.set(change.name, .word(text), by: alteration)
      }
    }
  }

  /// The parts that are lists of names.
  private static let partsOfNames: Set<String> = ["columns", "included columns", "referenced columns"]

  private func otherReading() -> DefinitionReading? {
    switch object.kind {
    case .comment:
      return DefinitionReading(parts: [DefinitionPart("text", .word(account.definition ?? ""))])
    case .type: return typeReading()
    case .domain: return domainReading()
    case .publication:
      var reading = DefinitionReading(parts: DefinitionParts.publication(account.definition))
      for alteration in account.alterations {
        for part in DefinitionParts.publication(alteration.clause) where part.name != "tables" {
          reading.set(part.name, part.value, by: alteration)
        }
      }
      return reading
    case .publicationMember:
      guard object.schema != nil, let definition = account.definition else { return DefinitionReading() }
      return DefinitionReader.publicationMember(definition).map { DefinitionReading(parts: $0) }
    default:
      return objectReading()
    }
  }

  /// What the catalog says: nothing is compared then.
  var asFound: DefinitionReading { DefinitionReading(parts: ActualDefinition.parts(of: found) ?? []) }
}
