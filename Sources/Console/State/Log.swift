/// What has happened, line by line; the oldest lines go when it grows too long.
struct Log: Sendable {
  private(set) var entries: [Entry] = []
  /// How many there have been, those that are gone counted too.
  private(set) var total = 0
  /// As many as a long rollout with its notices needs for a look back.
  static let limit = 2_000

  struct Entry: Sendable, Hashable {
    var time: Double
    var kind: Kind
    var text: String
  }

  /// How an entry is marked.
  enum Kind: String, Sendable, Hashable {
    case information = "info"
    case notice
    case warning
    case error
    case done
    case statement = "sql"
  }

  mutating func add(_ kind: Kind, _ text: String, at time: Double) {
    total += 1
    entries.append(Entry(time: time, kind: kind, text: text))
    // In larger bites, so that a full log is not moved for every line.
    if entries.count > Self.limit + Self.limit / 4 { entries.removeFirst(entries.count - Self.limit) }
  }
}
