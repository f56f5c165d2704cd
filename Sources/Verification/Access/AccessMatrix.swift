public import Schema

/// Who can do what in a database, worked out from its catalog by the server's own rules.
///
/// The rules are those of the PostgreSQL documentation, 5.8 Privileges, 5.9 Row Security Policies, and of the
/// reference pages CREATE POLICY and CREATE VIEW. Each cell is worked out when it is asked for.
public struct AccessMatrix: Sendable {
  /// The column that stands for each object's own owner.
  public static let owner = "owner"

  /// The database as it is.
  public internal(set) var snapshot: Snapshot
  var rights: RoleRights
  var policies: [ObjectIdentity: [SchemaObject]]
  var columns: [ObjectIdentity: Set<String>]
  var identityFunctions: IdentityFunctions
  var functions: [[String]: [ObjectIdentity]]
  var relationsByName: [ObjectIdentity: ObjectIdentity]

  /// Prepares the matrix of a database.
  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    rights = RoleRights(snapshot.access)
    var policies: [ObjectIdentity: [SchemaObject]] = [:]
    var columns: [ObjectIdentity: Set<String>] = [:]
    var identityFunctions = IdentityFunctions()
    var functions: [[String]: [ObjectIdentity]] = [:]
    var relations: [ObjectIdentity: ObjectIdentity] = [:]
    for object in snapshot.objects.values {
      let identity = object.identity
      switch identity.kind {
      case .policy: if let table = identity.table { policies[table, default: []].append(object) }
      case .column: if let table = identity.table { columns[table, default: []].insert(identity.name) }
      case .function:
        guard let schema = identity.schema else { continue }
        functions[[schema, identity.name], default: []].append(identity)
        identityFunctions.read(object)
      case _ where identity.isRelation: relations[identity.relationName] = identity
      default: continue
      }
    }
    self.policies = policies.mapValues { $0.sorted { $0.identity < $1.identity } }
    self.columns = columns
    self.identityFunctions = identityFunctions
    self.functions = functions
    relationsByName = relations
  }

  /// The tables and views, in order; those of the host's schemas only if they have policies.
  public var relations: [ObjectIdentity] { relationsByName.values.filter(isShown).sorted() }

  /// The functions, procedures, schemas and sequences that are not the host's, in order.
  public var otherObjects: [ObjectIdentity] {
    snapshot.objects.keys.filter { identity in
      [.function, .procedure, .aggregate, .schema, .sequence].contains(identity.kind)
        && !snapshot.isPlatform(identity)
    }
    .sorted()
  }

  /// Whether a relation is worth a row.
  func isShown(_ relation: ObjectIdentity) -> Bool {
    !snapshot.isPlatform(relation) || !policies(on: relation).isEmpty
  }

  /// The roles worth a column: the API's on Supabase, else those that were given something; last the owner.
  public var roles: [String] {
    if let api = RolesOfInterest.platform(snapshot.access) { return api + [Self.owner] }
    return RolesOfInterest(snapshot).roles(among: snapshot.access) + [Self.owner]
  }

  /// The policies of a table, in order.
  public func policies(on table: ObjectIdentity) -> [SchemaObject] { policies[table.relationName] ?? [] }

  /// The commands that an object knows.
  public func commands(for object: ObjectIdentity) -> [AccessCommand] {
    switch object.kind {
    case .function, .procedure, .aggregate: [.execute]
    case .schema, .sequence: [.usage]
    default: AccessCommand.onRows
    }
  }

  /// What a role can do with an object by one command; ``owner`` stands for the object's own owner.
  public func cell(_ object: ObjectIdentity, _ command: AccessCommand, role: String) -> AccessCell {
    let asker = role == Self.owner ? snapshot[object]?.owner ?? role : role
    guard snapshot.access.roles[asker] != nil else {
      return AccessCell(.noGrant, because: [AccessReason(.obstacle, "there is no role \(asker)")])
    }
    if let schema = object.schema, object.kind != .schema {
      let identity = ObjectIdentity(.schema, name: schema)
      guard rights.holding("USAGE", on: identity, by: asker) != nil else {
        return AccessCell(
          .noGrant,
          because: [AccessReason(.privilege, "\(asker) has no USAGE on schema \(schema)", object: identity)])
      }
    }
    switch command {
    case .execute, .usage: return plainCell(object, command, role: asker)
    case .select, .insert, .update, .delete: return rowsCell(object, command, as: AccessAsker(asker))
    }
  }

  /// The rows that a command reaches in a relation, with the rights of a role; schemas are not looked at.
  func rowsCell(_ relation: ObjectIdentity, _ command: AccessCommand, as asker: AccessAsker) -> AccessCell {
    switch relation.kind {
    case .view: return viewCell(relation, command, as: asker)
    case .materializedView: return materializedViewCell(relation, command, as: asker)
    default: break
    }
    let role = asker.role
    guard let holding = rights.holding(command.rawValue, on: relation, by: role) else {
      return noGrant(relation, command, role: role)
    }
    var cell = rowSecurityCell(relation, command, as: asker)
    cell.reasons.insert(AccessReason(.privilege, holding.reason, object: relation), at: 0)
    cell.columns = holding.columns
    if command == .update || command == .delete,
      rights.holding("SELECT", on: relation, by: role) == nil
    {
      cell.reasons.append(
        AccessReason(
          .note,
          "without SELECT, \(role) can \(command.rawValue) only without looking: no WHERE, no RETURNING"
        ))
    }
    cell.reasons += tableNotes(relation, command, role: role)
    return cell
  }

  func noGrant(_ object: ObjectIdentity, _ command: AccessCommand, role: String) -> AccessCell {
    var reasons = [
      AccessReason(
        .privilege,
        "\(command.rawValue) on \(object.qualifiedName) is granted neither to \(role), nor to a role that it inherits from, nor to PUBLIC",
        object: object)
    ]
    if let other = rights.becoming(command.rawValue, on: object, from: role) {
      reasons.append(
        AccessReason(
          .note, "\(role) may become \(other), which has it: after SET ROLE \(Identifier.quoted(other))",
          object: object))
    }
    return AccessCell(.noGrant, because: reasons)
  }

  /// What a policy's text means for a role.
  func reader(_ table: ObjectIdentity, as asker: AccessAsker) -> PolicyReader {
    var reader = PolicyReader(
      role: asker.session, table: table, columns: columns[table.relationName] ?? [],
      identityFunctions: identityFunctions)
    let inside = asker.inside(table)
    reader.shareOfSubselects = { condition in self.shareOfSubselects(condition, as: inside) }
    return reader
  }

  /// The columns of a relation.
  func columns(of relation: ObjectIdentity) -> Set<String> { columns[relation.relationName] ?? [] }

  /// What the rows of a condition's sub-selects leave: none if one of the relations that they join is empty to who asks,
  /// own rows if one shows only these.
  private func shareOfSubselects(_ condition: PolicyCondition, as asker: AccessAsker) -> RowShare? {
    let outer: [[String]] = [["left"], ["right"], ["full"], ["union"], ["or"]]
    guard condition.hasSubselect, !condition.names.contains(where: outer.contains) else { return nil }
    var result: RowShare?
    for relation in relations(in: condition) {
      guard !asker.reading.contains(relation.relationName) else { return nil }
      switch rowsCell(relation, .select, as: asker).value {
      case .noPolicy: return .nothing
      case .own: result = .ownConditionally
      case .all, .some, .noGrant, .bypass, .error, .impossible: continue
      }
    }
    return result
  }

  private func plainCell(_ object: ObjectIdentity, _ command: AccessCommand, role: String) -> AccessCell {
    guard let holding = rights.holding(command.rawValue, on: object, by: role) else {
      return object.kind == .sequence
        ? sequenceCell(object, role: role) : noGrant(object, command, role: role)
    }
    var reasons = [AccessReason(.privilege, holding.reason, object: object)]
    if case .function(let function)? = snapshot[object]?.detail {
      reasons += functionReasons(function, of: object)
    }
    return AccessCell(.all, because: reasons)
  }

  private func functionReasons(_ function: FunctionDetail, of object: ObjectIdentity) -> [AccessReason] {
    var reasons: [AccessReason] = []
    if function.isSecurityDefiner, let owner = snapshot[object]?.owner {
      let reach = rights.bypassesRowSecurity(owner) ? ", to whom row security does not apply" : ""
      reasons.append(
        AccessReason(.rights, "SECURITY DEFINER: it works with the rights of its owner, \(owner)\(reach)"))
    }
    if function.result == "trigger" || function.result == "event_trigger" {
      reasons.append(
        AccessReason(.note, "it is called by triggers only: whoever changes the table needs no EXECUTE"))
    }
    return reasons
  }

  /// UPDATE on a sequence is enough to take numbers from it, SELECT to look at it (GRANT).
  private func sequenceCell(_ sequence: ObjectIdentity, role: String) -> AccessCell {
    if let holding = rights.holding("UPDATE", on: sequence, by: role) {
      return AccessCell(
        .all,
        because: [AccessReason(.privilege, "\(holding.reason): nextval and setval work", object: sequence)])
    }
    var cell = noGrant(sequence, .usage, role: role)
    if let holding = rights.holding("SELECT", on: sequence, by: role) {
      cell.reasons.append(AccessReason(.note, "\(holding.reason): it can be looked at", object: sequence))
    }
    return cell
  }
}
