import JSON
import Migrations

/// Events that wait to be stored, as the texts that the history takes: each one JSON array of bounded size.
///
/// A migration of a million statements has two million events. As values they would take ten times the memory of their
/// texts, and as one text more than the server takes in one value (256 MB of `jsonb`).
struct EventBacklog: Sendable {
  /// How many bytes a text has before the next one begins.
  static let textSize = 262_144

  /// Some of the events, as the history takes them.
  struct Text: Sendable, Hashable {
    /// The number of the first, by which it is told whether they are stored already.
    var first: Int
    /// A JSON array of records.
    var json: String
  }

  private var full: [Text] = []
  private var last = Text(first: 0, json: "")
  /// Whether some of it was sent before, and may be stored already.
  private(set) var mayBeStored = false

  /// Nothing that waits.
  init() {}

  /// Records that wait.
  init(_ records: some Sequence<EventRecord>) { for record in records { append(record) } }

  /// Whether nothing waits.
  var isEmpty: Bool { full.isEmpty && last.json.isEmpty }

  /// The texts, in order.
  var texts: [Text] { last.json.isEmpty ? full : full + [closed] }

  private var closed: Text { Text(first: last.first, json: last.json + "]") }

  /// Adds a record behind the others.
  mutating func append(_ record: EventRecord) {
    if last.json.isEmpty { last.first = record.sequence }
    last.json += last.json.isEmpty ? "[" : ","
    last.json += record.json.text
    if last.json.utf8.count >= Self.textSize {
      full.append(closed)
      last.json = ""
    }
  }

  /// Puts what came earlier before it.
  mutating func putBack(_ earlier: EventBacklog) {
    full = earlier.texts + full
    mayBeStored = true
  }
}
