import Migrations
import Schema

/// The kinds of object that a snapshot lists, and that can therefore be evidence.
enum ObservableKinds {
  /// Whether the catalog would show this object if it were there.
  static func contains(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
    case .database:
      return false
    case .setting:
      // What ALTER SYSTEM sets stands in a file of the server.
      return object.signature != "system" && !isOfWhoever(setting: object)
    case .userMapping:
      return !isWhoever(object.name)
    case .grant:
      guard let role = GrantSignature(object)?.role, isGrantRead(on: object.parent) else { return false }
      return !isWhoever(role)
    case .comment:
      return isCommentRead(object)
    case .defaultPrivilege:
      return object.parent.map { !isWhoever($0) } ?? false
    default:
      return object.schema.map { !$0.hasPrefix("pg_") && $0 != "information_schema" } ?? true
    }
  }

  private static func isOfWhoever(setting: ObjectIdentity) -> Bool {
    let words = (setting.signature ?? "").split(separator: " ")
    return words.first == "role" && words.count > 1 && isWhoever(String(words[1]))
  }

  /// Whether a snapshot reads the grants on objects of a kind: not those on foreign servers, languages, and what belongs
  /// to the whole server.
  private static func isGrantRead(on kind: String?) -> Bool {
    let kinds: [ObjectKind] = [.table, .column, .sequence, .function, .schema, .type, .domain, .role]
    return kinds.contains { $0.rawValue == kind }
  }

  /// Whether a snapshot reads a comment: not those on databases, and on what every database begins with.
  private static func isCommentRead(_ comment: ObjectIdentity) -> Bool {
    switch comment.signature {
    case ObjectKind.database.rawValue: false
    case ObjectKind.extension.rawValue, ObjectKind.language.rawValue: comment.name != "plpgsql"
    default: comment.schema.map { !$0.hasPrefix("pg_") && $0 != "information_schema" } ?? true
    }
  }

  /// Whether who runs the file decides which role is meant.
  static func isWhoever(_ role: String) -> Bool {
    ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"].contains(role.uppercased())
  }
}

extension ObjectIdentity {
  /// Whether all databases of a server have it in common, so that it may be the work of the migrations of another.
  var isOfWholeServer: Bool {
    switch kind {
    case .role, .tablespace: true
    case .grant: Self.areOfWholeServer.contains(parent ?? "")
    case .comment: Self.areOfWholeServer.contains(signature ?? "")
    case .setting: databaseOfSetting == nil
    default: false
    }
  }

  private static let areOfWholeServer = [ObjectKind.role.rawValue, ObjectKind.tablespace.rawValue]
}

/// What a host may have given before the first migration.
public enum ProvidedObjects {
  /// Whether the object may be the platform's own work.
  public static func contains(_ object: ObjectIdentity, on platform: Platform) -> Bool {
    guard platform == .supabase else { return false }
    switch object.kind {
    case .role: return true
    case .schema: return object.name == "public" || schemas.contains(object.name)
    case .extension: return extensions.contains(object.name)
    case .publication: return object.name == "supabase_realtime"
    // What people add to the platform's tables is theirs.
    case .policy, .trigger, .index, .rowSecurity, .forcedRowSecurity, .comment: return false
    default: return object.schema.map(schemas.contains) ?? false
    }
  }

  private static let schemas: Set<String> = [
    "_analytics", "_realtime", "auth", "cron", "extensions", "graphql", "graphql_public", "net", "pgbouncer",
    "pgmq",
    "pgsodium", "realtime", "storage", "supabase_functions", "supabase_migrations", "vault",
  ]

  private static let extensions: Set<String> = [
    "pg_graphql", "pg_net", "pg_stat_statements", "pgcrypto", "pgjwt", "pgsodium", "plpgsql",
    "supabase_vault",
    "uuid-ossp",
  ]
}

/// A grant's signature taken apart: `SELECT to anon`.
struct GrantSignature {
  /// The role; `public` stands for everyone.
  var role: String

  /// Reads the signature of a grant; nil for anything else.
  init?(_ grant: ObjectIdentity) {
    guard let words = grant.signature?.split(separator: " ", omittingEmptySubsequences: false),
      let separator = words.firstIndex(of: "to"), separator + 1 < words.endIndex
    else { return nil }
    role = words[(separator + 1)...].joined(separator: " ")
  }
}
