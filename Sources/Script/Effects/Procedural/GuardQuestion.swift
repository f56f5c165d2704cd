/// One question that a block asks before it goes on.
struct GuardQuestion: Equatable {
  /// What is asked.
  var asked: CatalogGuard
  /// The texts in it that may name objects, computed where they are made of constants; nil if what it is about cannot be
  /// known.
  var names: [String]?

  /// Whether it looks for parts of something: columns, constraints, indexes, policies, triggers.
  var looksForParts: Bool

  /// A question of which nothing is known but what it asks.
  init(_ asked: CatalogGuard, names: [String]? = nil, looksForParts: Bool = false) {
    self.asked = asked
    self.names = names
    self.looksForParts = looksForParts
  }

  /// The opposite question.
  var negated: GuardQuestion {
    GuardQuestion(asked.negated, names: names, looksForParts: looksForParts)
  }
}
