import Schema

/// Objects that belong to more than one database, or that a snapshot lists without their values: expectations ask for
/// them one by one.
enum UnlistedObject {
  /// Whether objects of a kind are asked for instead of being looked up.
  static func isUnlisted(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .database, .setting, .subscription, .tablespace, .transform, .textSearchParser, .textSearchTemplate:
      true
    default: false
    }
  }

  /// The query that answers with a text where the object is there (a setting's value), and with nothing where it is not.
  static func question(about object: ObjectIdentity) -> String {
    let name = SQLLiteral.text(object.name)
    switch object.kind {
    case .database: return "SELECT datname FROM pg_database WHERE datname = \(name)"
    case .tablespace: return "SELECT spcname FROM pg_tablespace WHERE spcname = \(name)"
    case .subscription:
      return """
        SELECT subname FROM pg_subscription
        WHERE subname = \(name) AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
    case .transform:
      let parts = object.name.split(separator: " FOR ")
      let (type, language) = (parts.first.map(String.init) ?? "", parts.last.map(String.init) ?? "")
      return """
        SELECT l.lanname FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
        WHERE t.trftype = to_regtype(\(SQLLiteral.text(type))) AND l.lanname = \(SQLLiteral.text(language))
        """
    case .setting: return settingQuestion(object)
    default:
      let (catalog, prefix) =
        object.kind == .textSearchParser ? ("pg_ts_parser", "prs") : ("pg_ts_template", "tmpl")
      return """
        SELECT o.\(prefix)name FROM \(catalog) o JOIN pg_namespace n ON n.oid = o.\(prefix)namespace
        WHERE o.\(prefix)name = \(name) AND n.nspname = \(SQLLiteral.text(object.schema ?? "public"))
        """
    }
  }

  /// The value of a setting that is stored with a role, a database, or a role in a database.
  private static func settingQuestion(_ setting: ObjectIdentity) -> String {
    let owner = setting.signature ?? ""
    var role: String?
    var database: String?
    if owner.hasPrefix("role ") {
      let rest = owner.dropFirst("role ".count)
      if let parts = lastSplit(rest, at: " in database ") {
        (role, database) = parts
      } else {
        role = String(rest)
      }
    } else {
      database = String(owner.dropFirst("database ".count))
    }
    let roleTest =
      role.map {
        $0 == "ALL"
          ? "s.setrole = 0" : "s.setrole = (SELECT oid FROM pg_roles WHERE rolname = \(SQLLiteral.text($0)))"
      }
      ?? "s.setrole = 0"
    let databaseTest =
      database.map { "s.setdatabase = (SELECT oid FROM pg_database WHERE datname = \(SQLLiteral.text($0)))" }
      ?? "s.setdatabase = 0"
    return """
      SELECT substr(one, strpos(one, '=') + 1) FROM pg_db_role_setting s, unnest(s.setconfig) one
      WHERE \(roleTest) AND \(databaseTest) AND lower(split_part(one, '=', 1)) = \(SQLLiteral.text(setting.name.lowercased()))
      """
  }

  private static func lastSplit(_ text: Substring, at separator: String) -> (String, String)? {
    let parts = String(text).split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return nil }
    return (parts.dropLast().joined(separator: separator), String(last))
  }
}

/// Claims about objects that no snapshot lists.
extension ExpectationJudge {
  func judgeUnlisted(_ object: ObjectIdentity, isExpected: Bool, _ answer: QueryAnswer) -> Judgement {
    switch answer {
    case .refused(let reason):
      return Judgement(
        code: FindingCode.expectationMissing, object: object,
        message: "whether \(Self.words(object)) is there cannot be told: \(reason)")
    case .text(nil):
      if !isExpected {
        return Judgement(object: object, message: "\(Self.words(object)) is not there, as expected")
      }
      return Judgement(
        code: FindingCode.expectationMissing, object: object, message: "\(Self.words(object)) is not there")
    case .text:
      if isExpected { return Judgement(object: object, message: "\(Self.words(object)) is there") }
      return Judgement(
        code: FindingCode.expectationAbsent, object: object, message: "\(Self.words(object)) is still there")
    }
  }

  func judgeSetting(_ setting: ObjectIdentity, value: String, _ answer: QueryAnswer) -> Judgement {
    guard case .text(let found?) = answer else { return judgeUnlisted(setting, isExpected: true, answer) }
    let given = found.filter { $0 != "\"" && $0 != " " }
    if given == value.filter({ $0 != "\"" && $0 != " " }) {
      return Judgement(object: setting, message: "\(Self.words(setting)) is \(found)")
    }
    return Judgement(
      code: FindingCode.expectationSetting, object: setting,
      message: "\(Self.words(setting)) is \(found), expected is \(value)")
  }

  private static func words(_ object: ObjectIdentity) -> String {
    object.kind == .setting ? "setting \(object.name) of \(object.signature ?? "")" : "\(object)"
  }
}
