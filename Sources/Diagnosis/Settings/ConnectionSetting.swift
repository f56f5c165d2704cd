/// One setting of a connection, and where it comes from.
public struct ConnectionSetting: Sendable, Hashable {
  /// libpq's keyword: `host`, `port`, `user`, `dbname`, `sslmode`, ….
  public var keyword: String
  /// The value; of a secret only that there is one.
  public var value: String
  /// Where it comes from.
  public var origin: SettingOrigin

  /// Makes a setting from its parts.
  public init(keyword: String, value: String, origin: SettingOrigin) {
    self.keyword = keyword
    self.value = value
    self.origin = origin
  }
}

/// Where a setting of a connection comes from.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
  /// The command line.
  case flag(String)
  /// A target of the project file.
  case projectFile(target: String)
  /// The environment of the process.
  case environment(variable: String)
  /// A file of variables beside the project, with the line.
  case environmentFile(path: String, line: Int, variable: String)
  /// A service of libpq's service file.
  case serviceFile(path: String, service: String)
  /// libpq's password file, with the line.
  case passwordFile(path: String, line: Int)
  /// libpq's own default.
  case standard
  /// Signalbox itself.
  case program

  /// The origin in words.
  public var description: String {
    switch self {
    case .flag(let name): name
    case .projectFile(let target): "target \(target) of signalbox.toml"
    case .environment(let variable): "$\(variable)"
    case .environmentFile(let path, let line, let variable): "\(variable) in \(path):\(line)"
    case .serviceFile(let path, let service): "service \(service) of \(path)"
    case .passwordFile(let path, let line): "\(path):\(line)"
    case .standard: "default"
    case .program: "signalbox"
    }
  }

  /// The kind of origin as one word, for programs.
  public var kind: String {
    switch self {
    case .flag: "flag"
    case .projectFile: "project-file"
    case .environment: "environment"
    case .environmentFile: "environment-file"
    case .serviceFile: "service-file"
    case .passwordFile: "password-file"
    case .standard: "default"
    case .program: "program"
    }
  }
}
