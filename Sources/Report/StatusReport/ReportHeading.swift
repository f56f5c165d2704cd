import JSON
import Migrations
import Verification

/// The head of a report: what it is about, when and where it was made, and how things stand in one line.
struct ReportHeading: Sendable {
  /// How things stand.
  enum Standing: String, Sendable {
    case ready
    case pending
    case failing
  }

  let title: String
  let summary: String?
  let standing: Standing
  let sentence: String
  private let name: String
  private let database: StatusDocument.Database
  private let time: Double

  init(_ facts: ReportFacts) {
    title = "\(facts.project.title ?? facts.project.name): migration status report"
    name = facts.project.name
    summary = facts.project.summary
    database = facts.database
    time = facts.time
    let open = Set(facts.open.map(\.id))
    let failures = facts.findings.filter { $0.severity == .failure }
    let unexplained = failures.count { $0.migration.map { !open.contains($0) } ?? true }
    let broken = facts.statuses.count { $0.state == .failed || $0.state == .interrupted }
    let pending = facts.statuses.count { $0.state == .pending }
    var parts: [String] = []
    if broken > 0 { parts.append("\(Counting.migrations(broken)) failed or interrupted") }
    if open.count > broken + pending {
      parts.append("\(Counting.migrations(open.count - broken - pending)) partly in or changed since")
    }
    if pending > 0 { parts.append("\(Counting.migrations(pending)) pending") }
    if !failures.isEmpty {
      parts.append(
        "\(failures.count) of \(facts.findings.count) checks \(failures.count == 1 ? "fails" : "fail")")
    }
    if broken > 0 || unexplained > 0 {
      standing = .failing
    } else {
      standing = open.isEmpty && failures.isEmpty ? .ready : .pending
    }
    sentence =
      parts.isEmpty
      ? "all that can run is applied, and \(facts.findings.count) of \(facts.findings.count) checks pass"
      : parts.joined(separator: ", ")
  }

  var blocks: [ReportBlock] {
    let (mark, words): (ReportMark, String) =
      switch standing {
      case .ready: (.good, "READY")
      case .pending: (.warning, "NEEDS ACTION")
      case .failing: (.bad, "NEEDS ATTENTION")
      }
    var blocks: [ReportBlock] = [
      .heading(1, ReportText(title)),
      .list([
        "\(strong: "Generated:") \(Timestamp.text(of: time))",
        "\(strong: "Database:") \(code: database.name) on \(code: database.host), PostgreSQL \(database.version)",
        "\(strong: "Status:") \(mark) \(strong: words): \(sentence)",
      ]),
    ]
    if let summary { blocks.append(.paragraph(ReportText(summary))) }
    return blocks
  }

  var json: [JSONValue.Member] {
    [
      .init("project", .string(name)), .init("title", .string(title)),
      .init("generated_at", .string(Timestamp.text(of: time))),
      .init(
        "database",
        [
          "name": .string(database.name), "host": .string(database.host),
          "version": .string(database.version),
        ]),
      .init("standing", .string(standing.rawValue)), .init("sentence", .string(sentence)),
    ]
  }
}
