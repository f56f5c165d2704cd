/// One question that a block asks before it goes on.
struct GuardQuestion: Equatable {
  /// What is asked.
  var asked: CatalogGuard
  /// The texts in it that may name objects, computed where they are made of constants; nil if what it is about cannot be
  /// known.
  var names: [String]?

  /// Whether it looks for parts of something: columns, constraints, indexes, policies, triggers.
  var looksForParts: Bool
  /// What else it asks of the columns that it looks for.
  var columnTests: [ColumnTest] = []
  /// Whether what the files make answers it with no.
  var isContradicted = false

  /// A question of which nothing is known but what it asks.
  init(_ asked: CatalogGuard, names: [String]? = nil, looksForParts: Bool = false) {
    self.asked = asked
    self.names = names
    self.looksForParts = looksForParts
  }

  /// The same question about the same, whose answer stands for another.
  func asking(_ asked: CatalogGuard) -> GuardQuestion {
    var question = self
    question.asked = asked
    return question
  }

  /// The opposite question.
  var negated: GuardQuestion { asking(asked.negated) }

  /// The question, answered as far as it asks what columns are like that the files make.
  ///
  /// What is asked of a column that is not known may be answered either way.
  func settled(by known: KnownSchema, _ evaluation: ConstantEvaluation) -> GuardQuestion {
    guard !columnTests.isEmpty, asked != .other else { return self }
    var answers: [Bool?] = []
    for column in names.map(known.columns(named:)) ?? [] {
      let tests = columnTests.map { $0.holds(for: column, evaluation) }
      answers.append(tests.contains(false) ? false : tests.contains(nil) ? nil : true)
    }
    let isThere = answers.contains(true) ? true : answers.isEmpty || answers.contains(nil) ? nil : false
    switch (asked, isThere) {
    case (.exists, true), (.notExists, nil): return self
    // The column is there, and is not like that: what is asked for holds.
    case (.notExists, false): return asking(.exists)
    case (_, nil): return asking(.other)
    case (_, _?):
      var question = asking(.other)
      question.isContradicted = true
      return question
    }
  }
}
