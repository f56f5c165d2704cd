import Schema
import Script

/// What gives the rarer objects, and tables apart from their columns, a part back.
extension Restoration {
  func objectText(
    _ object: ObjectIdentity, _ part: String, _ reading: DefinitionReading, _ account: ObjectAccount
  ) -> String? {
    if let text = storageText(object, part, reading) { return text }
    switch object.kind {
    case .table where part == "replica identity":
      let words = reading.part(part)?.text ?? "DEFAULT"
      let index =
        words.hasPrefix("INDEX ") ? "USING INDEX \(name(String(words.dropFirst("INDEX ".count))))" : nil
      return "ALTER TABLE \(qualified(object.schema, object.name)) REPLICA IDENTITY \(index ?? words);"
    case .foreignServer, .foreignDataWrapper, .foreignTable: return optionText(object, part, reading)
    case .role: return roleText(object, part, reading)
    case .domain: return domainText(object, part, reading)
    case .type: return attributeText(object, part, reading)
    case .eventTrigger where part == "firing":
      return firingWord(reading).map { "ALTER EVENT TRIGGER \(name(object.name)) \($0);" }
    case .rule where part == "firing":
      return firingWord(reading).map { "ALTER TABLE \(relation(object)) \($0) RULE \(name(object.name));" }
    case .rule, .operator, .cast, .aggregate, .statistics, .eventTrigger:
      // What was altered since would be lost.
      guard account.alterations.isEmpty, let drop = dropping(object),
        let statement = expected.statement(at: account.place), isWhole(statement, object)
      else { return nil }
      return "\(drop) \(statement.text);"
    default: return nil
    }
  }

  /// What sets a storage parameter of a table or an index; nil for other parts.
  func storageText(_ object: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let label = "storage parameter "
    guard part.hasPrefix(label) else { return nil }
    let parameter = part.dropFirst(label.count)
    let change = reading.part(part).map { "SET (\(parameter) = \($0.text))" } ?? "RESET (\(parameter))"
    return "ALTER \(object.kind.rawValue.uppercased()) \(qualified(object.schema, object.name)) \(change);"
  }

  private func firingWord(_ reading: DefinitionReading) -> String? {
    let words = [
      "enabled": "ENABLE", "disabled": "DISABLE", "on replicas": "ENABLE REPLICA", "always": "ENABLE ALWAYS",
    ]
    return reading.part("firing").flatMap { words[$0.text] }
  }

  private func optionText(_ object: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let label = "option "
    guard part.hasPrefix(label), let found = snapshot[object], let parts = ActualDefinition.parts(of: found)
    else {
      return nil
    }
    let option = name(String(part.dropFirst(label.count)))
    let words = object.kind == .foreignServer ? "SERVER" : object.kind.rawValue.uppercased()
    let start = "ALTER \(words) \(qualified(object.schema, object.name)) OPTIONS"
    guard let value = reading.part(part)?.text else { return "\(start) (DROP \(option));" }
    // A secret is not known.
    guard value != "***" else { return nil }
    let word = parts.contains { $0.name == part } ? "SET" : "ADD"
    return "\(start) (\(word) \(option) \(SQLLiteral.standard(value)));"
  }

  private func roleText(_ role: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let start = "ALTER ROLE \(name(role.name))"
    let value = reading.part(part)?.text
    switch part {
    case "connection limit": return "\(start) CONNECTION LIMIT \(value ?? "-1");"
    case "validity":
      guard let value else { return "\(start) VALID UNTIL 'infinity';" }
      let text = value.split(separator: "'", omittingEmptySubsequences: false)
      return text.count == 3 ? "\(start) VALID UNTIL '\(text[1])';" : nil
    default:
      let word = String(part.dropFirst("attribute ".count))
      return "\(start) \(value ?? (word == "INHERIT" ? word : "NO\(word)"));"
    }
  }

  private func domainText(_ domain: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let start = "ALTER DOMAIN \(qualified(domain.schema, domain.name))"
    let value = reading.part(part)?.text
    switch part {
    case "default": return value.map { "\(start) SET DEFAULT \($0);" } ?? "\(start) DROP DEFAULT;"
    case "nullability": return "\(start) \(value == nil ? "DROP" : "SET") NOT NULL;"
    case _ where part.hasPrefix("check "):
      let check = name(String(part.dropFirst("check ".count)))
      var texts: [String] = []
      if let found = snapshot[domain],
        ActualDefinition.parts(of: found)?.contains(where: { $0.name == part }) ?? false
      {
        texts.append("\(start) DROP CONSTRAINT \(check);")
      }
      if let value { texts.append("\(start) ADD CONSTRAINT \(check) CHECK (\(value));") }
      return texts.joined(separator: " ")
    default: return nil
    }
  }

  private func attributeText(_ type: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String?
  {
    let label = "attribute "
    guard part.hasPrefix(label), let found = snapshot[type] else { return nil }
    let start = "ALTER TYPE \(qualified(type.schema, type.name))"
    let attribute = part.dropFirst(label.count)
    guard let value = reading.part(part)?.text else { return "\(start) DROP ATTRIBUTE \(attribute);" }
    let isThere = ActualDefinition.parts(of: found)?.contains { $0.name == part } ?? false
    return isThere
      ? "\(start) ALTER ATTRIBUTE \(attribute) TYPE \(value);"
      : "\(start) ADD ATTRIBUTE \(attribute) \(value);"
  }
}
