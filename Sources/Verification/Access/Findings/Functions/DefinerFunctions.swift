import Schema

/// Functions with their owner's rights that visitors may call.
struct DefinerFunctions: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    // What policies call must be callable by who asks.
    let called = Set(database.policies.flatMap(\.leaves).flatMap(\.calls))
    return database.snapshot.objects.values.compactMap { object in
      let identity = object.identity
      guard case .function(let detail) = object.detail, detail.isSecurityDefiner,
        [.function, .procedure].contains(identity.kind), !database.snapshot.isPlatform(identity),
        detail.result != "trigger", detail.result != "event_trigger"
      else { return nil }
      let roles = database.visitors(with: [.execute], on: identity)
      guard !roles.isEmpty else { return nil }
      let isHelper = called.contains([identity.schema ?? "", identity.name])
      let isPublic = (database.snapshot.access.privileges[identity] ?? []).contains {
        $0.grantee == AccessFacts.everyone
      }
      let owner = object.owner ?? "its owner"
      let word = identity.kind == .procedure ? "PROCEDURE" : "FUNCTION"
      let from = (isPublic ? ["PUBLIC"] : []) + roles
      let how = isPublic ? " (PUBLIC may execute every function unless that is revoked)" : ""
      return AccessFinding(
        .definerFunctionExecutable, isHelper ? .notice : .warning, identity,
        "\(roles.wordList) may call \(identity.qualifiedName), which works with the rights of \(owner)\(how)",
        fix: AccessFix(
          "REVOKE EXECUTE ON \(word) \(identity.qualifiedName) FROM \(from.joined(separator: ", "));",
          decision: isHelper
            ? "nothing, as long as policies call it: they need EXECUTE"
            : "whether it is meant for them; if so, ignore this with that reason"))
    }
  }
}

/// Functions that look names up where their caller says, or where others may put things.
struct SearchPaths: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.snapshot.objects.values.compactMap { object in
      let identity = object.identity
      guard case .function(let detail) = object.detail, !database.snapshot.isPlatform(identity),
        [.function, .procedure].contains(identity.kind)
      else { return nil }
      let word = identity.kind == .procedure ? "PROCEDURE" : "FUNCTION"
      let alter = "ALTER \(word) \(identity.qualifiedName) SET search_path ="
      guard let setting = detail.settings.first(where: { $0.hasPrefix("search_path=") }) else {
        let own = [identity.schema ?? "public"]
        let path =
          own
          + (database.snapshot.contains(ObjectIdentity(.schema, name: "extensions")) ? ["extensions"] : [])
        return AccessFinding(
          .functionSearchPath, detail.isSecurityDefiner ? .failure : .notice, identity,
          detail.isSecurityDefiner
            ? "\(identity.qualifiedName) works with its owner's rights and has no search_path of its own: its caller can put tables and functions in the place of those that it names"
            : "\(identity.qualifiedName) has no search_path of its own: what it names is looked up where its caller says",
          fix: AccessFix("\(alter) \(path.quotedList), pg_temp;"))
      }
      guard detail.isSecurityDefiner else { return nil }
      let schemas = setting.dropFirst("search_path=".count).split(separator: ",").map { part in
        String(part.filter { $0 != " " && $0 != "\"" })
      }
      let open = schemas.filter { schema in
        database.askers.contains { role in
          database.matrix.rights.holding("CREATE", on: ObjectIdentity(.schema, name: schema), by: role) != nil
        }
      }
      guard let first = open.first else { return nil }
      return AccessFinding(
        .writableSearchPath, .failure, identity,
        "\(identity.qualifiedName) works with its owner's rights and looks names up in \(first), where \(database.askers.wordList) may create things",
        fix: AccessFix(
          "REVOKE CREATE ON SCHEMA \(Identifier.quoted(first)) FROM PUBLIC, \(database.askers.quotedList);"))
    }
  }
}
