import CPgQuery
import Schema

extension EffectReader {
  /// The words of a subcommand that Signalbox only notes.
  func optionText(_ command: PgQuery__AlterTableCmd, withName: Bool = true) -> String {
    var text = AlterTableWords.text(command.subtype)
    if withName, let name = nonEmpty(command.name) { text += " \(Identifier.quoted(name))" }
    if let definition = command.def, definition.kind == PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT {
      let identity = definition.pointee.replica_identity_stmt.pointee
      let words = ["f": "FULL", "n": "NOTHING", "d": "DEFAULT"]
      return text + " "
        + (words[string(identity.identity_type)] ?? "USING INDEX \(Identifier.quoted(string(identity.name)))")
    }
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions,
      PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
      return foreignOptionsText(command.def?.elements.compactMap(\.option) ?? [])
    default: break
    }
    if let definition = command.def {
      let options = definition.elements.compactMap(\.option).map { option in
        let value = option.arg.map {
          $0.nameParts.isEmpty ? Deparser.number($0) : $0.nameParts.joined(separator: ".")
        }
        let name = [nonEmpty(option.defnamespace), option.name].compactMap { $0 }.joined(separator: ".")
        return name + (value.map { " = \($0)" } ?? "")
      }
      if !options.isEmpty { text += " (\(options.joined(separator: ", ")))" }
      if options.isEmpty, let value = definition.stringValue ?? definition.integerValue.map(String.init) {
        text += " \(value)"
      }
    }
    return text
  }

  /// `OPTIONS (ADD a 'b', SET c 'd', DROP e)`; of a password it is only said that there is one.
  private func foreignOptionsText(_ settings: [PgQuery__DefElem]) -> String {
    let texts = settings.map { option in
      let name = Identifier.alwaysQuoted(string(option.defname))
      let value = option.name.contains("password") ? "…" : option.arg?.stringValue ?? ""
      return switch option.defaction {
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP: "DROP \(name)"
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET: "SET \(name) \(SQLLiteral.standard(value))"
      default: "ADD \(name) \(SQLLiteral.standard(value))"
      }
    }
    return "OPTIONS (\(texts.joined(separator: ", ")))"
  }

  /// Notes what a second run makes of `OPTIONS (ADD a 'b', SET c 'd', DROP e)`.
  mutating func noteRepetition(ofOptions settings: [PgQuery__DefElem]) {
    for option in settings {
      switch option.defaction {
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET: continue
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP:
        noteRepetition(.fails("option \(string(option.defname)) is gone"))
      default: noteRepetition(.fails("option \(string(option.defname)) is already there"))
      }
    }
  }
}
