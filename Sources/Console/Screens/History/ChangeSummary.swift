import Display
import Migrations
import Schema

/// A change of an object, with the parts that came or went along with it.
struct ChangeSummary: Sendable, Hashable {
  var change: ObjectChange
  /// `8 columns, 2 constraints`; empty where nothing came along.
  var parts = ""

  /// Changes in order; the parts of a relation that came or went are counted with it instead of listed.
  static func summaries(of changes: [ObjectChange]) -> [ChangeSummary] {
    let wholes = Set(
      changes.filter { $0.kind != .changed && ($0.identity?.isRelation ?? false) }
        .compactMap { change in
          change.identity.map { Whole(relation: $0.with(kind: .table), kind: change.kind) }
        })
    var counts: [Whole: [ObjectKind: Int]] = [:]
    var rest: [ObjectChange] = []
    for change in changes {
      let whole = change.identity?.table.map { Whole(relation: $0, kind: change.kind) }
      if let whole, wholes.contains(whole), let kind = change.identity?.kind {
        counts[whole, default: [:]][kind, default: 0] += 1
      } else {
        rest.append(change)
      }
    }
    return rest.map { change in
      guard let identity = change.identity, identity.isRelation,
        let parts = counts[Whole(relation: identity.with(kind: .table), kind: change.kind)]
      else { return ChangeSummary(change: change) }
      let words = parts.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
        kind == .rowSecurity || kind == .forcedRowSecurity
          ? kind.rawValue : "\(count) \(count == 1 ? kind.rawValue : kind.plural)"
      }
      return ChangeSummary(change: change, parts: words.joined(separator: ", "))
    }
  }

  private struct Whole: Hashable {
    var relation: ObjectIdentity
    var kind: ObjectChange.Kind
  }
}

extension ObjectIdentity {
  fileprivate var isRelation: Bool {
    [.table, .view, .materializedView, .foreignTable].contains(kind)
  }
}

extension ObjectChange {
  /// The object as it is said where the schema `public` goes without saying.
  var phrase: String { identity?.phrase ?? object }

  /// How its definition became different, line by line; empty where the history has not kept it.
  var differences: [LineDifference.Line] {
    guard let before, let after else { return [] }
    func lines(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return LineDifference(from: lines(before), to: lines(after), context: 0).lines
  }
}

extension ObjectChange.Kind {
  /// The sign that stands for it, besides its colour.
  var mark: Text {
    switch self {
    case .added: "+"
    case .changed: "~"
    case .removed: "-"
    }
  }

  var role: Role {
    switch self {
    case .added: .success
    case .changed: .warning
    case .removed: .danger
    }
  }
}
