import CPgQuery
import Schema

/// Reads the values of `SET`.
enum SettingStatements {
  /// The values that a setting gets, one per element of its list.
  static func values(_ statement: PgQuery__VariableSetStmt) -> [String] {
    list(statement.n_args, statement.args).map { $0.stringValue ?? Deparser.number($0) }
  }
}

extension EffectReader {
  /// `SET` and `RESET`: what matters here is where names are looked up and whether bodies are checked.
  mutating func readSet(_ statement: PgQuery__VariableSetStmt) {
    let name = string(statement.name).lowercased()
    switch statement.kind {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
      set(name, to: SettingStatements.values(statement), isLocal: statement.is_local != 0)
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT, PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
      reset(name)
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      reset("all")
    default:
      break
    }
    if name == "role" || name == "session_authorization" {
      useRoles(SettingStatements.values(statement).filter { $0 != "none" })
    }
  }

  /// Applies a setting, whichever statement makes it; one that is local ends with the transaction.
  mutating func set(_ name: String, to values: [String], isLocal: Bool = false) {
    noteSetting(name, .text(values.joined(separator: ", ")))
    switch name {
    case "search_path":
      pathAfterCommit = isLocal ? pathAfterCommit ?? searchPath : nil
      searchPath = SearchPath(setting: values)
    case "check_function_bodies":
      checksFunctionBodies = !["off", "false", "no", "0"].contains(values.first?.lowercased())
    default: break
    }
  }

  private mutating func reset(_ name: String) {
    noteSetting(name, .initial)
    if name == "search_path" || name == "all" {
      searchPath = sessionSearchPath
      pathAfterCommit = nil
    }
    if name == "check_function_bodies" || name == "all" { checksFunctionBodies = true }
  }

  /// Notes that a setting is changed; to what is not known where it hangs on a condition.
  mutating func noteSetting(_ name: String, _ value: SessionSetting.Value) {
    settings.append(SessionSetting(name: name, value: guarding.questions.isEmpty ? value : .unknown))
  }

  /// `ALTER DATABASE … SET`, `ALTER ROLE … SET`, `ALTER SYSTEM SET`: a setting that is stored.
  mutating func readStoredSetting(_ statement: PgQuery__VariableSetStmt, of owner: String) {
    let name = string(statement.name).lowercased()
    let setting = ObjectIdentity(.setting, name: name.isEmpty ? "ALL" : name, signature: owner)
    switch statement.kind {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT, PG_QUERY__VARIABLE_SET_KIND__VAR_RESET,
      PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      drop(setting, when: .ifExists)
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      create(setting, when: .orReplace)
    default:
      create(
        setting, when: .orReplace, definition: SettingStatements.values(statement).joined(separator: ", "))
    }
  }
}
