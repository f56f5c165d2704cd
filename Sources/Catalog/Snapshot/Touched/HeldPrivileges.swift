import Postgres
import Schema

/// Access lists that are read along with the object that they are of, where only some objects are looked at.
///
/// A whole snapshot reads all of them by two queries of their own (``CatalogDialect/grants`` and
/// ``CatalogDialect/privilegesInEffect``); to begin these takes longer than to read what a few objects have.
extension CatalogDialect {
  /// What is added to the columns of a query, as `held`; nothing in a whole snapshot.
  func held(_ list: String) -> String { isNarrow ? ", \(list) AS held" : "" }

  /// Notes who holds what on an object: as privileges in effect and, where it is not the owner, as grants.
  func addHeld(
    _ row: Row, on object: ObjectIdentity, owner: String, _ builder: inout SnapshotBuilder
  ) throws(PostgresError) {
    guard isNarrow else { return }
    let texts = try row.optionalArray("held") ?? []
    guard let list = AccessList(texts) else {
      let text = texts.map { $0 ?? "NULL" }.joined(separator: ",")
      throw PostgresError(.unexpectedValue, "\(text) is no access list of \(object)")
    }
    var grantable: [AccessFacts.Privilege: Bool] = [:]
    for item in list.items {
      // Two who grant the same to one role are told apart by the server, not here.
      let privilege = AccessFacts.Privilege(item.privilege, to: item.grantee)
      grantable[privilege] = grantable[privilege] == true || item.isGrantable
    }
    guard !grantable.isEmpty else { return }
    builder.access.privileges[object] = Array(grantable.keys)
    guard !scope.platformSchemas.contains(object.schema ?? "") else { return }
    for (privilege, isGrantable) in grantable where privilege.grantee != owner {
      builder.add(
        SchemaObject(
          identity: .grant(privilege.name, to: privilege.grantee, on: object),
          definition: isGrantable ? "WITH GRANT OPTION" : ""))
    }
  }
}
