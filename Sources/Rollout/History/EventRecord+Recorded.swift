import JSON
import Migrations

extension EventRecord {
  /// The record with its detail taken apart, so that it can be worded and replayed.
  public var recorded: RecordedEvent {
    RecordedEvent(
      sequence: sequence, time: time, kind: kind, migration: migration, statement: statement,
      content: content)
  }

  /// Takes a record apart as ``json`` has put it together; nil if it is none.
  init?(stored: JSONValue) {
    guard let sequence = stored["seq"]?.whole, let kind = stored["kind"]?.string else { return nil }
    self.init(
      sequence: sequence, time: stored["at"]?.decimal ?? 0, kind: kind,
      migration: stored["migration"]?.string.map { MigrationID($0) }, statement: stored["statement"]?.whole,
      stored: stored["detail"] ?? [:])
  }

  private var content: RecordedEvent.Content {
    switch kind {
    case "run-started":
      .runStarted(mode: detail["mode"]?.string ?? "", migrations: detail["migrations"]?.elements.count ?? 0)
    case "waiting-for-run": detail["holder"].map { .waitingForRun(Self.session($0)) } ?? .other
    case "migration-started": .migrationStarted(attempt: detail["attempt"]?.whole ?? 1)
    case "statement-started": .statementStarted
    case "notice": .notice(Self.message(detail))
    case "statement-finished":
      .statementFinished(milliseconds: detail["milliseconds"]?.decimal ?? 0, rows: detail["rows"]?.whole)
    case "statement-failed": .statementFailed(Self.message(detail))
    case "statement-skipped": .statementSkipped
    case "blocked": .blocked(detail["by"]?.elements.map(Self.session) ?? [])
    case "queued": .queued(detail["behind"]?.elements.map(Self.session) ?? [])
    case "paused": .paused(reason: detail["reason"]?.string ?? "")
    case "verified":
      .verified(
        found: detail["found"]?.whole ?? 0, expected: detail["expected"]?.whole ?? 0,
        missing: Self.texts(detail["missing"]))
    case "migration-finished":
      .migrationFinished(
        outcome: detail["outcome"]?.string ?? "", milliseconds: detail["milliseconds"]?.decimal ?? 0,
        because: detail["because"].map(Self.message))
    case "retrying":
      .retrying(attempt: detail["attempt"]?.whole ?? 0, because: detail["because"].map(Self.message))
    case "difference":
      .difference(
        added: Self.texts(detail["added"]), changed: Self.texts(detail["changed"]),
        removed: Self.texts(detail["removed"]))
    case "access-changed":
      .accessChanged(
        cells: detail["changes"]?.elements.count ?? 0,
        widened: detail["changes"]?.elements.count { $0["direction"]?.string == "widens" } ?? 0)
    case "run-finished": .runFinished(outcome: detail["outcome"]?.string ?? "")
    case "adopted", "repaired", "reverted":
      .amended(reason: detail["reason"]?.string ?? detail["script"]?.string ?? detail["problem"]?.string)
    default: .other
    }
  }

  private static func texts(_ value: JSONValue?) -> [String] { value?.elements.compactMap(\.string) ?? [] }

  private static func message(_ value: JSONValue) -> ServerMessage {
    ServerMessage(
      severity: value["severity"]?.string ?? "", code: value["code"]?.string ?? "",
      message: value["message"]?.string ?? "", detail: value["detail"]?.string, hint: value["hint"]?.string,
      context: value["context"]?.string)
  }

  private static func session(_ value: JSONValue) -> SessionDescription {
    SessionDescription(
      pid: Int32(truncatingIfNeeded: value["pid"]?.whole ?? 0), user: value["user"]?.string,
      application: value["application"]?.string, address: value["address"]?.string,
      query: value["query"]?.string,
      seconds: value["seconds"]?.decimal)
  }
}

/// What stands in a detail; nil where something else does.
extension JSONValue {
  fileprivate subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name && $0.value != .null }?.value
  }

  fileprivate var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var whole: Int? {
    switch self {
    case .integer(let number): Int(number)
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  fileprivate var decimal: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  fileprivate var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
