import Schema
import Script

/// What the catalog says of objects, taken apart.
enum ActualDefinition {
  /// The parts of an object's definition that can be compared; nil if the server's text cannot be read.
  static func parts(of object: SchemaObject) -> [DefinitionPart]? {
    switch object.detail {
    case .column(let column):
      return DefinitionParts.column(column, collation: DefinitionParts.collation(in: object.definition))
        + DefinitionParts.keeping(column)
    case .policy(let policy):
      return DefinitionParts.policy(policy)
    case .index(let index):
      return indexParts(object.definition, index)
    case .constraint(let constraint):
      return DefinitionReader.constraint(object.definition).map { DefinitionParts.constraint($0, constraint) }
    case .trigger(let trigger):
      // The catalog's text has a mark of ours behind it where the trigger is not simply enabled.
      return DefinitionReader.trigger(DefinitionParts.withoutFiring(object.definition).definition)
        .map { DefinitionParts.trigger($0, trigger) }
    case .function:
      guard object.identity.kind != .aggregate else {
        return object.definition.isEmpty
          ? [] : DefinitionReader.object("CREATE AGGREGATE a (*) \(object.definition)")
      }
      return DefinitionReader.function(object.definition)
    case .sequence(let sequence):
      return DefinitionParts.sequence(object.definition, sequence)
    case .relation(let relation):
      return relationParts(object, relation)
    case .none:
      return otherParts(object)
    }
  }

  /// An index of a constraint is what the constraint says; beside that it can only be invalid.
  private static func indexParts(_ definition: String, _ index: IndexDetail) -> [DefinitionPart]? {
    let validity = DefinitionPart("validity", .word(index.isValid ? "valid" : "invalid"))
    if index.constraint != nil { return [validity] }
    return DefinitionReader.index(definition).map { $0 + [validity] }
  }

  private static func relationParts(_ object: SchemaObject, _ relation: RelationDetail) -> [DefinitionPart]? {
    switch object.identity.kind {
    case .view, .materializedView:
      return DefinitionParts.view(
        object.definition, query: DefinitionParts.query(ofView: object.definition))
    default:
      guard let own = tableParts(object) else { return nil }
      return DefinitionParts.table(object.definition, relation) + own
    }
  }

  /// The partition's bound, the partition key, the storage parameters, the replica identity.
  private static func tableParts(_ object: SchemaObject) -> [DefinitionPart]? {
    var definition = object.definition
    if definition.hasPrefix("UNLOGGED") { definition = String(definition.dropFirst("UNLOGGED".count)) }
    while definition.first == " " { definition.removeFirst() }
    var identity: [DefinitionPart] = []
    let mark = "REPLICA IDENTITY "
    if let start = definition.range(ofMark: mark) {
      var words = String(definition[start...].dropFirst(mark.count))
      if words.hasPrefix("USING INDEX ") {
        words = "INDEX \(Identifier.unquoted(String(words.dropFirst("USING INDEX ".count))))"
      }
      identity = [DefinitionPart("replica identity", .word(words))]
      definition = String(definition[..<start])
    }
    let isWhole = definition.hasPrefix("PARTITION OF ") || definition.hasPrefix("OF ")
    let word = object.identity.kind == .foreignTable ? "FOREIGN TABLE" : "TABLE"
    return DefinitionReader.object("CREATE \(word) t \(isWhole ? "" : "()") \(definition)").map {
      $0 + identity
    }
  }

  private static func otherParts(_ object: SchemaObject) -> [DefinitionPart]? {
    switch object.identity.kind {
    case .comment:
      return [DefinitionPart("text", .word(object.definition))]
    case .domain:
      return DefinitionReader.domain(object.definition, named: object.identity.name)
    case .type where object.definition.hasPrefix("ENUM "):
      return DefinitionReader.enumeration(object.definition).map(DefinitionParts.enumeration)
    case .type where object.definition.hasPrefix("("):
      return DefinitionReader.composite(object.definition)
    case .publication:
      return DefinitionParts.publication(object.definition)
    case .publicationMember where object.identity.schema != nil:
      return object.definition.isEmpty ? [] : DefinitionReader.publicationMember(object.definition)
    default:
      return object.definition.isEmpty && object.identity.kind != .role ? [] : rareParts(object)
    }
  }

  /// The rarer kinds, whose definition in a snapshot is what stands behind the object's name.
  private static func rareParts(_ object: SchemaObject) -> [DefinitionPart]? {
    let (definition, mode) = DefinitionParts.withoutFiring(object.definition)
    let firing = [DefinitionPart("firing", .word(mode))]
    func read(_ head: String) -> [DefinitionPart]? { DefinitionReader.object("\(head) \(definition)") }
    switch object.identity.kind {
    case .type where definition.hasPrefix("RANGE ("): return read("CREATE TYPE t AS")
    case .operator: return read("CREATE OPERATOR ===")
    case .cast: return read("CREATE CAST (integer AS integer)")
    case .statistics: return statistics(definition)
    case .rule: return DefinitionReader.object(definition).map { $0 + firing }
    case .eventTrigger: return read("CREATE EVENT TRIGGER e").map { $0 + firing }
    case .role: return read("CREATE ROLE r")
    case .textSearchDictionary: return read("CREATE TEXT SEARCH DICTIONARY d")
    case .textSearchConfiguration: return configuration(definition)
    case .foreignDataWrapper: return read("CREATE FOREIGN DATA WRAPPER w")
    case .foreignServer: return read("CREATE SERVER s")
    case .userMapping: return read("CREATE USER MAPPING FOR u SERVER s")
    default: return []
    }
  }

  /// The server's statement, with the target behind it that no `CREATE STATISTICS` takes.
  private static func statistics(_ definition: String) -> [DefinitionPart]? {
    let words = definition.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count > 2, words[words.count - 2] == "STATISTICS", let target = words.last, Int(target) != nil
    else { return DefinitionReader.object(definition) }
    return DefinitionReader.object(words.dropLast(2).joined(separator: " ")).map {
      $0 + [DefinitionPart("statistics target", .word(target))]
    }
  }

  private static func configuration(_ definition: String) -> [DefinitionPart]? {
    let lines = definition.split(separator: "\n")
    guard let first = lines.first,
      var parts = DefinitionReader.object("CREATE TEXT SEARCH CONFIGURATION c \(first)")
    else { return nil }
    for line in lines.dropFirst() {
      for change in DefinitionReader.change("ALTER TEXT SEARCH CONFIGURATION c \(line)") ?? [] {
        if let value = change.value { parts.append(DefinitionPart(change.name, value)) }
      }
    }
    return parts
  }
}

extension String {
  /// Where a text begins in this one for the first time.
  func range(ofMark mark: String) -> Index? {
    let (bytes, wanted) = (Array(utf8), Array(mark.utf8))
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start] == wanted[0] && bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: start)
    }
    return nil
  }
}
