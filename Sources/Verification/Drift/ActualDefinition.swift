import Schema
import Script

/// What the catalog says of objects, taken apart.
enum ActualDefinition {
  /// The parts of an object's definition that can be compared; nil if the server's text cannot be read.
  static func parts(of object: SchemaObject) -> [DefinitionPart]? {
    switch object.detail {
    case .column(let column):
      return DefinitionParts.column(column, collation: DefinitionParts.collation(in: object.definition))
    case .policy(let policy):
      return DefinitionParts.policy(policy)
    case .index(let index):
      return indexParts(object.definition, index)
    case .constraint(let constraint):
      return DefinitionReader.constraint(object.definition).map { DefinitionParts.constraint($0, constraint) }
    case .trigger(let trigger):
      // The catalog's text has a mark of ours behind it where the trigger is not simply enabled.
      let end = object.definition.range(ofMark: " [") ?? object.definition.endIndex
      return DefinitionReader.trigger(String(object.definition[..<end]))
        .map { DefinitionParts.trigger($0, trigger) }
    case .function:
      guard object.identity.kind != .aggregate else { return [] }
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

  private static func relationParts(_ object: SchemaObject, _ relation: RelationDetail) -> [DefinitionPart] {
    switch object.identity.kind {
    case .view, .materializedView:
      var query =
        object.definition.range(ofMark: "AS\n")
        .map { String(object.definition[object.definition.index($0, offsetBy: 3)...]) } ?? ""
      if query.hasSuffix(";") { query.removeLast() }
      return DefinitionParts.view(object.definition, query: query)
    default:
      return DefinitionParts.table(object.definition, relation)
    }
  }

  private static func otherParts(_ object: SchemaObject) -> [DefinitionPart]? {
    switch object.identity.kind {
    case .comment:
      return [DefinitionPart("text", .word(object.definition))]
    case .domain:
      return DefinitionReader.domain(object.definition)
    case .type where object.definition.hasPrefix("ENUM "):
      return DefinitionReader.enumeration(object.definition).map(DefinitionParts.enumeration)
    case .type where object.definition.hasPrefix("("):
      return DefinitionReader.composite(object.definition)
    case .publication:
      return DefinitionParts.publication(object.definition)
    case .publicationMember where object.identity.schema != nil:
      return object.definition.isEmpty ? [] : DefinitionReader.publicationMember(object.definition)
    default:
      return []
    }
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
