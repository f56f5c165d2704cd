import CPgQuery
import Schema

/// Lists of settings and options taken apart.
enum SettingParts {
  // MARK: Operators, aggregates, types, text search

  /// `(SFUNC = int4pl, STYPE = integer)`: one part a setting, without those that say the default.
  static func parts(of settings: [PgQuery__DefElem]) -> [DefinitionPart] {
    changes(settings).compactMap { change in
      guard let value = change.value else { return nil }
      let part = DefinitionPart(change.name, value)
      return defaults.contains(part) ? nil : part
    }
  }

  /// The same as changes, in which `NONE` and a setting without a value take the part away.
  static func changes(_ settings: [PgQuery__DefElem]) -> [DefinitionChange] {
    settings.compactMap { setting in
      let name = label(setting.name)
      // These are the object's identity.
      if ["leftarg", "rightarg", "basetype", "copy"].contains(name) { return nil }
      guard let value = setting.arg else {
        return DefinitionChange(name, flags.contains(name) ? .word("yes") : nil)
      }
      return DefinitionChange(name, self.value(value, of: name))
    }
  }

  private static func value(_ value: Node, of name: String) -> DefinitionPart.Value? {
    if types.contains(name), value.kind == PG_QUERY__NODE__NODE_TYPE_NAME {
      return TypeParts.text(of: value.pointee.type_name.pointee).map { .type($0) }
    }
    if flags.contains(name) { return value.booleanValue ?? true ? .word("yes") : nil }
    let text = value.nameParts.joined(separator: ".")
    if objects.contains(name) { return text.isEmpty || text.lowercased() == "none" ? nil : .name(text) }
    let word = text.isEmpty ? Deparser.number(value) : text
    return .word(words.contains(name) ? word.lowercased() : word)
  }

  /// A setting by the name that the server prefers.
  private static func label(_ name: String) -> String {
    switch name {
    case "procedure": "function"
    case "sfunc1": "sfunc"
    case "stype1": "stype"
    case "initcond1": "initcond"
    default: name
    }
  }

  private static let types: Set<String> = ["stype", "mstype", "subtype", "element", "like"]
  /// The settings that name an object.
  private static let objects: Set<String> = [
    "function", "commutator", "negator", "restrict", "join", "sfunc", "finalfunc", "combinefunc",
    "serialfunc",
    "deserialfunc", "msfunc", "minvfunc", "mfinalfunc", "sortop", "template", "parser", "subtype_opclass",
    "collation", "canonical", "subtype_diff", "multirange_type_name", "handler", "validator",
  ]
  private static let flags: Set<String> = [
    "hashes", "merges", "finalfunc_extra", "mfinalfunc_extra", "hypothetical",
  ]
  private static let words: Set<String> = ["parallel", "finalfunc_modify", "mfinalfunc_modify"]
  private static let defaults: Set<DefinitionPart> = [
    DefinitionPart("parallel", .word("unsafe")), DefinitionPart("finalfunc_modify", .word("read_only")),
    DefinitionPart("mfinalfunc_modify", .word("read_only")), DefinitionPart("sspace", .word("0")),
    DefinitionPart("msspace", .word("0")),
  ]

  // MARK: Storage parameters

  /// `WITH (fillfactor = 70, toast.autovacuum_enabled = false)`.
  ///
  /// Names in front of all but `toast` are extensions' own (`timescaledb.compress`), which keep such settings elsewhere.
  static func storage(_ settings: [PgQuery__DefElem]) -> [DefinitionPart] {
    settings.compactMap { setting in
      guard setting.name != "oids", ["toast", nil].contains(nonEmpty(setting.defnamespace)) else {
        return nil
      }
      let text = setting.arg.map { $0.nameParts.isEmpty ? Deparser.number($0) : $0.nameParts.joined() }
      return DefinitionPart(storageLabel(setting), .word(canonical(text ?? "true")))
    }
  }

  /// What a storage parameter is called as a part; one of the TOAST table has that word before its name.
  static func storageLabel(_ setting: PgQuery__DefElem) -> String {
    let parts = [nonEmpty(setting.defnamespace), setting.name].compactMap { $0 }
    return "storage parameter \(parts.joined(separator: "."))"
  }

  /// A parameter's value in one of its spellings (`on` is `true`, `.10` is `0.1`).
  private static func canonical(_ value: String) -> String {
    let words = ["on": "true", "yes": "true", "off": "false", "no": "false"]
    let lower = value.lowercased()
    if let number = Double(lower) { return number == number.rounded() ? String(Int(number)) : String(number) }
    return words[lower] ?? lower
  }

  // MARK: Foreign data

  /// `OPTIONS (host 'a')`, one part an option.
  ///
  /// Of what may be a secret it is only said that it is there.
  static func foreign(_ settings: [PgQuery__DefElem]) -> [DefinitionPart] {
    settings.map { setting in
      let value = setting.arg?.stringValue ?? ""
      let isSecret = ["password", "secret", "key"].contains { setting.name.range(ofText: $0) != nil }
      return DefinitionPart("option \(string(setting.defname))", .word(isSecret ? "…" : value))
    }
  }

  /// `OPTIONS (ADD a 'b', SET c 'd', DROP e)`.
  static func foreignChanges(_ settings: [PgQuery__DefElem]) -> [DefinitionChange] {
    zip(settings, foreign(settings)).map { setting, part in
      setting.defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP
        ? DefinitionChange(part.name, nil) : DefinitionChange(part)
    }
  }

  // MARK: Roles

  /// `LOGIN CONNECTION LIMIT 5`, without what is the default.
  static func role(_ settings: [PgQuery__DefElem]) -> [DefinitionPart] {
    roleChanges(settings).compactMap { change in change.value.map { DefinitionPart(change.name, $0) } }
  }

  /// The attributes that `ALTER ROLE` sets; one that it takes away has no value.
  static func roleChanges(_ settings: [PgQuery__DefElem]) -> [DefinitionChange] {
    settings.compactMap { setting in
      if let word = attributes[setting.name] {
        let isSet = setting.arg?.booleanValue ?? true
        let isDefault = setting.name == "inherit" ? isSet : !isSet
        return DefinitionChange("attribute \(word)", isDefault ? nil : .word(isSet ? word : "NO\(word)"))
      }
      switch setting.name {
      case "connectionlimit":
        let number = setting.arg.map(Deparser.number) ?? "-1"
        return DefinitionChange("connection limit", number == "-1" ? nil : .word(number))
      case "validuntil":
        let text = setting.arg?.stringValue ?? "infinity"
        let literal = "CAST(\(SQLLiteral.standard(text)) AS timestamp with time zone)"
        return DefinitionChange("validity", text == "infinity" ? nil : .expression(literal))
      default: return nil
      }
    }
  }

  private static let attributes = [
    "superuser": "SUPERUSER", "canlogin": "LOGIN", "inherit": "INHERIT", "createrole": "CREATEROLE",
    "createdb": "CREATEDB", "isreplication": "REPLICATION", "bypassrls": "BYPASSRLS",
  ]
}
