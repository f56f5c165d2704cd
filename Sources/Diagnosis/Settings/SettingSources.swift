/// What can set a connection's settings beside its address, in libpq's order: the service file, the environment, the
/// password file, libpq's defaults ("Environment Variables" and "The Connection Service File" in its documentation).
public struct SettingSources: Sendable, Hashable {
  /// Where the address comes from; nil if there is none.
  public var address: SettingOrigin?
  /// The settings that the address names.
  public var given: [String: String]
  /// The settings that Signalbox adds.
  public var added: Set<String>
  /// libpq's variables that the environment has.
  public var environment: [String: String]
  /// The service files that libpq looks into, in order.
  public var serviceFiles: [ServiceFile]
  /// The password file, if there is one.
  public var passwordFile: PasswordFile?

  /// Makes the sources from their parts.
  public init(
    address: SettingOrigin? = nil, given: [String: String] = [:], added: Set<String> = [],
    environment: [String: String] = [:], serviceFiles: [ServiceFile] = [], passwordFile: PasswordFile? = nil
  ) {
    self.address = address
    self.given = given
    self.added = added
    self.environment = environment
    self.serviceFiles = serviceFiles
    self.passwordFile = passwordFile
  }

  /// libpq's variables for the settings that are shown.
  public static let variables = [
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
    "password": "PGPASSWORD", "service": "PGSERVICE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
    "options": "PGOPTIONS", "target_session_attrs": "PGTARGETSESSIONATTRS",
  ]

  /// The settings in the order in which they are shown.
  private static let shown = [
    "service", "host", "hostaddr", "port", "dbname", "user", "password", "sslmode", "sslrootcert", "options",
    "target_session_attrs",
  ]

  /// The settings in force, each with its origin.
  ///
  /// - Parameters:
  ///   - effective: what libpq makes of all sources, without secrets.
  ///   - hasPassword: whether libpq has one, its password file left aside.
  public func settings(_ effective: [String: String], hasPassword: Bool) -> [ConnectionSetting] {
    Self.shown.compactMap { keyword in
      if keyword == "password" { return password(effective, hasPassword) }
      guard let value = effective[keyword], !value.isEmpty else { return nil }
      // Unset, it says `any`, which is no news.
      if keyword == "target_session_attrs", value == "any" { return nil }
      return ConnectionSetting(keyword: keyword, value: value, origin: origin(of: keyword, effective))
    }
  }

  private func origin(of keyword: String, _ effective: [String: String]) -> SettingOrigin {
    if added.contains(keyword) { return .program }
    if given[keyword] != nil, let address { return address }
    if let service = effective["service"] ?? given["service"],
      let file = serviceFiles.first(where: { $0.services[service] != nil }),
      file.services[service]?[keyword] != nil
    {
      return .serviceFile(path: file.path, service: service)
    }
    if let variable = Self.variables[keyword], environment[variable].map({ !$0.isEmpty }) ?? false {
      return .environment(variable: variable)
    }
    return .standard
  }

  private func password(_ effective: [String: String], _ hasPassword: Bool) -> ConnectionSetting? {
    if hasPassword {
      return ConnectionSetting(keyword: "password", value: "given", origin: origin(of: "password", effective))
    }
    guard let passwordFile, !passwordFile.isOpenToOthers else { return nil }
    let user = effective["user"] ?? ""
    let line = passwordFile.line(
      host: effective["host"] ?? "", port: effective["port"] ?? "5432", database: effective["dbname"] ?? user,
      user: user)
    return line.map {
      ConnectionSetting(
        keyword: "password", value: "given", origin: .passwordFile(path: passwordFile.path, line: $0))
    }
  }
}
