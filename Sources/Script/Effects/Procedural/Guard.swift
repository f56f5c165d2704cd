import Schema

/// The condition under which a part of a block runs, and how it is written.
struct Guard: Equatable {
  private var condition: EffectCondition
  private var text: String
  private var questions: [String]

  init(_ reader: EffectReader) {
    condition = reader.guardCondition
    text = reader.guardText
    questions = reader.guardQuestions
  }

  /// The condition of a part inside, which asks something of its own.
  func nesting(_ asked: CatalogGuard, _ question: String) -> Guard {
    var inner = self
    inner.text = text.isEmpty ? question : "\(text) and \(question)"
    inner.questions.append(question)
    switch (asked, condition) {
    case (.exists, .always), (.exists, .ifExists): inner.condition = .ifExists
    case (.notExists, .always), (.notExists, .ifNotExists): inner.condition = .ifNotExists
    default: inner.condition = .guarded(inner.text)
    }
    return inner
  }

  /// Makes it the condition of what the reader reads next.
  func apply(to reader: inout EffectReader) {
    reader.guardCondition = condition
    reader.guardText = text
    reader.guardQuestions = questions
  }
}
