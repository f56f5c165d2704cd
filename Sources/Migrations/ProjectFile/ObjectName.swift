import Schema

/// Names of objects as a project file writes them, exactly as PostgreSQL stores them.
///
/// A name without schema is in `public`. Double quotes keep dots, spaces and parentheses together:
/// `reports."weekly.sales"`.
enum ObjectName {
  /// The kinds of object that an expectation can name, by the key that names them.
  static let kinds: [(key: String, kind: ObjectKind)] = [
    ("table", .table), ("view", .view), ("materialized_view", .materializedView),
    ("foreign_table", .foreignTable),
    ("sequence", .sequence), ("index", .index), ("function", .function), ("procedure", .procedure),
    ("aggregate", .aggregate), ("type", .type), ("domain", .domain), ("extension", .extension),
    ("schema", .schema), ("role", .role), ("publication", .publication), ("trigger", .trigger),
    ("policy", .policy), ("constraint", .constraint), ("column", .column), ("rule", .rule),
    ("enum_value", .enumValue), ("statistics", .statistics), ("event_trigger", .eventTrigger),
    ("publication_member", .publicationMember), ("operator", .operator), ("operator_class", .operatorClass),
    ("operator_family", .operatorFamily), ("cast", .cast), ("collation", .collation),
    ("conversion", .conversion),
    ("language", .language), ("access_method", .accessMethod),
    ("text_search_configuration", .textSearchConfiguration),
    ("text_search_dictionary", .textSearchDictionary),
    ("foreign_data_wrapper", .foreignDataWrapper), ("foreign_server", .foreignServer), ("comment", .comment),
    ("user_mapping", .userMapping), ("default_privilege", .defaultPrivilege), ("setting", .setting),
    ("subscription", .subscription), ("database", .database), ("tablespace", .tablespace),
    ("transform", .transform), ("text_search_parser", .textSearchParser),
    ("text_search_template", .textSearchTemplate),
  ]

  static func kind(_ word: String) -> ObjectKind? {
    let key = word.split { $0 == " " || $0 == "_" }.joined(separator: "_").lowercased()
    if let kind = kinds.first(where: { $0.key == key })?.kind { return kind }
    return ObjectKind.allCases.first { $0.rawValue.split(separator: " ").joined(separator: "_") == key }
  }

  /// The identity of an object of a kind, or nil if the text does not name one.
  ///
  /// Columns are `table.column` or `schema.table.column`; triggers, policies, constraints and rules `NAME on TABLE`;
  /// functions take their argument types in parentheses, without them any argument types will do; operators must have
  /// them. User mappings are `ROLE on SERVER`, transforms `TYPE for LANGUAGE`, default privileges
  /// `PRIVILEGE on KIND to ROLE [in SCHEMA] [by ROLE]`, stored settings `NAME of role ROLE`, `NAME of database DATABASE` or
  /// `NAME of role ROLE in database DATABASE`. Enum values are `LABEL of TYPE`, publication members `TABLE in PUBLICATION`, operator classes and families
  /// `NAME using METHOD`, casts `TYPE as TYPE`, and comments are named by kind and object (`table public.t`).
  static func identity(_ kind: ObjectKind, _ text: String) -> ObjectIdentity? {
    switch kind {
    case .trigger, .policy, .constraint, .rule:
      guard let (name, table) = parted(text, at: " on "), let relation = qualified(table) else { return nil }
      return ObjectIdentity(
        kind, schema: relation.schema, parent: relation.name, name: unquoted(name))
    case .column:
      guard let parts = parts(text), parts.count == 2 || parts.count == 3 else { return nil }
      return .column(parts.count == 3 ? parts[0] : "public", parts[parts.count - 2], parts[parts.count - 1])
    case .enumValue:
      guard let (label, type) = parted(text, at: " of "), let owner = qualified(type) else { return nil }
      return .enumValue(owner.schema, owner.name, unquoted(label))
    case .publicationMember:
      guard let (table, publication) = parted(text, at: " in "), let member = qualified(table) else {
        return nil
      }
      return ObjectIdentity(
        .publicationMember, schema: member.schema, parent: unquoted(publication), name: member.name)
    case .operatorClass, .operatorFamily:
      guard let (name, method) = parted(text, at: " using "), let object = qualified(name) else { return nil }
      return ObjectIdentity(kind, schema: object.schema, name: object.name, signature: method)
    case .cast:
      guard let (source, target) = parted(text, at: " as ") ?? parted(text, at: " AS ") else { return nil }
      return ObjectIdentity(
        .cast, name: "\(TypeSpelling.canonical(source)) AS \(TypeSpelling.canonical(target))")
    case .userMapping:
      guard let (role, server) = parted(text, at: " on ") else { return nil }
      return ObjectIdentity(.userMapping, parent: unquoted(server), name: unquoted(role))
    case .transform:
      guard let (type, language) = parted(text, at: " for ") ?? parted(text, at: " FOR ") else { return nil }
      return ObjectIdentity(.transform, name: "\(TypeSpelling.canonical(type)) FOR \(unquoted(language))")
    case .defaultPrivilege:
      return defaultPrivilege(text)
    case .setting:
      guard let (name, owner) = parted(text, at: " of "),
        owner.hasPrefix("role ") || owner.hasPrefix("database ")
      else { return nil }
      return ObjectIdentity(.setting, name: name.lowercased(), signature: owner)
    case .comment:
      return object(text).map(ObjectIdentity.comment)
    case .operator:
      return text.hasSuffix(")") ? callable(kind, text) : nil
    case .extension, .schema, .role, .publication, .database, .language, .eventTrigger, .accessMethod,
      .foreignDataWrapper, .foreignServer, .subscription, .tablespace:
      return text.isEmpty ? nil : ObjectIdentity(kind, name: unquoted(text))
    case .function, .procedure, .aggregate:
      return callable(kind, text)
    default:
      return qualified(text).map { ObjectIdentity(kind, schema: $0.schema, name: $0.name) }
    }
  }

