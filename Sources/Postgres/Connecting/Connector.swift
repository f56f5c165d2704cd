import Glibc
import Threads

/// Makes one connection: resolves names, tries one address after the other, each with its own deadline.
struct Connector: Sendable {
  let configuration: ConnectionConfiguration
  let interruption: WaitInterruption

  func connect() async throws(PostgresError) -> (LibpqConnection, [Notice]) {
    for (name, value) in configuration.parameters where name.utf8.contains(0) || value.utf8.contains(0) {
      throw PostgresError(.configuration, "the connection parameter \"\(name)\" holds a NUL character")
    }
    let effective = try await effectiveParameters()
    let targets = try ConnectionTarget.list(effective, socketDirectory: Self.defaultSocketDirectory)
    var failures: [PostgresError] = []
    for session in ConnectionTarget.passes(effective["target_session_attrs"]) {
      for target in targets {
        let addresses: [String?]
        do throws(PostgresError) {
          addresses = try await self.addresses(of: target, effective)
        } catch {
          if error.code == .cancelled { throw error }
          failures.append(error)
          continue
        }
        for address in addresses {
          do throws(PostgresError) {
            return try await attempt(target, address, session, effective)
          } catch {
            if error.code == .cancelled || error.code == .unsupportedServer || ConnectFailure.isFinal(error) {
              throw error
            }
            failures.append(error)
          }
        }
      }
    }
    if failures.count == 1, let failure = failures.first { throw failure }
    throw ConnectFailure.summary(failures)
  }

  /// Debian's and upstream's defaults differ, and libpq does not tell its own: the first that exists.
  private static var defaultSocketDirectory: String {
    access("/var/run/postgresql", F_OK) == 0 ? "/var/run/postgresql" : "/tmp"
  }

  /// A link that does not answer any more is given up after some 30 seconds; the system's own limit is two hours.
  ///
  /// Seconds, and for `tcp_user_timeout` milliseconds (PostgreSQL documentation, 34.1.2); who sets them otherwise, in the
  /// address or the service file, has it so.
  private static let lossDetection = [
    "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "4", "tcp_user_timeout": "30000",
  ]

  private var ownParameters: [String: String] {
    var parameters = configuration.parameters
    // The room decodes text as UTF-8 throughout.
    parameters["client_encoding"] = "UTF8"
    parameters["fallback_application_name"] = parameters["fallback_application_name"] ?? "signalbox"
    // Its deadline is kept here; libpq's own does not hold without blocking, and takes whole seconds only.
    parameters["connect_timeout"] = nil
    return parameters
  }

  /// The parameters with what libpq adds from the environment, the service file and its defaults.
  ///
  /// libpq tells them only of a connection, so one is begun that cannot get past the check of its options: nothing is
  /// sent. It reads files and may ask the system for the user's name, hence the thread.
  func effectiveParameters() async throws(PostgresError) -> [String: String] {
    var parameters = ownParameters
    parameters["ssl_min_protocol_version"] = "none, to stop here"
    let outcome = await PlainThread.run(deadline: nil, interruption: interruption) { [parameters] in
      LibpqConnection(starting: parameters)?.effectiveParameters ?? [:]
    }
    switch outcome {
    case .value(var effective):
      effective["connect_timeout"] =
        configuration.parameters["connect_timeout"] ?? effective["connect_timeout"]
      return effective
    case .interrupted, .timedOut: throw Self.cancelled
    case .failed(let error): throw PostgresError(.connectionFailed, systemMessage(error))
    }
  }

  private func deadline(_ effective: [String: String]) -> ContinuousClock.Instant? {
    let seconds =
      effective["connect_timeout"].flatMap(Double.init) ?? ConnectionConfiguration.defaultConnectTimeout
    return seconds > 0 ? .now + .seconds(seconds) : nil
  }

  private func endpoint(_ target: ConnectionTarget, _ effective: [String: String]) -> PostgresError.Endpoint {
    PostgresError.Endpoint(
      host: target.host, port: target.port, user: effective["user"],
      database: effective["dbname"] ?? effective["user"])
  }

  private func addresses(
    of target: ConnectionTarget, _ effective: [String: String]
  ) async throws(PostgresError) -> [String?] {
    if target.isSocketDirectory { return [nil] }
    if let address = target.address { return [address] }
    let outcome = await PlainThread.run(deadline: deadline(effective), interruption: interruption) {
      NameResolution.addresses(of: target.host, port: target.port)
    }
    let endpoint = endpoint(target, effective)
    switch outcome {
    case .value(.success(let addresses)): return addresses
    case .value(.failure(let failure)):
      throw PostgresError(
        .nameResolution, "could not resolve host \"\(target.host)\": \(failure.message)", endpoint: endpoint)
    case .timedOut:
      throw PostgresError(
        .timedOut, "the name of host \"\(target.host)\" was not resolved in time", endpoint: endpoint)
    case .interrupted: throw Self.cancelled
    case .failed(let error): throw PostgresError(.connectionFailed, systemMessage(error), endpoint: endpoint)
    }
  }

  private func attempt(
    _ target: ConnectionTarget, _ address: String?, _ session: String, _ effective: [String: String]
  ) async throws(PostgresError) -> (LibpqConnection, [Notice]) {
    var parameters = ownParameters
    // The name stays beside the address: certificates and Kerberos are checked against it.
    parameters["host"] = target.host
    parameters["hostaddr"] = address
    parameters["port"] = target.port
    parameters["target_session_attrs"] = session
    for (name, value) in Self.lossDetection where effective[name] == nil { parameters[name] = value }
    let endpoint = endpoint(target, effective)
    guard let connection = LibpqConnection(starting: parameters) else {
      throw PostgresError(.connectionFailed, "out of memory", endpoint: endpoint)
    }
    let deadline = deadline(effective)
    var interest = Interest.write
    if connection.isBad { throw failure(connection, endpoint) }
    while true {
      let outcome = await ReadinessThread.shared.wait(
        for: interest, on: connection.socket, until: deadline, interruption: interruption)
      switch outcome {
      case .ready: break
      case .interrupted: throw Self.cancelled
      case .timedOut:
        throw PostgresError(
          .timedOut, "the server did not answer in time\(address.map { " (address \($0))" } ?? "")",
          endpoint: endpoint)
      case .failed(let error):
        throw PostgresError(.connectionFailed, systemMessage(error), endpoint: endpoint)
      }
      switch connection.pollConnect() {
      case .wait(let next): interest = next
      case .failed: throw failure(connection, endpoint)
      case .connected:
        if let refusal = SupportedServer.refusal(version: connection.serverVersion, endpoint: endpoint) {
          throw refusal
        }
        guard connection.setNonblocking() else { throw failure(connection, endpoint) }
        return (connection, connection.takeNotices())
      }
    }
  }

  private func failure(_ connection: LibpqConnection, _ endpoint: PostgresError.Endpoint) -> PostgresError {
    ConnectFailure.error(
      connection.errorMessage, needsPassword: connection.needsPassword, endpoint: endpoint)
  }

  private static let cancelled = PostgresError(.cancelled, "connecting was cancelled")
}
