import Processes

/// A complete set of PostgreSQL server programs: `initdb`, `pg_ctl` and `postgres` in one directory.
public struct ServerBinaries: Sendable, Hashable {
  /// The directory that holds them.
  public var directory: String

  /// The environment variable that names the directory to use, before any search.
  public static let overrideVariable = "SIGNALBOX_POSTGRES_BIN"

  /// The oldest major version that Signalbox works with.
  public static let oldestSupportedVersion = 13

  static let programs = ["initdb", "pg_ctl", "postgres"]

  /// The programs in a directory that is known to hold them.
  public init(directory: String) {
    self.directory = directory
  }

  /// Finds the programs: the override, then Debian's directories newest first, then `PATH`.
  ///
  /// Throws ``SandboxError/Code/serverMissing`` with the places that were searched and the command that installs them.
  public static func find(
    environment: [String: String] = processEnvironment(), debianDirectory: String = "/usr/lib/postgresql"
  ) throws(SandboxError) -> ServerBinaries {
    if let override = environment[overrideVariable], !override.isEmpty {
      let missing = missingPrograms(in: override)
      guard missing.isEmpty else {
        throw SandboxError(
          .serverMissing,
          "\(overrideVariable)=\(override) does not hold \(missing.joined(separator: ", "))",
          advice: "Set it to the directory of a PostgreSQL server's programs, or unset it to search for one.")
      }
      return ServerBinaries(directory: override)
    }

    let searched =
      debianVersions(in: debianDirectory) + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for directory in searched where missingPrograms(in: directory).isEmpty {
      return ServerBinaries(directory: directory)
    }
    throw SandboxError(
      .serverMissing,
      "no PostgreSQL server programs (\(programs.joined(separator: ", "))) in \(debianDirectory)/*/bin or on PATH",
      advice: """
        Install them with: sudo apt-get install postgresql
        or set \(overrideVariable) to the directory that holds them. No cluster of yours is touched: Signalbox makes \
        a private one.
        """)
  }

  /// The version that the programs report, such as 15.18, 17.0 or 19beta1.
  public func version() async throws(SandboxError) -> ServerVersion {
    let (exit, output) = try await ChildProcess.run(
      path("postgres"), ["--version"], environment: serverEnvironment(processEnvironment()))
    guard exit == .status(0), let version = ServerVersion(programOutput: output) else {
      throw SandboxError(.programFailed, "\(path("postgres")) --version does not tell its version: \(output)")
    }
    return version
  }

  /// The full path of one of the programs.
  public func path(_ program: String) -> String { "\(directory)/\(program)" }

  private static func missingPrograms(in directory: String) -> [String] {
    programs.filter { !Files.isExecutable("\(directory)/\($0)") }
  }

  private static func debianVersions(in directory: String) -> [String] {
    Files.names(in: directory)
      .compactMap { name in Double(name).map { (version: $0, path: "\(directory)/\(name)/bin") } }
      .sorted { $0.version > $1.version }
      .map(\.path)
  }
}
