import Schema

/// Blocks of PL/pgSQL with what they do where they fail.
extension ProceduralRun {
  /// Performs a block: what it may fail at and goes on after takes place under a condition.
  mutating func performBlock(
    _ body: [ProceduralStatement], _ handlers: [ProceduralStatement.Handler], with reader: inout EffectReader
  ) {
    let outer = reader.guarding
    let swallowing = handlers.filter { handler in
      !handler.body.contains { if case .raisesError = $0 { true } else { false } }
    }
    let names = Set(swallowing.flatMap(\.conditions))
    if !names.isEmpty {
      let isAboutPresence = names.allSatisfy { $0.hasPrefix("duplicate_") || Self.alreadyThere.contains($0) }
      let isAboutAbsence = names.allSatisfy { $0.hasPrefix("undefined_") || $0 == "invalid_schema_name" }
      let asked: CatalogGuard = isAboutPresence ? .notExists : isAboutAbsence ? .exists : .other
      reader.guarding = outer.nesting(
        [GuardQuestion(asked)], "unless it fails (\(names.sorted().joined(separator: ", ")))")
    }
    let inside = reader.guarding
    performInOrder(body, with: &reader)
    let afterwards = reader.guarding
    for handler in handlers {
      reader.guarding = outer.nesting(
        [GuardQuestion(.other)], "if it fails (\(handler.conditions.joined(separator: ", ")))")
      var inner = self
      inner.leaving = nil
      inner.perform(handler.body, with: &reader)
      noteLeaving(of: inner)
    }
    if !handlers.isEmpty { forget(Self.assigned(in: body)) }
    // What an early RETURN put under a condition stays so until the end of the block around.
    reader.guarding = handlers.isEmpty && inside == outer ? afterwards : outer
  }

  /// Errors that say that what was to be made is there: `42710` and its like have names, these are their codes.
  private static let alreadyThere: Set<String> = [
    "42710", "42P07", "42701", "42723", "42P06", "42P04", "23505", "unique_violation",
    "invalid_table_definition",
  ]
}