  /// An object named with its kind: `table public.telemetry`, `materialized_view v`.
  static func object(_ text: String) -> ObjectIdentity? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, let kind = kind(words[0]) else { return nil }
    return identity(kind, words[1])
  }

  /// `SELECT on tables to anon in app by owner` (or `in schema app`): of every schema, and of whichever role, where that is not said.
  private static func defaultPrivilege(_ text: String) -> ObjectIdentity? {
    var rest = text
    var owner: String?
    var schema: String?
    if let (before, role) = parted(rest, at: " by ") { (rest, owner) = (before, unquoted(role)) }
    if let (before, name) = parted(rest, at: " in ") {
      (rest, schema) = (
        before, unquoted(name.hasPrefix("schema ") ? String(name.dropFirst("schema ".count)) : name)
      )
    }
    guard let (what, grantee) = parted(rest, at: " to "), let (privilege, objects) = parted(what, at: " on "),
      ["tables", "sequences", "functions", "types", "schemas"].contains(objects.lowercased())
    else { return nil }
    return ObjectIdentity(
      .defaultPrivilege, schema: schema, parent: owner, name: objects.lowercased(),
      signature: "\(privilege.uppercased()) to \(unquoted(grantee))")
  }

  /// Schema and name; `public` where no schema is written.
  static func qualified(_ text: String) -> (schema: String, name: String)? {
    guard let parts = parts(text) else { return nil }
    switch parts.count {
    case 1: return ("public", parts[0])
    case 2: return (parts[0], parts[1])
    default: return nil
    }
  }

  private static func callable(_ kind: ObjectKind, _ text: String) -> ObjectIdentity? {
    guard let open = text.firstIndex(of: "(") else {
      return qualified(text).map { ObjectIdentity(kind, schema: $0.schema, name: $0.name) }
    }
    guard text.last == ")", let name = qualified(String(text[..<open])) else { return nil }
    let arguments = text[text.index(after: open)...].dropLast()
    let types = arguments.split(separator: ",").map { TypeSpelling.canonical(String($0)) }
    return ObjectIdentity(
      kind, schema: name.schema, name: name.name, signature: types.joined(separator: ", "))
  }

  /// The parts between the dots that stand outside quotes; nil if one is empty or a quote is open.
  private static func parts(_ text: String) -> [String]? {
    var parts = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "." where !isQuoted: parts.append("")
      default: parts[parts.count - 1].append(character)
      }
    }
    return isQuoted || parts.contains("") ? nil : parts
  }

  private static func unquoted(_ text: String) -> String {
    text.count > 2 && text.first == "\"" && text.last == "\"" ? String(text.dropFirst().dropLast()) : text
  }

  /// The texts before and behind the last place of a separator.
  private static func parted(_ text: String, at separator: String) -> (String, String)? {
    var end = text.endIndex
    while let start = text.index(end, offsetBy: -separator.count, limitedBy: text.startIndex) {
      if text[start..<end] == separator { return (String(text[..<start]), String(text[end...])) }
      guard end > text.startIndex else { return nil }
      end = text.index(before: end)
    }
    return nil
  }
}
