import Postgres
import Schema

/// Access lists that are read along with the object that they are of, where only some objects are looked at.
///
/// A whole snapshot reads all of them by two queries of their own (``CatalogDialect/grants`` and
/// ``CatalogDialect/privilegesInEffect``); to begin these takes longer than to read what a few objects have.
extension CatalogDialect {
  /// What is added to the columns of a query, as `held`; nothing in a whole snapshot.
  ///
  /// One text a privilege: its name, whether it may be handed on, and the role.
  func held(_ list: String) -> String {
    guard isNarrow else { return "" }
    return """
      ,
        ARRAY(SELECT concat_ws(' ', item.privilege_type, item.is_grantable,
          CASE WHEN item.grantee = 0 THEN 'public' ELSE pg_get_userbyid(item.grantee) END)
          FROM aclexplode(\(list)) item) AS held
      """
  }

  /// Notes who holds what on an object: as privileges in effect and, where it is not the owner, as grants.
  func addHeld(
    _ row: Row, on object: ObjectIdentity, owner: String, _ builder: inout SnapshotBuilder
  ) throws(PostgresError) {
    guard isNarrow else { return }
    var grantable: [AccessFacts.Privilege: Bool] = [:]
    for text in try row.array("held") {
      let parts = (text ?? "").split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else {
        throw PostgresError(.unexpectedValue, "\(text ?? "NULL") is no privilege on \(object)")
      }
      // Two who grant the same to one role are told apart by the server, not here.
      let privilege = AccessFacts.Privilege(String(parts[0]), to: String(parts[2]))
      grantable[privilege] = grantable[privilege] == true || parts[1] == "t"
    }
    guard !grantable.isEmpty else { return }
    builder.access.privileges[object] = Array(grantable.keys)
    guard !scope.platformSchemas.contains(object.schema ?? "") else { return }
    for (privilege, isGrantable) in grantable where privilege.grantee != owner {
      builder.addGrant(of: privilege.name, to: privilege.grantee, on: object, isGrantable: isGrantable)
    }
  }
}
