import Schema
import Script

/// What an `ALTER` makes of the facets of its object.
enum FacetChange {
  /// The facets that the effect changes in an object as it is, with what they are then.
  static func changes(by effect: Effect, to object: TrackedObject) -> FacetTable<FacetValue> {
    let clause = effect.definition ?? ""
    let isBesideDefinition = ["DEPENDS ON ", "SECURITY LABEL "].contains { clause.hasPrefix($0) }
    if isBesideDefinition || Circumstances.changes(by: effect) != nil, effect.object.kind != .comment {
      return [:]
    }
    switch effect.object.kind {
    case .column:
      return columnChanges(effect)
    case .policy:
      return [.definition: altered(object.policy, by: effect).map { FacetReading.value(of: $0) } ?? .unknown]
    case .trigger, .rule:
      return PartChange.firing(clause) != nil ? [:] : [.definition: .unknown]
    case .view, .statistics:
      return [:]
    case .comment:
      return effect.definition.map { [.definition: .value($0)] } ?? [:]
    case .function, .procedure:
      return functionChanges(effect, object)
    default:
      var changes: FacetTable<FacetValue> = [:]
      for facet in FacetReading.facets(of: effect.object.kind) { changes[facet] = .unknown }
      return changes
    }
  }

  /// A policy as `ALTER POLICY` leaves it; nil if that is not known.
  static func altered(_ policy: PolicyDetail?, by effect: Effect) -> PolicyDetail? {
    guard var policy, let changes = DefinitionReader.policyChange(effect.definition ?? "") else { return nil }
    for change in changes {
      switch change.name {
      case "roles": policy.roles = change.value.text.split(separator: ", ").map(String.init)
      case "USING": policy.using = change.value.text
      default: policy.check = change.value.text
      }
    }
    return policy
  }

  /// `ALTER FUNCTION` changes settings or traits, never the body.
  private static func functionChanges(_ effect: Effect, _ object: TrackedObject) -> FacetTable<FacetValue> {
    if let clause = effect.definition, RoutineParts.changes(clause) != nil { return [:] }
    guard let clause = effect.definition, case .value(let text) = object.value(.settings) else {
      return [.traits: .unknown, .settings: .unknown]
    }
    if case .value(let traits) = object.value(.traits),
      let changed = FunctionTraitsText.apply(clause, to: traits)
    {
      return [.traits: .value(changed)]
    }
    var settings = FunctionSettings(text: text)
    return settings.apply(clause)
      ? [.settings: .value(settings.text)] : [.traits: .unknown, .settings: .unknown]
  }

  /// The clauses of `ALTER TABLE … ALTER COLUMN` that say what the column is afterwards.
  private static func columnChanges(_ effect: Effect) -> FacetTable<FacetValue> {
    guard let clause = effect.definition else {
      return [.type: .unknown, .nullability: .unknown, .expression: .unknown]
    }
    if clause == "DROP NOT NULL" { return [.nullability: .value("nullable")] }
    if clause == "SET NOT NULL" { return [.nullability: .value("not null")] }
    if clause == "DROP DEFAULT" || clause.hasPrefix("DROP EXPRESSION") { return [.expression: .value("")] }
    if clause.hasPrefix("SET DEFAULT ") {
      return [.expression: .value(Fingerprint.of(String(clause.dropFirst("SET DEFAULT ".count))))]
    }
    if clause.hasPrefix("TYPE ") { return [.type: type(clause), .expression: .unknown] }
    if clause.hasPrefix("ADD GENERATED") { return [.nullability: .value("not null")] }
    return [:]
  }

  private static func type(_ clause: String) -> FacetValue {
    var type = Substring(clause.dropFirst("TYPE ".count))
    for end in [" USING ", " COLLATE "] {
      let words = type.split(separator: " ", omittingEmptySubsequences: false)
      if let place = words.firstIndex(of: end.dropFirst().dropLast()) {
        type = Substring(words[..<place].joined(separator: " "))
      }
    }
    return .value(TypeSpelling.canonical(String(type)))
  }
}
