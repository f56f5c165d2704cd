import Schema
import Script

/// Writes the SQL that makes the database what the files say.
///
/// It is a proposal to read, not to run unseen: expressions stand in it as in the files, under the search path of the
/// files.
struct Restoration {
  let expected: ExpectedSchema
  let snapshot: Snapshot

  /// What makes a missing object again.
  func making(_ object: ObjectIdentity) -> String? {
    guard let account = expected.objects[object]?.account.map({ underPresentNames($0, of: object) }) else {
      return nil
    }
    switch object.kind {
    case .rowSecurity: return "ALTER TABLE \(relation(object)) ENABLE ROW LEVEL SECURITY;"
    case .forcedRowSecurity: return "ALTER TABLE \(relation(object)) FORCE ROW LEVEL SECURITY;"
    case .column:
      return account.definition.map {
        "ALTER TABLE \(relation(object)) ADD COLUMN \(name(object.name)) \($0);"
      }
    case .constraint:
      return account.definition.map {
        "ALTER TABLE \(relation(object)) ADD CONSTRAINT \(name(object.name)) \($0);"
      }
    case .policy:
      guard case .policy(let policy) = account.detail else { return nil }
      return policyText(object, policy)
    case .enumValue:
      guard let type = object.parent else { return nil }
      let place = account.definition.map { " \($0)" } ?? ""
      return
        "ALTER TYPE \(qualified(object.schema, type)) ADD VALUE \(SQLLiteral.standard(object.name))\(place);"
    case .index, .trigger:
      return account.definition.map { "\($0);" }
    case .view:
      return viewText(object, account)
    case .function, .procedure:
      return functionText(object, account)
    case .publicationMember:
      guard let publication = object.parent else { return nil }
      let what =
        object.schema.map { "TABLE \(qualified($0, object.name))" } ?? "TABLES IN SCHEMA \(name(object.name))"
      let rest = account.definition.map { " \($0)" } ?? ""
      return "ALTER PUBLICATION \(name(publication)) ADD \(what)\(rest);"
    default:
      // A statement that makes many things is not to be run again for one of them, except where it makes it whole.
      return expected.statement(at: account.place).flatMap { isWhole($0, object) ? "\($0.text);" : nil }
    }
  }

  /// What takes away an object that should be gone.
  func dropping(_ object: ObjectIdentity) -> String? {
    switch object.kind {
    case .rowSecurity: return "ALTER TABLE \(relation(object)) DISABLE ROW LEVEL SECURITY;"
    case .forcedRowSecurity: return "ALTER TABLE \(relation(object)) NO FORCE ROW LEVEL SECURITY;"
    case .column: return "ALTER TABLE \(relation(object)) DROP COLUMN \(name(object.name));"
    case .constraint: return "ALTER TABLE \(relation(object)) DROP CONSTRAINT \(name(object.name));"
    case .policy, .trigger, .rule:
      return "DROP \(object.kind.rawValue.uppercased()) \(name(object.name)) ON \(relation(object));"
    case .publicationMember:
      guard let publication = object.parent, let schema = object.schema else { return nil }
      return "ALTER PUBLICATION \(name(publication)) DROP TABLE \(qualified(schema, object.name));"
    case .function, .procedure, .aggregate:
      return
        "DROP \(object.kind.rawValue.uppercased()) \(qualified(object.schema, object.name))(\(object.signature ?? ""));"
    case .table, .view, .materializedView, .foreignTable, .sequence, .index, .type, .domain, .schema,
      .extension,
      .publication, .statistics, .eventTrigger, .textSearchConfiguration, .textSearchDictionary:
      return "DROP \(object.kind.rawValue.uppercased()) \(qualified(object.schema, object.name));"
    case .operator:
      let schema = object.schema.map { Identifier.quoted($0) + "." } ?? ""
      return "DROP OPERATOR \(schema)\(object.name) (\(object.signature ?? ""));"
    case .cast: return "DROP CAST (\(object.name));"
    default:
      return nil
    }
  }

