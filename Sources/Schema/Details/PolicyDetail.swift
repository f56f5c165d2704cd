/// What the catalog says of a row-level security policy.
public struct PolicyDetail: Sendable, Hashable {
  /// Whether it adds rows (permissive) or takes rows away (restrictive).
  public var isPermissive: Bool
  /// The command that it is for: `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`.
  public var command: String
  /// The roles that it is for; `public` stands for everyone.
  public var roles: [String]
  /// Its `USING` expression, as the server writes it.
  public var using: String?
  /// Its `WITH CHECK` expression, as the server writes it.
  public var check: String?

  /// Makes the detail from its parts.
  public init(
    isPermissive: Bool = true, command: String, roles: [String], using: String? = nil, check: String? = nil
  ) {
    self.isPermissive = isPermissive
    self.command = command
    self.roles = roles
    self.using = using
    self.check = check
  }
}
