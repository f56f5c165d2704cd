import Migrations
import Schema
import Verification

/// A row of the findings: a finding, or what those below it have in common.
struct FindingRow: ListItem {
  var content: Content

  enum Content: Sendable, Hashable {
    case heading(String, count: Int, worst: Finding.Severity)
    case entry(FindingBook.Entry)
  }

  enum ID: Hashable, Sendable {
    case heading(String)
    case finding(FindingKey)
  }

  var id: ID {
    switch content {
    case .heading(let title, _, _): .heading(title)
    case .entry(let entry): .finding(entry.key)
    }
  }

  var isHeading: Bool {
    if case .heading = content { true } else { false }
  }

  var searchText: String {
    guard let finding = entry?.finding else { return "" }
    return [
      finding.severity.word, finding.code, finding.migration?.rawValue ?? "", finding.object?.phrase ?? "",
      finding.message,
    ].joined(separator: " ")
  }

  var entry: FindingBook.Entry? {
    if case .entry(let entry) = content { entry } else { nil }
  }
}

/// What the findings are sorted by.
enum FindingOrder: String, Sendable, Hashable, CaseIterable {
  case severity
  case code
  case migration
  case object

  /// The one that the key for it comes to next.
  var next: FindingOrder {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }

  /// The rows of a book in this order, under headings; within one, the worst first, else as they were checked.
  func rows(_ book: FindingBook, passed: Bool) -> [FindingRow] {
    var groups: [String: [FindingBook.Entry]] = [:]
    var titles: [String] = []
    for entry in book.entries where passed || entry.finding.severity != .pass || entry.change == .better {
      let title = title(of: entry.finding)
      if groups[title] == nil { titles.append(title) }
      groups[title, default: []].append(entry)
    }
    let ranked = titles.map { title in
      (title, worst: groups[title]?.map(\.finding.severity).max() ?? .pass)
    }
    return (Finding.Severity.allCases.sorted(by: >)).flatMap { severity in
      ranked.filter { $0.worst == severity }.flatMap { title, worst -> [FindingRow] in
        let entries = groups[title] ?? []
        let sorted = Finding.Severity.allCases.sorted(by: >).flatMap { severity in
          entries.filter { $0.finding.severity == severity }
        }
        return [FindingRow(content: .heading(title, count: entries.count, worst: worst))]
          + sorted.map { FindingRow(content: .entry($0)) }
      }
    }
  }

  private func title(of finding: Finding) -> String {
    switch self {
    case .severity: finding.severity.plural
    case .code: finding.code
    case .migration: finding.migration?.rawValue ?? "of no migration"
    case .object: finding.object.map { ($0.table ?? $0).phrase } ?? "about no object"
    }
  }
}
