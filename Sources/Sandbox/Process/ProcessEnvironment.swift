import Glibc

/// The environment variables of this process, as they are now.
public func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var entry = environ
  while let text = entry.pointee {
    let pair = String(cString: text)
    if let equals = pair.firstIndex(of: "=") {
      variables[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
    }
    entry += 1
  }
  return variables
}

/// What a server program gets to see of our environment: none of libpq's variables, messages in English.
func serverEnvironment(_ own: [String: String]) -> [String: String] {
  var variables = own.filter { ["LD_LIBRARY_PATH", "TZ", "PATH"].contains($0.key) }
  variables["PATH"] = (variables["PATH"].map { "\($0):" } ?? "") + "/usr/sbin:/usr/bin:/sbin:/bin"
  variables["LC_ALL"] = "C"
  return variables
}
