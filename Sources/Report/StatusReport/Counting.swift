import Migrations
import Schema

/// Counts and ranges in words.
enum Counting {
  /// `1 migration`, `5 migrations`.
  static func migrations(_ count: Int) -> String { of(count, "migration") }

  /// `1 thing`, `2 things`.
  static func of(_ count: Int, _ noun: String) -> String { "\(count) \(count == 1 ? noun : plural(noun))" }

  /// A kind of object in the plural.
  static func plural(_ kind: ObjectKind) -> String {
    switch kind {
    case .rowSecurity: "tables with row security"
    case .forcedRowSecurity: "tables with forced row security"
    default: plural(kind.rawValue)
    }
  }

  /// The versions of migrations as ranges, in the order of the project: `001–067`, `070–072, 20260205–20260206`.
  ///
  /// A range ends where a migration of the project lies between, or where versions of another length begin.
  static func ranges(of ids: [MigrationID], in project: Project) -> String {
    let runnable = project.migrations.filter(\.isRunnable).map(\.id)
    let order =
      runnable.count > 0 && ids.allSatisfy(Set(runnable).contains) ? runnable : project.migrations.map(\.id)
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var ranges: [(first: MigrationID, last: MigrationID)] = []
    for id in ids {
      if let last = ranges.last?.last, let place = places[last], places[id] == place + 1,
        digits(of: last) > 0, digits(of: last) == digits(of: id)
      {
        ranges[ranges.count - 1].last = id
      } else {
        ranges.append((id, id))
      }
    }
    return ranges.map { range in
      name(of: range.first) == name(of: range.last)
        ? name(of: range.first) : "\(name(of: range.first))–\(name(of: range.last))"
    }
    .joined(separator: ", ")
  }

  private static func name(of id: MigrationID) -> String {
    let version = MigrationName(id.rawValue).version
    return version.isEmpty ? id.rawValue : version.text
  }

  private static func digits(of id: MigrationID) -> Int {
    MigrationName(id.rawValue).version.text.count(where: \.isNumber)
  }

  private static func plural(_ noun: String) -> String {
    if noun.hasSuffix("y"), !noun.hasSuffix("ey") { return noun.dropLast() + "ies" }
    if noun.hasSuffix("x") || noun.hasSuffix("ch") || noun.hasSuffix("ss") { return noun + "es" }
    return noun.hasSuffix("s") ? noun : noun + "s"
  }
}
