/// A host of Supabase, told by its name.
public enum SupabaseHost: Sendable, Hashable {
  /// `db.REF.supabase.co`: the database itself, which has an IPv6 address only unless IPv4 was bought.
  case direct(project: String)
  /// `aws-0-eu-central-1.pooler.supabase.com`: the shared pooler.
  case pooler
  /// `REF.supabase.co`: the web interfaces; no PostgreSQL answers there.
  case website(project: String)

  /// Reads a host's name; nil for one of somebody else.
  public init?(_ host: String) {
    let labels = host.lowercased().split(separator: ".").map(String.init)
    guard labels.count >= 3 else { return nil }
    let domain = labels.suffix(2)
    guard domain.first == "supabase", domain.last == "co" || domain.last == "com" else { return nil }
    if labels.dropLast(2).last == "pooler" {
      self = .pooler
    } else if labels.count == 4, labels[0] == "db" {
      self = .direct(project: labels[1])
    } else if labels.count == 3, domain.last == "co" {
      self = .website(project: labels[0])
    } else {
      return nil
    }
  }
}
