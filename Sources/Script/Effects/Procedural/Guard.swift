import Schema

/// The conditions under which a part of a block runs, and how they are written.
struct Guard: Equatable {
  /// The questions, all of which must be answered with yes, outermost first.
  private(set) var questions: [GuardQuestion] = []
  /// The conditions as the block has them, cut where they get long.
  private(set) var text = ""

  /// The guard of a part inside, which asks something more.
  func nesting(_ asked: [GuardQuestion], _ words: String) -> Guard {
    var inner = self
    inner.text = text.isEmpty ? words : "\(text) and \(words)"
    inner.questions += asked
    return inner
  }

  /// Whether what stands inside is not done, as far as the files tell.
  var isContradicted: Bool { questions.contains(where: \.isContradicted) }

  /// What it comes to for all that stands inside.
  var condition: EffectCondition {
    if questions.isEmpty { return .always }
    if questions.contains(where: { $0.asked == .other }) { return .guarded(text) }
    return questions.contains { $0.asked == .notExists } ? .ifNotExists : .ifExists
  }

  /// When an effect takes place that has a condition of its own, and what must be there for it.
  func combined(
    _ own: EffectCondition, with action: EffectAction, _ object: ObjectIdentity, _ detail: ObjectDetail
  ) -> (condition: EffectCondition, hosts: [ObjectIdentity]) {
    if questions.isEmpty { return (own, []) }
    if case .guarded = condition { return (condition, []) }
    // The answer says nothing of what the statement itself leaves open.
    if case .guarded = own { return (own, []) }
    if action == .uses {
      return (questions.contains { $0.asked == .exists } ? .ifExists : .ifNotExists, [])
    }
    let isAlone = questions.count > 1
    var hosts: [ObjectIdentity] = []
    var answer = own
    for question in questions {
      switch (question.asked, action) {
      case (.notExists, .creates) where GuardSubject.mayBe(object, detail, in: question, alone: isAlone):
        answer = .ifNotExists
      case (.exists, .drops) where GuardSubject.mayBe(object, detail, in: question, alone: isAlone),
        (.exists, .alters) where GuardSubject.mayBe(object, detail, in: question, alone: isAlone):
        answer = .ifExists
      case (.exists, .creates):
        guard let host = GuardSubject.host(of: object, detail, in: question) else {
          return (.guarded(text), [])
        }
        hosts.append(host)
      default:
        return (.guarded(text), [])
      }
    }
    return (answer, hosts)
  }
}
