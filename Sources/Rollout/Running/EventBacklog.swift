import JSON
import Migrations

/// Events that wait to be stored, as the texts that the history takes: each one JSON array of bounded size.
///
/// A migration of a million statements has two million events. As values they would take ten times the memory of their
/// texts, and as one text more than the server takes in one value (256 MB of `jsonb`).
struct EventBacklog: Sendable {
  /// How many bytes a text has before the next one begins.
  static let textSize = 262_144

  private var full: [String] = []
  private var last = ""
  /// Whether some of it was sent before, and may be stored already.
  private(set) var mayBeStored = false

  /// Nothing that waits.
  init() {}

  /// Records that wait.
  init(_ records: some Sequence<EventRecord>) { for record in records { append(record) } }

  /// Whether nothing waits.
  var isEmpty: Bool { full.isEmpty && last.isEmpty }

  /// The texts, in order.
  var texts: [String] { last.isEmpty ? full : full + [last + "]"] }

  /// Adds a record behind the others.
  mutating func append(_ record: EventRecord) {
    last += last.isEmpty ? "[" : ","
    last += record.json.text
    if last.utf8.count >= Self.textSize {
      full.append(last + "]")
      last = ""
    }
  }

  /// Puts what came earlier before it.
  mutating func putBack(_ earlier: EventBacklog) {
    full = earlier.texts + full
    mayBeStored = true
  }
}
