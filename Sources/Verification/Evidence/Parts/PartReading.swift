import Schema
import Script

/// The parts of definitions as values of facets, from whichever side they come.
enum PartReading {
  /// The parts that a statement gives to the object that it makes; nil where they cannot be read.
  static func parts(of effect: Effect, in statement: Statement) -> [DefinitionPart]? {
    let definition = effect.definition
    switch effect.detail {
    case .policy(let policy): return DefinitionParts.policy(policy)
    case .trigger: return [DefinitionPart("firing", .word("enabled"))]
    case .column(let column): return ColumnParts.made(column, definition: definition)
    case .constraint: return definition.flatMap(DefinitionReader.constraint)
    case .index: return definition.flatMap(DefinitionReader.index)
    case .sequence(let sequence): return SequenceParts.made(definition, sequence)
    case .relation(let relation):
      switch effect.object.kind {
      case .view, .materializedView: return definition.map { DefinitionParts.view($0, query: "") }
      case .foreignTable:
        return made(by: statement, "CREATE FOREIGN TABLE").map {
          DefinitionParts.table(definition, relation) + $0
        }
      default:
        return DefinitionParts.ownParts(ofTable: definition).map {
          DefinitionParts.table(definition, relation) + $0
        }
      }
    case .function:
      let isWhole = ["CREATE FUNCTION", "CREATE PROCEDURE"].contains(statement.tag)
      return isWhole ? DefinitionReader.function(statement.text) : nil
    case .none: break
    }
    switch effect.object.kind {
    case .rule: return [DefinitionPart("firing", .word("enabled"))]
    case .eventTrigger:
      return (made(by: statement, "CREATE EVENT TRIGGER") ?? []) + [
        DefinitionPart("firing", .word("enabled"))
      ]
    case .collation: return CollationParts.made(definition)
    case .statistics, .schema, .extension, .conversion, .operatorClass, .operatorFamily: return []
    case .aggregate: return made(by: statement, "CREATE AGGREGATE")
    case .cast: return made(by: statement, "CREATE CAST")
    case .domain: return definition.flatMap { DefinitionReader.domain($0, named: effect.object.name) }
    case .type:
      guard let definition, definition.hasPrefix("AS (") else { return nil }
      return DefinitionReader.composite(String(definition.dropFirst("AS ".count)))
    case .role: return DefinitionReader.object("CREATE ROLE r \(DefinitionParts.withoutPassword(definition))")
    case .publication: return DefinitionParts.publication(definition)
    case .foreignServer: return made(by: statement, "CREATE SERVER")
    case .foreignDataWrapper: return made(by: statement, "CREATE FOREIGN DATA WRAPPER")
    case .userMapping: return made(by: statement, "CREATE USER MAPPING")
    case .textSearchDictionary: return made(by: statement, "CREATE TEXT SEARCH DICTIONARY")
    case .textSearchConfiguration: return made(by: statement, "CREATE TEXT SEARCH CONFIGURATION")
    case .operator: return made(by: statement, "CREATE OPERATOR")
    default: return nil
    }
  }

  private static func made(by statement: Statement, _ tag: String) -> [DefinitionPart]? {
    statement.tag == tag ? DefinitionReader.object(statement.text) : nil
  }

  /// A part of an object that the catalog shows.
  static func value(of name: String, in object: SchemaObject) -> FacetValue {
    if let shown = Circumstances.shown(name, of: object) { return shown }
    if object.identity.kind == .grant { return option(ofGrant: object.definition) }
    let isCollation = object.identity.kind == .collation
    guard
      let parts = isCollation ? CollationParts.shown(object.definition) : ActualDefinition.parts(of: object)
    else { return .unknown }
    let found = value(parts.first { $0.name == name }?.value)
    return DefinitionParts.isBound(name) ? unquoted(found) : found
  }

  /// Whether who has a grant may pass it on, from `WITH GRANT OPTION` or nothing.
  static func option(ofGrant definition: String?) -> FacetValue {
    .value(definition?.hasPrefix("WITH ") ?? false ? "OPTION" : "")
  }

  /// A value of a bound: the server writes a number in quotes where the key is not a plain integer.
  static func unquoted(_ value: FacetValue) -> FacetValue {
    guard case .value(let text) = value else { return value }
    return .value(text.filter { $0 != "'" })
  }

  /// A part's value in a form that does not depend on its spelling; one that is not there is empty.
  static func value(_ part: DefinitionPart.Value?) -> FacetValue {
    switch part {
    case nil: .value("")
    case .word(let text)?: isWhoever(text) ? .unknown : .value(text)
    case .name(let text)?:
      .value(text.split(separator: ",").map(bare).joined(separator: ", "))
    case .type(let text)?: .value(TypeSpelling.canonical(text))
    case .expression(let text)?, .query(let text)?: .value(Fingerprint.of(text))
    }
  }

  /// A name without its schema and its quotes.
  static func bare(_ name: some StringProtocol) -> String {
    String(name.split(separator: ".").last ?? "").filter { $0 != "\"" && $0 != " " }
  }

  /// Whether who runs the file decides which role is meant.
  private static func isWhoever(_ text: String) -> Bool {
    ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"].contains { text.range(ofMark: $0) != nil }
  }
}
