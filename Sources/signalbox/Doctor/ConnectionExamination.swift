import Catalog
import Diagnosis
import Migrations
import Postgres

/// Gathers what ``ConnectionJudge`` draws its findings from: settings, files, names, an attempt, the server.
struct ConnectionExamination: Sendable {
  let options: TargetOptions
  /// The project's directory.
  let directory: String
  /// The project; nil where none can be read.
  let project: Project?
  let declarations: [TargetDeclaration]

  /// Looks at everything, in the order in which a connection is made; changes nothing.
  ///
  /// - Throws: ``CommandFailure`` if a name is no target, or a target's variable is not set.
  func facts() async throws -> ConnectionFacts {
    let variables = ProjectVariables(directory: directory)
    let address = try TargetAddress(given: options.database, declarations: declarations, variables: variables)
    var facts = ConnectionFacts(
      origin: address.origin, environmentFiles: try await environmentFiles(variables),
      project: project.map { ProjectNeeds($0) })
    var configuration: ConnectionConfiguration?
    if address.text.isEmpty {
      configuration = ConnectionConfiguration()
    } else {
      let read = ConnectionAddress(parsing: address.text)
      facts.address = read
      do {
        configuration = try ConnectionConfiguration(address.text)
      } catch {
        facts.addressError = error.message
      }
      if ConnectionJudge.isHopeless(read, error: facts.addressError) {
        facts.settings = Self.settings(of: read, address.origin)
        return facts
      }
    }
    guard let configuration else { return facts }
    let target = try Target(options: options, address: address)
    let effective = try await target.configuration.effectiveSettings()
    let sources = SettingFiles.sources(
      given: configuration.parameters, origin: address.origin, isReadOnly: options.readOnly)
    facts.settings = sources.settings(effective.parameters, hasPassword: effective.hasPassword)
    facts.openPasswordFile = sources.passwordFile.flatMap { $0.isOpenToOthers ? $0.path : nil }
    let service = configuration.parameters["service"] ?? Environment.variable("PGSERVICE")
    if let service, !sources.serviceFiles.contains(where: { $0.services[service] != nil }) {
      facts.missingService = service
    }
    facts.hosts = try await hosts(effective.parameters)
    facts.outcome = try await outcome(of: target, facts.hosts, effective.parameters)
    return facts
  }

  /// What an address says of itself, where libpq cannot be asked.
  private static func settings(
    _ name: String, _ value: String?, _ origin: SettingOrigin
  ) -> [ConnectionSetting] {
    value.map { [ConnectionSetting(keyword: name, value: $0, origin: origin)] } ?? []
  }

  private static func settings(of address: ConnectionAddress, _ origin: SettingOrigin?) -> [ConnectionSetting]
  {
    guard let origin else { return [] }
    let host = address.hosts.first
    return settings("host", host?.host, origin) + settings("port", host?.port, origin)
      + settings("dbname", address.database, origin) + settings("user", address.user, origin)
      + settings("password", address.password.map { $0.isEmpty ? "empty" : "given" }, origin)
  }

  private func environmentFiles(_ variables: ProjectVariables) async throws -> [EnvironmentFileFacts] {
    var facts: [EnvironmentFileFacts] = []
    for file in variables.files {
      let overridden = ["DATABASE_URL"].filter { name in
        guard let inFile = file[name], let outside = variables.environment(name), !outside.isEmpty else {
          return false
        }
        return inFile.value != outside
      }
      facts.append(
        EnvironmentFileFacts(
          path: file.path, isTracked: try await GitRepository.tracks(file.path),
          secretNames: file.secretNames, overridden: overridden))
    }
    return facts + variables.unreadable.map { EnvironmentFileFacts(path: $0.path, error: $0.reason) }
  }

  private func hosts(_ parameters: [String: String]) async throws -> [HostFacts] {
    // With addresses given, names are not looked up.
    guard (parameters["hostaddr"] ?? "").isEmpty else { return [] }
    var hosts: [HostFacts] = []
    for host in (parameters["host"] ?? "").split(separator: ",").map(String.init) {
      if host.hasPrefix("/") || host.hasPrefix("@") || hosts.contains(where: { $0.host == host }) { continue }
      let lookup = try await HostLookup.look(up: host, timeout: options.connectTimeout)
      hosts.append(
        HostFacts(
          host: host, ipv4: lookup.ipv4, ipv6: lookup.ipv6,
          failure: lookup.failure.map { $0.isTemporary ? .noAnswer($0.message) : .unknown($0.message) },
          hasIPv4Route: lookup.hasIPv4Route, hasIPv6Route: lookup.hasIPv6Route))
    }
    return hosts
  }

  private func outcome(
    of target: Target, _ hosts: [HostFacts], _ parameters: [String: String]
  ) async throws -> ConnectionFacts.Outcome {
    let names = (parameters["host"] ?? "").split(separator: ",").count
    if !hosts.isEmpty, hosts.count == names, hosts.allSatisfy({ $0.failure != nil }) {
      // Nothing is left to try, and asking the resolver again would take its time again.
      return .failed(
        hosts.map { host in
          ConnectionAttempt(
            host: host.host, port: parameters["port"] ?? "5432", message: "the name does not resolve",
            kind: .nameUnresolved)
        })
    }
    let connection: Connection
    do {
      connection = try await Connection.connect(target.configuration)
    } catch let error as PostgresError where error.code != .cancelled {
      let causes = error.causes.isEmpty ? [error] : error.causes
      return .failed(causes.map { ConnectionAttempt($0, parameters) })
    }
    do {
      let reading = try await ServerExamination(connection: connection, configuration: target.configuration)
        .reading()
      await connection.close()
      return .connected(reading)
    } catch let error as PostgresError where error.code != .cancelled {
      await connection.close()
      return .failed([ConnectionAttempt(error, parameters)])
    }
  }
}

extension ConnectionAttempt {
  /// An attempt as the error tells it.
  fileprivate init(_ error: PostgresError, _ parameters: [String: String]) {
    let kind: FailureKind
    switch error.code {
    case .nameResolution: kind = .nameUnresolved
    case .unsupportedServer: kind = .unsupportedServer
    case .configuration: kind = .settings
    default: kind = FailureKind(message: error.message)
    }
    self.init(
      host: error.endpoint?.host ?? parameters["host"] ?? "", port: error.endpoint?.port ?? "5432",
      user: error.endpoint?.user ?? parameters["user"],
      database: error.endpoint?.database ?? parameters["dbname"], message: error.message, kind: kind)
  }
}
