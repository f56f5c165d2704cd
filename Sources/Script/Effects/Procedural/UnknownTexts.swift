import Schema

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
  /// Notes that a routine gets another body, which is made of its own: one of those that the block names, or any where it
  /// takes them from the catalog or does not say which.
  ///
  /// - Parameter text: the block; nil if what it is about may be handed in.
  mutating func noteRedefinition(in text: String?) {
    var named: [ObjectIdentity] = []
    if let text, !Identifier.isNamed("pg_proc", in: text) {
      named = known.routines.values.joined().map(\.identity).filter {
        !callers.contains($0.qualifiedName) && Identifier.isNamed($0.name, in: text)
      }
    }
    if named.isEmpty {
      let unknown = String(PossibleEffect.unknownText)
      named = [ObjectIdentity(.function, schema: nil, name: unknown)]
    }
    for routine in named.sorted() {
      notePossible(Effect(.alters, routine, definition: PossibleEffect.redefinition))
    }
  }

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