  /// What gives a part of an object back what the files say.
  func restoring(_ object: ObjectIdentity, _ part: String) -> String? {
    guard let state = expected.objects[object], let written = state.account, let found = snapshot[object],
      let reading = ExpectedDefinition(
        schema: expected, object: object, state: state, account: written, found: found
      ).reading()
    else { return nil }
    let account = underPresentNames(written, of: object)
    if part == "owner", case .word(let role)? = reading.part("owner") {
      return
        "ALTER \(object.kind.rawValue.uppercased()) \(qualified(object.schema, object.name)) OWNER TO \(name(role));"
    }
    switch object.kind {
    case .column: return columnText(object, part, reading)
    case .policy: return policyText(object, part, reading)
    case .constraint where part == "deferral" && reading.part("kind") == .word("FOREIGN KEY"):
      let words = reading.part(part)?.text ?? "NOT DEFERRABLE"
      return "ALTER TABLE \(relation(object)) ALTER CONSTRAINT \(name(object.name)) \(words);"
    case .constraint:
      return account.definition.map {
        "ALTER TABLE \(relation(object)) DROP CONSTRAINT \(name(object.name)), "
          + "ADD CONSTRAINT \(name(object.name)) \($0);"
      }
    case .index:
      if let text = storageText(object, part, reading) { return text }
      if part == "validity" { return "REINDEX INDEX CONCURRENTLY \(qualified(object.schema, object.name));" }
      return account.definition.map { "DROP INDEX \(qualified(object.schema, object.name)); \($0);" }
    case .trigger:
      if part == "firing" { return firingText(object, reading) }
      return account.definition.map { "DROP TRIGGER \(name(object.name)) ON \(relation(object)); \($0);" }
    case .function, .procedure: return functionText(object, account)
    case .view:
      if part == "query" { return viewText(object, account) }
      let value = reading.part(part).map { "SET (\(part) = \($0.text))" } ?? "RESET (\(part))"
      return "ALTER VIEW \(qualified(object.schema, object.name)) \(value);"
    case .comment: return expected.statement(at: account.place).map { "\($0.text);" }
    case .table where part == "persistence":
      let word = reading.part(part) == nil ? "LOGGED" : "UNLOGGED"
      return "ALTER TABLE \(qualified(object.schema, object.name)) SET \(word);"
    case .sequence:
      guard let value = reading.part(part)?.text else { return nil }
      let clause =
        part == "owner column"
        ? "OWNED BY \(value)"
        : DefinitionParts.sequenceNumbers.first { $0.0 == part }.map { "\($0.1) \(value)" }
      return clause.map { "ALTER SEQUENCE \(qualified(object.schema, object.name)) \($0);" }
    default: return objectText(object, part, reading, account)
    }
  }

  /// The account with its definition under the names that objects have now.
  private func underPresentNames(_ account: ObjectAccount, of object: ObjectIdentity) -> ObjectAccount {
    var account = account
    var names = expected.namesChanged(since: account.renamesBefore)
    guard !names.isEmpty, let definition = account.definition else { return account }
    let tables = tables(of: account, object)
    if !tables.isEmpty {
      names = expected.objectNamesChanged(since: account.renamesBefore)
      for table in tables {
        let present = names[table.name].map { ObjectIdentity.table(table.schema ?? "public", $0) } ?? table
        let columns = expected.columnNamesChanged(of: present, since: account.renamesBefore)
        names.merge(columns) { _, column in column }
      }
    }
    account.definition = IdentifierRenaming.rename(definition, names) ?? definition
    return account
  }

  /// The only tables whose columns a definition can name, under their names of then; none if they can be any.
  private func tables(of account: ObjectAccount, _ object: ObjectIdentity) -> [ObjectIdentity] {
    switch account.detail {
    case .constraint(let constraint) where constraint.kind != .trigger && constraint.kind != .exclusion:
      return [object.table, constraint.referencedTable].compactMap { $0 }
    case .index(let index): return [index.table]
    default: return []
    }
  }

  // MARK: Kinds

  private func columnText(_ column: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let alter = "ALTER TABLE \(relation(column)) ALTER COLUMN \(name(column.name))"
    let value = reading.part(part)?.text
    switch part {
    case "type": return value.map { "\(alter) TYPE \($0);" }
    case "nullability": return "\(alter) \(value == "NOT NULL" ? "SET" : "DROP") NOT NULL;"
    case "default": return value.map { "\(alter) SET DEFAULT \($0);" } ?? "\(alter) DROP DEFAULT;"
    case "identity":
      guard let value else { return "\(alter) DROP IDENTITY;" }
      if case .column(let actual)? = snapshot[column]?.detail, actual.identity != nil {
        return "\(alter) SET GENERATED \(value);"
      }
      return "\(alter) ADD GENERATED \(value) AS IDENTITY;"
    case "generation":
      guard let value else { return "\(alter) DROP EXPRESSION;" }
      let type = reading.part("type")?.text ?? ""
      return "ALTER TABLE \(relation(column)) DROP COLUMN \(name(column.name)), "
        + "ADD COLUMN \(name(column.name)) \(type) GENERATED ALWAYS AS (\(value)) STORED;"
    default: return nil
    }
  }

