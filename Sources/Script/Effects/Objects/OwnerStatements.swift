import CPgQuery
import Schema

/// Objects that get another owner.
extension EffectReader {
  /// `ALTER … OWNER TO`.
  mutating func readOwner(_ statement: PgQuery__AlterOwnerStmt) {
    let owner = statement.newowner.map { roleName($0.pointee) } ?? ""
    useRoles([owner])
    let target: ObjectIdentity?
    if let range = statement.relation?.pointee {
      target = relation(range, Self.relationKind(statement.object_type))
    } else {
      target = statement.object.flatMap { object(statement.object_type, $0) }
    }
    guard let target else { return }
    if target.isRelation { lock(.accessExclusive, target) }
    use(target)
    alter(target, definition: "OWNER TO \(owner)")
  }
}
