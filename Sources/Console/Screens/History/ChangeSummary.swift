import Display
import Migrations
import Schema

/// A change of an object, with the parts that came or went along with it.
struct ChangeSummary: Sendable, Hashable {
  var change: ObjectChange
  /// `8 columns, 2 constraints`; empty where nothing came along.
  var parts = ""

  /// Changes in order; the parts and grants of an object that came or went are counted with it instead of listed.
  static func summaries(of changes: [ObjectChange]) -> [ChangeSummary] {
    let wholes = Set(changes.compactMap { Whole($0) })
    var counts: [Whole: [ObjectKind: Int]] = [:]
    var rest: [ObjectChange] = []
    for change in changes {
      if let whole = Whole(ofPart: change), wholes.contains(whole), let kind = change.identity?.kind {
        counts[whole, default: [:]][kind, default: 0] += 1
      } else {
        rest.append(change)
      }
    }
    return rest.map { change in
      guard let whole = Whole(change), let parts = counts[whole] else { return ChangeSummary(change: change) }
      let words = parts.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
        kind == .rowSecurity || kind == .forcedRowSecurity
          ? kind.rawValue : "\(count) \(count == 1 ? kind.rawValue : kind.plural)"
      }
      return ChangeSummary(change: change, parts: words.joined(separator: ", "))
    }
  }

  /// An object that came or went as a whole.
  private struct Whole: Hashable {
    var schema: String?
    /// The name, of a function with its argument types.
    var name: String
    var kind: ObjectChange.Kind

    init?(_ change: ObjectChange) {
      guard let identity = change.identity, change.kind != .changed else { return nil }
      switch identity.kind {
      case .table, .view, .materializedView, .foreignTable, .sequence, .type, .domain: name = identity.name
      case .function, .procedure, .aggregate: name = "\(identity.name)(\(identity.signature ?? ""))"
      default: return nil
      }
      schema = identity.schema
      kind = change.kind
    }

    /// What something came or went along with.
    init?(ofPart change: ObjectChange) {
      guard let identity = change.identity else { return nil }
      if let table = identity.table {
        name = table.name
      } else if identity.kind == .grant {
        name = identity.name
      } else {
        return nil
      }
      schema = identity.schema
      kind = change.kind
    }
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