  private func policyText(_ policy: ObjectIdentity, _ part: String, _ reading: DefinitionReading) -> String? {
    let value = reading.part(part)?.text
    let start = "ALTER POLICY \(name(policy.name)) ON \(relation(policy))"
    if let value {
      switch part {
      case "USING": return "\(start) USING (\(value));"
      case "WITH CHECK": return "\(start) WITH CHECK (\(value));"
      case "roles":
        return "\(start) TO \(value.split(separator: ", ").map { role(String($0)) }.joined(separator: ", "));"
      default: break
      }
    }
    // What cannot be altered, or taken away by altering, takes a new policy.
    func roles(_ text: String) -> [String] { text.split(separator: ", ").map(String.init) }
    let detail = PolicyDetail(
      isPermissive: reading.part("kind")?.text != "RESTRICTIVE",
      command: reading.part("command")?.text ?? "ALL",
      roles: roles(reading.part("roles")?.text ?? "public"), using: reading.part("USING")?.text,
      check: reading.part("WITH CHECK")?.text)
    return "DROP POLICY \(name(policy.name)) ON \(relation(policy)); \(policyText(policy, detail))"
  }

  private func policyText(_ policy: ObjectIdentity, _ detail: PolicyDetail) -> String {
    var text = "CREATE POLICY \(name(policy.name)) ON \(relation(policy))"
    if !detail.isPermissive { text += " AS RESTRICTIVE" }
    text += " FOR \(detail.command.isEmpty ? "ALL" : detail.command)"
    if !detail.roles.isEmpty { text += " TO \(detail.roles.map(role).joined(separator: ", "))" }
    if let using = detail.using { text += " USING (\(using))" }
    if let check = detail.check { text += " WITH CHECK (\(check))" }
    return text + ";"
  }

  private func firingText(_ trigger: ObjectIdentity, _ reading: DefinitionReading) -> String? {
    let words = [
      "enabled": "ENABLE", "disabled": "DISABLE", "on replicas": "ENABLE REPLICA", "always": "ENABLE ALWAYS",
    ]
    guard case .word(let mode)? = reading.part("firing"), let word = words[mode] else { return nil }
    return "ALTER TABLE \(relation(trigger)) \(word) TRIGGER \(name(trigger.name));"
  }

  private func functionText(_ function: ObjectIdentity, _ account: ObjectAccount) -> String? {
    if let statement = expected.statement(at: account.place), statement.tag.hasPrefix("CREATE "),
      isWhole(statement, function)
    {
      return "\(replacing(statement.text));"
    }
    return account.definition.map {
      "CREATE OR REPLACE \(function.kind.rawValue.uppercased()) \(qualified(function.schema, function.name))\($0);"
    }
  }

  private func viewText(_ view: ObjectIdentity, _ account: ObjectAccount) -> String? {
    if let statement = expected.statement(at: account.place), statement.tag == "CREATE VIEW" {
      return "\(replacing(statement.text));"
    }
    return account.definition.map { "CREATE OR REPLACE VIEW \(qualified(view.schema, view.name)) AS \($0);" }
  }

  /// A statement that makes an object, as one that replaces it.
  private func replacing(_ statement: String) -> String {
    let words = statement.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
    guard words.count == 3, words[0].uppercased() == "CREATE", words[1].uppercased() != "OR" else {
      return statement
    }
    return "CREATE OR REPLACE \(words[1]) \(words[2])"
  }

  /// Whether a statement makes this object and nothing beside what belongs to it.
  func isWhole(_ statement: Statement, _ object: ObjectIdentity) -> Bool {
    let made = statement.effects.filter { $0.action == .creates }.map(\.object)
    return made.contains(object)
      && made.allSatisfy {
        $0 == object || $0.isPart(of: object) || object.kind == .table || object.kind == .grant
      }
      && statement.tag != "DO"
  }

  // MARK: Names

  func relation(_ object: ObjectIdentity) -> String {
    qualified(object.schema, object.parent ?? object.name)
  }

  func qualified(_ schema: String?, _ name: String) -> String {
    [schema, name].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
  }

  func name(_ name: String) -> String { Identifier.quoted(name) }

  private func role(_ name: String) -> String { name == "public" ? "PUBLIC" : Identifier.quoted(name) }
}
