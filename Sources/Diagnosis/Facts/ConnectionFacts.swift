/// Everything that is known of a connection, made or not: what a diagnosis is drawn from.
public struct ConnectionFacts: Sendable, Hashable {
  /// Where the address comes from.
  public var origin: SettingOrigin?
  /// The address, read leniently; nil where only libpq's own sources say where the database is.
  public var address: ConnectionAddress?
  /// What libpq says of an address that it cannot read.
  public var addressError: String?
  /// The settings in force.
  public var settings: [ConnectionSetting]
  /// A service that is named and that no service file has.
  public var missingService: String?
  /// The files of variables beside the project.
  public var environmentFiles: [EnvironmentFileFacts]
  /// A password file that libpq leaves aside, because others may read it.
  public var openPasswordFile: String?
  /// What the names of the hosts resolve to.
  public var hosts: [HostFacts]
  /// What came of the attempt.
  public var outcome: Outcome
  /// What the project needs of its database; nil where no project could be read.
  public var project: ProjectNeeds?

  /// What came of the attempt to connect.
  public enum Outcome: Sendable, Hashable {
    /// None was made: the address cannot lead anywhere.
    case notTried
    /// It failed, once for each address that was tried.
    case failed([ConnectionAttempt])
    /// The connection stands.
    case connected(ServerReading)
  }

  /// Makes facts from their parts.
  public init(
    origin: SettingOrigin? = nil, address: ConnectionAddress? = nil, addressError: String? = nil,
    settings: [ConnectionSetting] = [], missingService: String? = nil,
    environmentFiles: [EnvironmentFileFacts] = [], openPasswordFile: String? = nil, hosts: [HostFacts] = [],
    outcome: Outcome = .notTried, project: ProjectNeeds? = nil
  ) {
    self.origin = origin
    self.address = address
    self.addressError = addressError
    self.settings = settings
    self.missingService = missingService
    self.environmentFiles = environmentFiles
    self.openPasswordFile = openPasswordFile
    self.hosts = hosts
    self.outcome = outcome
    self.project = project
  }

  /// The value of a setting in force.
  public func setting(_ keyword: String) -> String? {
    settings.first { $0.keyword == keyword }?.value
  }
}
