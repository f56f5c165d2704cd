import Display
import Migrations
import Schema

/// How migrations change what roles reach, for people.
struct AccessOutlookText {
  let forecast: AccessOutlook
  let style: TextStyle
  private var sentences: AccessSentenceText { AccessSentenceText(style: style) }

  /// Makes the text of a forecast.
  init(forecast: AccessOutlook, style: TextStyle) {
    self.forecast = forecast
    self.style = style
  }

  /// The lines under a heading that says how it was found out.
  var lines: [String] {
    let way =
      switch forecast.method {
      case .prediction: "foretold from the files"
      case .rehearsal: "found by running them, rolled back"
      }
    var lines = [style.bold("Access afterwards, \(way)")]
    for step in forecast.steps where !step.change.isEmpty || !step.unknowns.isEmpty {
      lines.append("   \(style.bold(harmless(step.migration.rawValue)))")
      lines += step.change.sentences.flatMap(sentences.lines)
      lines += step.unknowns.flatMap(self.lines)
    }
    if lines.count == 1 { return [style.muted("Access does not change (\(way)).")] }
    return lines
  }

  private func lines(of unknown: AccessOutlook.Unknown) -> [String] {
    let subject = unknown.object.map { "\($0.qualifiedName): " } ?? ""
    let place = unknown.location.map { " (\($0))" } ?? ""
    return sentences.wrapped("unknown", "\(subject)\(unknown.reason)\(place)").map(style.warning)
  }
}

/// What changes of what roles reach, each in its lines.
struct AccessSentenceText {
  let style: TextStyle
  var columns = 80

  /// One thing that changes, broken to the width.
  func lines(of sentence: AccessChange.Sentence) -> [String] {
    let lines = wrapped(sentence.direction.word, sentence.text)
    switch sentence.direction {
    case .widens: return lines.map(style.warning)
    case .narrows: return lines.map(style.success)
    case .differs: return lines
    case .appears: return lines.map(style.muted)
    }
  }

  func wrapped(_ word: String, _ text: String) -> [String] {
    let head = Text(foreign: word).padded(to: 9).string
    let room = max(20, columns - 14)
    return Text(foreign: text).wrapped(to: room).enumerated().map { index, line in
      "     " + (index == 0 ? head : "         ") + line.string
    }
  }
}
