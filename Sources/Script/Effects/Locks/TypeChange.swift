/// Whether a change of a column's type can leave the rows as they are.
public enum TypeChange {
  /// True only where PostgreSQL is known to keep the table as it is.
  ///
  /// The new type reads the old one's bytes and takes every value of it. False where the old type is not known.
  public static func keepsRows(from old: String?, to new: String) -> Bool {
    guard let old else { return false }
    if old == new { return true }
    let before = parts(old)
    let after = parts(new)
    switch (before.base, after.base) {
    case ("character varying", "text"):
      return true
    case ("text", "character varying"):
      return after.modifiers.isEmpty
    case ("character varying", "character varying"), ("bit varying", "bit varying"):
      guard let longer = after.modifiers.first else { return true }
      guard let shorter = before.modifiers.first else { return false }
      return longer >= shorter
    case ("numeric", "numeric"):
      guard after.modifiers.count == 2 else { return after.modifiers.isEmpty }
      guard before.modifiers.count == 2 else { return false }
      return after.modifiers[1] == before.modifiers[1] && after.modifiers[0] >= before.modifiers[0]
    case ("timestamp with time zone", "timestamp with time zone"),
      ("timestamp without time zone", "timestamp without time zone"), ("interval", "interval"):
      guard let precision = after.modifiers.first else { return true }
      return precision >= before.modifiers.first ?? 6
    case ("cidr", "inet"):
      return true
    default:
      return false
    }
  }

  private static func parts(_ type: String) -> (base: String, modifiers: [Int]) {
    guard let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")") else { return (type, []) }
    let inside = type[type.index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
    return (EffectReader.withoutModifier(type), inside)
  }
}
