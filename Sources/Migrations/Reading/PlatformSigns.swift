import Schema
import Script

/// What migrations use that only a host gives.
enum PlatformSigns {
  /// Functions and tables that every Supabase project finds, and no other database.
  private static let supabase: Set<String> = [
    "auth.uid", "auth.jwt", "auth.role", "auth.users", "storage.buckets", "storage.objects",
    "storage.foldername",
  ]

  /// Roles that every Supabase project finds; `anon` alone may be another server's of PostgREST.
  private static let roles: Set<String> = ["authenticated", "service_role"]

  /// Whether the migrations use what Supabase gives, and none of them makes it.
  static func areSupabase(_ migrations: [Migration]) -> Bool {
    var used = false
    // By place: to take each migration out of the list would be to copy all that it holds.
    let statements = migrations.indices.lazy.filter { migrations[$0].isRunnable }.flatMap {
      migrations[$0].script.statements
    }
    for effect in statements.flatMap(\.effects) {
      if effect.object.kind == .schema, effect.action == .creates, effect.object.name == "auth" {
        return false
      }
      if effect.object.kind == .role, roles.contains(effect.object.name) {
        if effect.action == .creates { return false }
        used = true
      }
      guard [.function, .table].contains(effect.object.kind), let schema = effect.object.schema,
        supabase.contains("\(schema).\(effect.object.name)")
      else { continue }
      if effect.action == .creates { return false }
      used = true
    }
    return used
  }
}
