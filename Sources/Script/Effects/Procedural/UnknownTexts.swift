import Schema

extension PossibleEffect {
  /// Any routine is replaced by one with another body.
  static let redefinedRoutine = Effect(
    .alters, ObjectIdentity(.function, schema: nil, name: String(unknownText)), definition: redefinition)
}

extension ProceduralStatement {
  /// Whether the statement itself, apart from those that it holds, reads the text of a routine's definition.
  var readsDefinition: Bool {
    switch self {
    case .sql(let text, _), .execute(let text, _), .assignment(_, let text), .forQuery(_, let text, _):
      text.contains("pg_get_functiondef")
    default: false
    }
  }
}

extension EffectReader {
  /// Reads a text of which some parts are not known: what it does for sure, and what it may do.
  mutating func readTemplate(_ text: String) {
    guard templatesRead.insert(text).inserted else { return }
    var inner = self
    inner.begin()
    inner.guarding = guarding
    inner.readNested(text)
    let found = inner.analysis(tag: "")
    for effect in found.effects {
      if effect.action != .uses {
        notePossible(effect)
      } else if !effect.isLateBound, PossibleEffect.isKnown(effect.object) {
        use(effect.object)
      }
    }
    for one in found.locks where PossibleEffect.isKnown(one.relation) {
      lock(one.mode, one.relation, rewrites: one.rewritesTable, scans: one.scansTable)
    }
  }
}
