import Catalog
import Migrations
import Postgres
import Prisma
import Schema
import Verification

extension DriftTrial {
  /// What a Prisma schema says otherwise than the database and the files of the trial.
  func report(on prisma: String) async throws -> PrismaDriftReport {
    let schema = try PrismaSchema([PrismaSchema.File(name: "schema.prisma", text: prisma)])
    let reader = CatalogReader(lease)
    let snapshot = try await reader.snapshot(project.platform == .supabase ? .supabase : .everything)
    return try await PrismaDriftJudge(
      schema.database, project: project, statuses: statuses, snapshot: snapshot
    ).report { try await reader.compare($0) }
  }

  /// The same after a change of the database that is taken back again, one line each.
  func lines(on prisma: String, after change: String = "") async throws -> [String] {
    _ = try await lease.execute("BEGIN")
    _ = try await lease.execute(change.isEmpty ? "SELECT 1" : change)
    let lines = try await report(on: prisma).drifts.map(\.line)
    _ = try await lease.execute("ROLLBACK")
    return lines
  }
}

extension PrismaDrift {
  /// `prisma.type failure column public.users.email type 5:3: text | integer | =`: Prisma, the database, the files.
  var line: String {
    let place = location?.position.map { " \($0)" } ?? ""
    return "\(code) \(severity.rawValue) \(object)\(part.map { " \($0)" } ?? "")\(place): "
      + "\(expected ?? "-") | \(Self.text(database)) | \(Self.text(files))"
  }

  private static func text(_ side: Side) -> String {
    switch side {
    case .agrees: "="
    case .differs(let value): value ?? "-"
    case .unknown(let reason): "? \(reason)"
    case .unasked: "unasked"
    }
  }
}

extension String {
  /// The text with another in the place of every `part`.
  func replacing(_ part: String, with other: String) -> String {
    var parts: [Substring] = []
    var rest = self[...]
    while let start = rest.indices.first(where: { rest[$0...].hasPrefix(part) }) {
      parts.append(rest[..<start])
      rest = rest[rest.index(start, offsetBy: part.count)...]
    }
    return (parts + [rest]).joined(separator: other)
  }
}
