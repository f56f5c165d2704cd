import Schema

/// What an object's definition and detail say of its facets, from whichever side they come.
enum FacetReading {
  /// The facets of an object that is there; those that nothing is known of are left out.
  static func facets(
    of object: ObjectIdentity, definition: String?, detail: ObjectDetail
  ) -> FacetTable<FacetValue> {
    var facets: FacetTable<FacetValue> = [.existence: .present]
    for facet in self.facets(of: object.kind) {
      facets[facet] = value(of: facet, object: object, definition: definition, detail: detail)
    }
    return facets
  }

  /// One facet of an object that is there; nil if nothing is known of it.
  static func value(
    of facet: Facet, object: ObjectIdentity, definition: String?, detail: ObjectDetail
  ) -> FacetValue? {
    switch (facet, detail) {
    case (.existence, _):
      return .present
    case (.type, .column(let column)):
      return .value(TypeSpelling.canonical(column.type))
    case (.nullability, .column(let column)):
      return .value(column.isNullable ? "nullable" : "not null")
    case (.expression, .column(let column)):
      let expression = column.defaultExpression.map(Fingerprint.of) ?? ""
      let isVirtual = column.isGenerated && definition?.contains(") VIRTUAL") == true
      return .value(isVirtual ? "virtual \(expression)" : expression)
    case (.definition, .policy(let policy)):
      return .value(fingerprint(policy))
    case (.traits, .function(let function)):
      let rights = function.isSecurityDefiner ? "definer" : "invoker"
      return .value("\(function.language) \(function.volatility) \(rights)")
    case (.settings, .function(let function)):
      return .value(FunctionSettings(function.settings).text)
    case (.body, .function(let function)):
      guard let definition, !["c", "internal"].contains(function.language) else { return nil }
      return FunctionBody.text(of: definition).map { .value($0) }
    case (.definition, .relation) where object.kind == .view || object.kind == .materializedView:
      return definition.map { .value(Fingerprint.of(DefinitionParts.query(ofView: $0))) }
    case (.definition, .constraint), (.definition, .index), (.definition, .trigger), (.definition, .none):
      guard let definition, !definition.isEmpty else { return nil }
      if object.kind == .comment { return .value(definition) }
      if object.kind == .setting { return .value(setting(definition)) }
      return .value(Fingerprint.of(DefinitionParts.withoutFiring(definition).definition))
    default:
      return nil
    }
  }

  /// The facets that an object of this kind has beside its existence.
  static func facets(of kind: ObjectKind) -> [Facet] {
    switch kind {
    case .column: [.type, .nullability, .expression]
    case .function, .procedure: [.body, .traits, .settings]
    case .policy, .constraint, .index, .trigger, .comment, .rule, .statistics, .setting: [.definition]
    case .view, .materializedView: [.definition]
    default: []
    }
  }

  /// The value of a stored setting: the server puts the names of a list in quotes where they need them.
  static func setting(_ value: String) -> String {
    value.split(separator: ",", omittingEmptySubsequences: false).map { item in
      let trimmed = item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      return trimmed.filter { $0 != "\"" }
    }.map { String($0) }.joined(separator: ",")
  }

  /// A policy as one value.
  static func value(of policy: PolicyDetail) -> FacetValue { .value(fingerprint(policy)) }

  private static func fingerprint(_ policy: PolicyDetail) -> String {
    let roles = policy.roles.isEmpty ? ["public"] : policy.roles.sorted()
    return [
      policy.isPermissive ? "permissive" : "restrictive", policy.command.uppercased(),
      roles.joined(separator: ","), policy.using.map(Fingerprint.of) ?? "-",
      policy.check.map(Fingerprint.of) ?? "-",
    ].joined(separator: " | ")
  }
}
