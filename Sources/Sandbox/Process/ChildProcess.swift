import Glibc
import Processes

/// A process that the sandbox has started, and the waiting for it.
struct ChildProcess: Sendable {
  let processIdentifier: pid_t

  /// Starts a program given by its full path, in its surroundings.
  static func start(_ launch: ProcessLaunch) throws(SandboxError) -> ChildProcess {
    do {
      return ChildProcess(processIdentifier: try launch.start())
    } catch {
      throw SandboxError(.programFailed, "\(error)")
    }
  }

  /// Waits for the end of the process, once; nil if somebody else has waited for it.
  func waitForExit() async throws(SandboxError) -> ProcessExit? {
    let processIdentifier = processIdentifier
    return try await onPlainThread { ProcessExit.wait(for: processIdentifier) }
  }

  /// Runs a program to its end and gives back its exit and what it wrote to its standard output.
  static func run(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) async throws(SandboxError) -> (exit: ProcessExit?, output: String) {
    let (ours, child) = try startWithOutput(executable, arguments, environment: environment)
    let output = try await onPlainThread { ours.readText(untilLineEnd: false) }
    return (try await child.waitForExit(), output)
  }

  // A function of its own, so that our copy of the child's end is closed when it returns: else there is no end of file.
  private static func startWithOutput(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) throws(SandboxError) -> (Descriptor, ChildProcess) {
    let (ours, theirs) = try Descriptor.pair()
    let launch = ProcessLaunch(
      executable, arguments, environment: environment, output: .descriptor(theirs.number))
    let child = try withExtendedLifetime(theirs) { () throws(SandboxError) in try start(launch) }
    return (ours, child)
  }
}
